// Once a minute the page tells the server that this kiosk lives: version, clock, and errors by kind and place only,
// whether the voice was heard by the browser or failed, and whether a key of the keypad was pressed. A key that leaves
// the page takes the news along, once a visit. The answer may ask for a test of the kiosk or of its keys.
(() => {
  const EVERY = 60000, PATIENCE = 20000, body = document.body;
  const token = document.querySelector("meta[name=csrf-token]").content;
  const keys = new Set(Object.values(JSON.parse(body.dataset.keys)).flat());
  const empty = !("visit" in body.dataset), answered = new Set();
  let errors = 0, last = "", voice = "", key = "", timer = 0, unasked = 0;
  function kind(error, file, line) {
    const name = error && error.name ? error.name : "Error";
    return `${name} ${(file || "").split("/").pop().split("?")[0]}:${line || 0}`;
  }
  addEventListener("error", (event) => { errors += 1; last = kind(event.error, event.filename, event.lineno); });
  addEventListener("unhandledrejection", (event) => { errors += 1; last = kind(event.reason, "", 0); });
  document.addEventListener("key:answered", (event) => { answered.add(event.detail); beat(); });
  document.addEventListener("voice:start", () => { voice = "speaks"; });
  document.addEventListener("voice:failed", () => { voice = "failed"; beat(); });
  addEventListener("keydown", (event) => { // a scanner sends characters and Enter: they prove no keypad
    if (keys.has(event.code) && [...event.key].length > 1 && event.key !== "Enter") key = "1";
  }, true);
  function told() {
    return { version: body.dataset.version, clock: Date.now(), errors, last_error: last, voice, key, keys: [...answered].join(" ") };
  }
  addEventListener("pagehide", () => {
    if (!key || empty || "keysNoted" in body.dataset) return;
    navigator.sendBeacon("/heartbeat", new URLSearchParams({ ...told(), csrf_token: token }));
    key = "";
  });
  function beat(found = {}) {
    clearTimeout(timer);
    timer = setTimeout(() => beat(), EVERY);
    const news = new URLSearchParams({ ...told(), ...found });
    fetch("/heartbeat", { method: "POST", headers: { "X-CSRFToken": token }, body: news }).then((answer) => {
      if (answer.ok) { errors = 0; key = ""; }
      if (!empty) return;
      unasked = answer.headers.has("Key-Test") ? 0 : unasked + 1;
      if (unasked > 1 && document.querySelector("#learn[data-asks]")) location.replace("/");
      if (!body.matches(".page-welcome") || window.kioskAudio.speaking) return;
      if (answer.headers.has("Self-Test")) test();
      else if (!unasked) location.assign("/keys");
    }).catch(() => {});
  }

  // The daily self-test, while nobody is there: a sentence is decoded and played to its end, so softly that nobody hears.
  // Whoever makes the kiosk speak meanwhile ends it: there are never two sounds, and the next beat asks again.
  function played(clip) {
    return new Promise((tell) => {
      const audio = new Audio("/voice/" + clip);
      audio.muted = true;
      audio.addEventListener("ended", () => tell("played"));
      audio.addEventListener("error", () => tell("failed"));
      document.addEventListener("voice:start", () => { audio.pause(); tell("interrupted"); }, { once: true });
      audio.play().catch(() => tell("failed"));
      setTimeout(tell, PATIENCE, "failed");
    });
  }
  async function test() {
    const first = JSON.parse(document.getElementById("spoken").content.querySelector("[data-say]").dataset.say)[0];
    const media = navigator.mediaDevices, sinks = media ? await media.enumerateDevices().catch(() => []) : [];
    const outputs = sinks.filter((one) => one.kind === "audiooutput").length;
    const sound = first.clip ? await played(first.clip) : "failed";
    if (sound !== "interrupted") beat({ sound, outputs, touch: navigator.maxTouchPoints });
  }
  timer = setTimeout(() => beat(), 2000);
})();
