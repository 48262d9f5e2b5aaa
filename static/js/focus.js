// Where the eye and the screen reader are: at the problem or the heading of a new page, and of a swapped part.
(() => {
  const hush = (event) => event.stopImmediatePropagation();
  let kept = -1; // the place within a small part, such as the wait for a phone, that is about to be swapped
  function land(root) {
    const goal = root.querySelector("#notice") || root.querySelector("h1");
    if (goal) goal.focus({ preventScroll: true });
  }
  // Whoever stood in the old part stands at the same place of the new one; nothing is said again for that.
  function keep(part) {
    const one = part.querySelectorAll("*")[kept] || part;
    if (one.tabIndex < 0) one.tabIndex = -1;
    addEventListener("focusin", hush, true);
    one.focus({ preventScroll: true });
    removeEventListener("focusin", hush, true);
  }
  if (!location.hash) land(document);
  document.addEventListener("htmx:beforeSwap", (event) => {
    const part = event.detail.target;
    kept = part.id !== "main" && part.contains(document.activeElement) ? [...part.querySelectorAll("*")].indexOf(document.activeElement) : -1;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const { id } = event.detail.target, part = document.getElementById(id);
    if (id === "main") {
      land(part);
      document.dispatchEvent(new Event("kiosk:busy"));
    } else if (part && kept >= 0) keep(part);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  const print = document.getElementById("print");
  if (print) print.addEventListener("click", () => window.print());
})();
