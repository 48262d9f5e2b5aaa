// Whoever waits is told: after a second that the kiosk works, and again every ten seconds until it has answered. This
// is real time, never that of the clock that idleness is counted by.
(() => {
  const FIRST = 1000, AGAIN = 10000, told = document.getElementById("working");
  let timer = 0;
  function tell() {
    told.hidden = false;
    if (window.kioskAudio && window.kioskAudio.announce) window.kioskAudio.announce("working");
    timer = setTimeout(tell, AGAIN);
  }
  function begin() {
    clearTimeout(timer);
    timer = setTimeout(tell, FIRST);
  }
  function end() {
    clearTimeout(timer);
    told.hidden = true;
  }
  // Only what a person asked for: the page's own looking after the phone or the call is no wait.
  const asked = (event) => { const by = event.detail.requestConfig.triggeringEvent; return by && by.type !== "load"; };
  document.addEventListener("htmx:beforeRequest", (event) => { if (asked(event)) begin(); });
  document.addEventListener("htmx:afterRequest", (event) => { if (asked(event)) end(); });
  // A page that is being left looks after nothing: what it found would be sent beside what the person has just sent.
  let left = false;
  for (const step of ["htmx:beforeRequest", "htmx:beforeSwap"]) {
    document.addEventListener(step, (event) => { if (left) event.preventDefault(); });
  }
  addEventListener("beforeunload", () => { left = true; begin(); });
  addEventListener("pageshow", () => { left = false; end(); });
})();
