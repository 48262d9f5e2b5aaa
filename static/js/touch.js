// A touch counts once, when it begins and ends in the same control. With the voice on, a finger explores: whatever it
// comes to is said at once, and only another touch of the same control, or the Select key, acts.
(() => {
  const html = document.documentElement, guard = Number(html.dataset.guard);
  const CONTROL = "a[href], button, input:not([type=hidden]), textarea, label", EDGE = 0.1, SCROLL = 12;
  const control = (node) => (node ? node.closest(CONTROL) : null);
  const explores = (event) => event.pointerType === "touch" && html.dataset.voice !== "off";
  let down = null, same = true, under = null, spoken = null, onlySaid = false, taken = -Infinity;

  function swallow(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  // What the keys would stop at; a label stands for its field.
  function stop(node) {
    const label = node ? node.closest("label") : null, meant = label && label.control || node;
    return window.kioskKeys.stops().findLast((one) => one.contains(meant)) || null;
  }
  function explore(event) {
    const one = stop(document.elementFromPoint(event.clientX, event.clientY));
    if (one === under) return;
    under = one;
    if (one === null || one === spoken && one === window.kioskKeys.here() && !onlySaid && control(one)) return;
    onlySaid = true;
    spoken = one;
    window.kioskKeys.stand(one);
  }
  addEventListener("pointerdown", (event) => {
    down = control(event.target);
    same = true;
    under = null;
    onlySaid = false;
    if (window.kioskAudio.pausing) under = stop(event.target); // what the finger pauses, no name of a button cuts
    else if (explores(event)) explore(event);
  }, true);
  addEventListener("pointermove", (event) => {
    if (!event.buttons || !explores(event)) return;
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
    // After what the finger has found, at every touch.
    const words = document.getElementById("curtain-words"), script = window.kioskScript;
    addEventListener("pointerdown", () => {
      const audio = window.kioskAudio;
      if (audio.pausing) return;
      const found = [...script.element(under, "focus"), ...window.kioskEcho.readBack(under)];
      audio.speak([...found, ...script.element(words, "focus")]);
    }, true);
  }
})();
