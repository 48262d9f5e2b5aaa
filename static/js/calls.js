// Every page of the desks hears of calls: a new one is heard (where somebody has asked for sound) and counted in the
// window's title, one that nobody comes to is heard anew with each beat; a press keeps its focus while the list changes.
(() => {
  const title = document.title, wantsSound = "sound" in document.body.dataset;
  let context = null, known = waiting(), focused = "";
  function badge() { return document.getElementById("badge"); }
  function waiting() { return badge() ? Number(badge().textContent) || 0 : 0; }
  function escalated() { return badge() ? Number(badge().dataset.escalated) : 0; }
  function wake() { // browsers sound nothing before somebody has touched the page
    if (wantsSound && !context) context = new AudioContext();
  }
  function ring(frequency) {
    if (!context) return;
    const tone = context.createOscillator(), loudness = context.createGain();
    tone.frequency.value = frequency;
    loudness.gain.setValueAtTime(0.25, context.currentTime);
    loudness.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.6);
    tone.connect(loudness).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + 0.6);
  }
  function tell() {
    const count = waiting();
    document.title = count ? `(${count}) ${title}` : title;
    if (count > known) ring(880);
    known = count;
  }
  addEventListener("pointerdown", wake);
  addEventListener("keydown", wake);
  document.addEventListener("htmx:beforeSwap", () => { focused = document.activeElement ? document.activeElement.id : ""; });
  document.addEventListener("htmx:afterSettle", () => {
    const again = focused && document.getElementById(focused);
    if (again && document.activeElement !== again) again.focus({ preventScroll: true });
    tell();
  });
  setInterval(() => { if (escalated()) ring(660); }, 10000);
  tell();
})();
