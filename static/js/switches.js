// One or two switches: a frame moves over the controls by itself or by the first switch; the other one selects.
(() => {
  const html = document.documentElement, keys = window.kioskKeys, clock = window.kioskClock;
  const mode = html.dataset.switches, dwell = html.dataset.dwell * 1000, TOLD = 2500;
  const own = (name) => name === "switch_move" || name === "switch_select";
  let timer = 0;

  // The screen's own controls first, then those that every screen has.
  function way() {
    const all = keys.stops(keys.CONTROLS).filter((one) => one.matches("a[href], button"));
    const inMain = (one) => one.closest("main, dialog") !== null;
    return [...all.filter(inMain), ...all.filter((one) => !inMain(one))];
  }
  function move() {
    const all = way();
    if (all.length) keys.stand(all[(all.indexOf(keys.here()) + 1) % all.length]);
  }
  function scan() {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(() => { move(); scan(); }, dwell);
  }
  function select() {
    const one = keys.here();
    if (!one || !one.hasAttribute("data-here")) return;
    keys.act(one);
    if (mode === "one") scan();
  }
  if (mode !== "off") {
    keys.acts.switch_select = select;
    keys.acts.switch_move = mode === "one" ? select : move;
    move();
    document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.target.id === "main") move(); });
  }
  if (mode === "one") {
    scan();
    document.addEventListener("voice:start", () => clock.clearTimeout(timer));
    document.addEventListener("voice:end", scan);
  }

  // Calibration by doing: the same key twice is one switch, two keys are two.
  const told = document.getElementById("calibration");
  if (!told || mode !== "off") return;
  const form = document.getElementById("learnt").elements;
  let first = "", last = -Infinity, done = false;
  function tell(words) {
    told.textContent = told.dataset[words];
    if (window.kioskAudio && window.kioskAudio.say) window.kioskAudio.say(told);
  }
  // What was learnt is heard to its end before the screen goes.
  function keep() {
    clock.setTimeout(() => { if (window.kioskAudio && window.kioskAudio.speaking) keep(); else document.getElementById("learnt").submit(); }, TOLD);
  }
  document.addEventListener("keydown", (event) => {
    const known = keys.does.get(event.code), gap = event.timeStamp - last;
    last = event.timeStamp;
    if (done || event.repeat || gap < 60 || event.defaultPrevented || (known && !own(known))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!first) {
      first = event.code;
      return tell("learnt");
    }
    done = true;
    form.switches.value = event.code === first ? "one" : "two";
    form.switch_move.value = event.code === first ? "" : first;
    form.switch_select.value = event.code;
    tell(form.switches.value);
    keep();
  }, true);
})();
