// Where the eye and the screen reader are: at the problem or the heading of a new page, and of a swapped part.
(() => {
  function land(root) {
    const goal = root.querySelector("#notice") || root.querySelector("h1");
    if (goal) goal.focus({ preventScroll: true });
  }
  if (!location.hash) land(document);
  // Whoever stands within a part that renews itself stands at the same place of the new one, and is told nothing of it.
  let place = -1;
  document.addEventListener("htmx:beforeSwap", (event) => {
    place = [...event.detail.target.querySelectorAll("*")].indexOf(document.activeElement);
  });
  function stay(part) {
    const all = part && place >= 0 && document.activeElement === document.body ? [...part.querySelectorAll("*")] : [];
    const one = all[Math.min(place, all.length - 1)];
    if (!one) return;
    if (!one.hasAttribute("tabindex")) one.setAttribute("tabindex", "-1");
    document.body.dataset.staying = "";
    one.focus({ preventScroll: true });
    delete document.body.dataset.staying;
  }
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "main") return stay(document.getElementById(event.detail.target.id));
    land(event.detail.target);
    document.dispatchEvent(new Event("kiosk:busy"));
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  const print = document.getElementById("print");
  if (print) print.addEventListener("click", () => window.print());
})();
