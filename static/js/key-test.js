// The test of the keys that staff asked for: /keys names each key of the table in turn, and tells which have answered.
(() => {
  const list = document.getElementById("learn"), sent = document.getElementById("sent");
  if (!list || !list.dataset.asks) return;
  const left = list.dataset.asks.split(" "), row = (name) => list.querySelector(`[data-function="${name}"]`);
  const words = (name) => row(name).querySelector("dt").textContent;
  function ask() {
    sent.textContent = left.length ? `${sent.dataset.asks} ${words(left[0])}` : sent.dataset.over;
    if (left.length) window.kioskKeys.stand(row(left[0]));
  }
  document.addEventListener("key:shown", (event) => {
    const place = left.indexOf(event.detail);
    if (place < 0) return;
    event.preventDefault();
    left.splice(place, 1);
    row(event.detail).querySelector("[data-answered]").hidden = false;
    document.dispatchEvent(new CustomEvent("key:answered", { detail: event.detail }));
    ask();
  });
  document.getElementById("skip").addEventListener("click", () => { left.push(left.shift()); ask(); });
})();
