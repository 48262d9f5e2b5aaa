// Keys that are not letters: the key table says what each does, and the screen's buttons (data-does) do the same.
// A key that sends a character waits for 60 ms of silence, so that a scanner or a typed number is never a command.
(() => {
  const SILENCE = 60, html = document.documentElement;
  const table = JSON.parse(document.body.dataset.keys);
  const does = new Map(Object.entries(table).flatMap(([name, codes]) => codes.map((code) => [code, name])));
  const WHOLE = ".fact, [data-stop]";
  const STOPS = "h1, h2, h3, [data-stop], .fact, main p, dialog p, blockquote, li, a[href], button, input:not([type=hidden]), textarea";
  const CONTROLS = "a[href], button, input:not([type=hidden]), textarea";
  const press = (ident) => { const one = document.getElementById(ident); if (one) one.click(); return one; };
  const audio = (name, ...rest) => window.kioskAudio && window.kioskAudio[name] && window.kioskAudio[name](...rest);
  const guard = Number(html.dataset.guard);
  let at = null, last = -Infinity, sinceLast = 0, waiting = 0, woken = false, waking = null, ran = { name: "", time: -Infinity };

  // Everything a person can stop at, in reading order; an open question confines the way to itself.
  function stops(selector = STOPS) {
    const within = document.querySelector("dialog[open]") || document.body;
    return [...within.querySelectorAll(selector)].filter((one) => {
      if (!one.checkVisibility({ visibilityProperty: true }) || one.closest("#scan, .unseen")) return false;
      if (one.matches(CONTROLS)) return true;
      if (one.closest(CONTROLS) || one.parentElement.closest(WHOLE) || one.textContent.trim() === "") return false;
      return one.matches(WHOLE) || !one.querySelector(CONTROLS);
    });
  }
  function here() {
    if (at && at.isConnected) return at;
    const focused = document.activeElement;
    return focused && focused !== document.body ? focused : null;
  }
  function stand(one) {
    if (at) at.removeAttribute("data-here");
    at = one;
    if (!one) return;
    one.setAttribute("data-here", "");
    if (!one.matches(CONTROLS) && !one.hasAttribute("tabindex")) one.setAttribute("tabindex", "-1");
    one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "nearest" });
    audio("say", one);
  }
  function step(by) {
    const way = stops(), from = way.indexOf(here());
    stand(way[from < 0 ? (by > 0 ? 0 : way.length - 1) : (from + by + way.length) % way.length]);
  }
  function act(one) {
    if (!one) return;
    if (one.matches("button, a[href]")) one.click();
    else if (one.matches("input, textarea")) one.form.requestSubmit();
    else audio("say", one);
  }
  // What a question lies over is out of reach: the question is asked again.
  const asks = () => document.querySelector("dialog[open]") !== null;
  function previousScreen() {
    if (asks()) audio("askAgain");
    else press("back");
  }
  function nextScreen() {
    if (asks()) return audio("askAgain");
    const next = document.getElementById("next");
    if (!next) return stand(stops("main .choice, main .time")[0] || stops()[0]);
    if (next.hasAttribute("data-confirm") && here() !== next) return stand(next);
    next.click();
  }
  function anotherLanguage() {
    const all = [...document.querySelectorAll(".languages button")], now = all.findIndex((one) => one.ariaCurrent);
    if (all.length) all[(now + 1) % all.length].click();
  }

  function callStaff() {
    const help = document.querySelector(".bottom .help");
    if (help) help.click();
    else press("next");
  }
  function freshSwitch() {
    if (document.body.matches(".page-welcome")) press("learn-switches");
  }

  const acts = {
    previous_item: () => step(-1), next_item: () => step(1),
    previous_screen: previousScreen, next_screen: nextScreen, select: () => act(here()),
    repeat: () => audio("repeat"), pause: () => audio("pause"), where_am_i: () => audio("whereAmI"),
    slower: () => audio("slower"), faster: () => audio("faster"),
    quieter: () => audio("quieter"), louder: () => audio("louder"),
    sound: () => { const one = document.querySelector("[data-does=sound]"); if (one) one.click(); },
    language: anotherLanguage, learn: () => press("learn-keys"), staff: callStaff,
    switch_move: freshSwitch, switch_select: freshSwitch,
    jack_in: () => audio("output", "headphones"), jack_out: () => audio("output", "speaker"),
  };
  const leading = ["previous_screen", "next_screen", "language", "learn", "staff"];
  const jack = ["jack_in", "jack_out"], wakesNothing = ["select", "sound", "switch_move", "switch_select", ...jack];
  window.kioskKeys = { does, acts, stops, stand, act, here, CONTROLS };

  function run(name, event) {
    if (!jack.includes(name)) {
      if (event.timeStamp < guard || (name === ran.name && event.timeStamp - ran.time < guard)) return;
      ran = { name, time: event.timeStamp };
      if (document.getElementById("learn")) return show(name, event);
    }
    // Select wakes nothing: somebody who sees may walk by Tab and Enter in silence.
    if (!wakesNothing.includes(name) && !woken && html.dataset.voice === "off" && !("quiet" in html.dataset)) {
      woken = true;
      // The key that wakes the voice lets the screen be heard, unless it leads to another one.
      waking = audio("start");
      if (waking && waking.then && !leading.includes(name)) return;
    }
    // A key that leaves the screen waits until the server knows of the voice: two first touches would be two visits.
    if (waking && waking.then && !name.endsWith("_item")) return waking.then(() => acts[name]());
    acts[name]();
  }

  // /keys: a key only says what it is; the help key twice leaves, and where no member of staff tests the keys, so do Left
  // and a switch: who has no other key is not caught here.
  const leaves = "asks" in (document.getElementById("learn") || document.body).dataset
    ? ["learn"] : ["learn", "previous_screen", "switch_move", "switch_select"];
  let shown = "";
  function show(name, event) {
    if (!document.dispatchEvent(new CustomEvent("key:shown", { detail: name, cancelable: true }))) return;
    const sent = document.getElementById("sent"), row = document.querySelector(`[data-function="${name}"]`);
    if (name === shown && leaves.includes(name)) return press("back");
    shown = name;
    sent.textContent = `${row ? row.querySelector("dt").textContent : sent.dataset.unknown}. ${sent.dataset.sends} ${event.code || event.key}`;
    if (row) stand(row);
    else audio("say", sent);
  }

  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    clearTimeout(waiting);
    sinceLast = event.timeStamp - last;
    last = event.timeStamp;
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.repeat) return event.preventDefault(); // a hand that rests on a key types nothing more
    const name = does.get(event.code), character = [...event.key].length === 1;
    const field = document.activeElement && document.activeElement.matches("input, textarea");
    if (!name && document.getElementById("learn")) return show("", event);
    if (!name || (character && field)) return;
    if (character) {
      if (event.code === "Space") event.preventDefault(); // it would press the focused button as well
      if (sinceLast >= SILENCE) waiting = setTimeout(run, SILENCE, name, event);
      return;
    }
    event.preventDefault();
    run(name, event);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-does]");
    if (button && button.type === "button") acts[button.dataset.does]();
  });
  document.addEventListener("focusin", (event) => {
    if (event.target === at) return;
    if (at) at.removeAttribute("data-here");
    at = null;
  });
})();
