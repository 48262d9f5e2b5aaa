// A touch counts once, when it begins and ends in the same control; with the voice on, the first touch only says.
(() => {
  const html = document.documentElement, guard = Number(html.dataset.guard), speaks = html.dataset.voice !== "off";
  const CONTROL = "a[href], button, input:not([type=hidden]), textarea, label", EDGE = 0.1, SCROLL = 12;
  const control = (node) => (node ? node.closest(CONTROL) : null);
  const say = (one) => { if (window.kioskAudio && window.kioskAudio.say) window.kioskAudio.say(one); };
  let down = null, same = true, spoken = null, onlySaid = false, taken = -Infinity;

  function swallow(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  function under(event) {
    const node = document.elementFromPoint(event.clientX, event.clientY);
    return control(node) || (node ? node.closest("h1, h2, .fact, [data-stop], main p, li, blockquote") : null);
  }
  function explore(event) {
    const one = under(event);
    if (!one || one === spoken) return;
    spoken = one;
    onlySaid = true;
    if (window.kioskKeys) window.kioskKeys.stand(one);
    else say(one);
  }
  addEventListener("pointerdown", (event) => {
    down = control(event.target);
    same = true;
    onlySaid = false;
    if (speaks && event.pointerType === "touch") explore(event);
  }, true);
  addEventListener("pointermove", (event) => {
    if (!speaks || event.pointerType !== "touch" || !event.buttons) return;
    explore(event);
    const height = innerHeight * EDGE;
    if (event.clientY > innerHeight - height) scrollBy(0, SCROLL);
    else if (event.clientY < height) scrollBy(0, -SCROLL);
  }, true);
  addEventListener("pointerup", (event) => {
    same = control(document.elementFromPoint(event.clientX, event.clientY)) === down;
  }, true);
  addEventListener("click", (event) => {
    if (!event.detail) return;
    const early = event.timeStamp < guard || event.timeStamp - taken < guard;
    if (early || onlySaid || !same || control(event.target) !== down) return swallow(event);
    taken = event.timeStamp;
  }, true);
  if ("curtain" in html.dataset) {
    addEventListener("pointerdown", () => say(document.getElementById("curtain-words")), { capture: true, once: true });
  }
})();
