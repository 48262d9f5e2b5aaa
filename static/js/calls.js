// A new call is heard (when somebody has asked for sound) and counted in the window's title; a press keeps its focus.
(() => {
  const title = document.title, button = document.getElementById("sound");
  let context = null, known = waiting(), focused = "";
  function waiting() {
    const list = document.getElementById("calls");
    return list ? Number(list.dataset.waiting) : 0;
  }
  function ring() {
    if (!context) return;
    const tone = context.createOscillator(), loudness = context.createGain();
    tone.frequency.value = 880;
    loudness.gain.setValueAtTime(0.25, context.currentTime);
    loudness.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.6);
    tone.connect(loudness).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + 0.6);
  }
  function tell() {
    const count = waiting();
    document.title = count ? `(${count}) ${title}` : title;
    if (count > known) ring();
    known = count;
  }
  button.addEventListener("click", () => {
    context = context ? null : new AudioContext();
    button.setAttribute("aria-pressed", context ? "true" : "false");
    ring();
  });
  document.addEventListener("htmx:beforeSwap", () => { focused = document.activeElement ? document.activeElement.id : ""; });
  document.addEventListener("htmx:afterSettle", () => {
    const again = focused && document.getElementById(focused);
    if (again && document.activeElement !== again) again.focus({ preventScroll: true });
    tell();
  });
  tell();
})();
