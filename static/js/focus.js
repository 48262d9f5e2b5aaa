// Where the eye and the screen reader are: at the problem or the heading of a new page, and of a swapped part.
(() => {
  function land(root) {
    const goal = root.querySelector("#notice") || root.querySelector("h1");
    if (goal) goal.focus({ preventScroll: true });
  }
  if (!location.hash) land(document);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "main") return;
    land(event.detail.target);
    document.dispatchEvent(new Event("kiosk:busy"));
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  const print = document.getElementById("print");
  if (print) print.addEventListener("click", () => window.print());
})();
