// Every page of the desks hears of calls: a new one is heard (where somebody has asked for sound) and counted in the
// window's title, one that nobody comes to is heard anew with each beat; a press keeps its focus while the list changes.
(() => {
  const title = document.title, wantsSound = "sound" in document.body.dataset, FRESH = 12;
  let context = null, known = waiting(), late = escalated(), focused = "";
  function badge() { return document.getElementById("badge"); }
  function waiting() { return badge() ? Number(badge().textContent) || 0 : 0; }
  function escalated() { return badge() ? Number(badge().dataset.escalated) : 0; }
  function isFresh() { return badge() && "age" in badge().dataset && Number(badge().dataset.age) < FRESH; }
  function wake() { // a browser that nobody has touched yet may refuse: then the page asks for a touch
    if (!wantsSound) return;
    if (!context) context = new AudioContext();
    if (context.state !== "running") context.resume().then(tellWhetherHeard);
  }
  function tellWhetherHeard() {
    const silent = document.getElementById("silent");
    if (silent && context) silent.hidden = context.state === "running";
  }
  function ring(frequency) {
    if (!context) return;
    const tone = context.createOscillator(), loudness = context.createGain();
    tone.frequency.value = frequency;
    loudness.gain.setValueAtTime(0.25, context.currentTime);
    loudness.gain.linearRampToValueAtTime(0, context.currentTime + 0.6);
    tone.connect(loudness).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + 0.6);
  }
  function tell() {
    const count = waiting();
    document.title = count ? `(${count}) ${title}` : title;
    if (count > known) ring(880);
    if (escalated() > late) ring(660);
    [known, late] = [count, escalated()];
  }
  addEventListener("click", wake);
  addEventListener("keydown", wake);
  document.addEventListener("htmx:beforeSwap", () => { focused = document.activeElement ? document.activeElement.id : ""; });
  document.addEventListener("htmx:afterSettle", () => {
    const again = focused && document.getElementById(focused);
    if (again && document.activeElement !== again) again.focus({ preventScroll: true });
    tell();
  });
  setInterval(() => { if (escalated()) ring(660); }, 10000);
  wake();
  setTimeout(tellWhetherHeard, 1000);
  if (isFresh()) known = 0; // it came while this page was on its way: nobody has heard it yet
  tell();
})();
