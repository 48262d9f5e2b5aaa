// The kiosk's own voice: when it begins, what it says next, and who may hear it.
(() => {
  const player = window.kioskPlayer, script = window.kioskScript, html = document.documentElement, body = document.body;
  const token = document.querySelector("meta[name=csrf-token]").content;
  const PACES = [50, 75, 100, 125, 150, 175, 200], SHOWN = 5000; // ms
  const dialog = document.getElementById("aloud");
  let last = [], again = false, waiting = null, focus = null, hiding = 0;
  const voice = () => html.dataset.voice;
  const on = () => voice() === "speaker" || voice() === "headphones";
  player.pace = Number(html.dataset.pace || 100);
  player.volume = Number(html.dataset.volume || 8);
  // What this kiosk's loudspeaker or headphones need, in dB, to be as loud as usual speech at the usual step.
  player.level = () => Number(body.dataset[voice() === "headphones" ? "headphonesLevel" : "speakerLevel"] || 0);

  function keep(values) {
    if (!("visit" in body.dataset)) body.dataset.visit = "";
    return fetch("/preferences", { method: "POST", redirect: "manual", headers: { "X-CSRFToken": token },
      body: new URLSearchParams({ ...values, page: body.dataset.screen || "" }) }).catch(() => {});
  }
  function speak(list) {
    if (!on() || !list.length) return player.stop();
    again = false;
    say(list, true);
  }
  // Private sentences: into headphones freely, aloud only after a yes; otherwise they are left out.
  function say(list, whole) {
    if (voice() === "speaker" && script.isPrivate(list)) {
      if (body.dataset.aloud === "no") list = silenced(list);
      else if (body.dataset.aloud !== "yes") return ask(list);
    }
    if (whole) last = list;
    player.say(list);
  }
  // The last thing that was said: every sentence of its element.
  function lastItem() {
    const latest = player.latest, at = last.indexOf(latest);
    if (at < 0) return latest ? [latest] : last;
    const isOther = (one) => !one.element || one.element !== latest.element;
    const from = last.slice(0, at).findLastIndex(isOther) + 1, after = last.slice(at + 1).findIndex(isOther);
    return last.slice(from, after < 0 ? last.length : at + 1 + after);
  }
  function silenced(list) {
    const kept = list.filter((one) => !one.private);
    return kept.length ? kept : script.occasion("silent", list[0].reason);
  }
  function ask(list) {
    waiting = list;
    if (!dialog.open) dialog.showModal();
    player.say(script.occasion("aloud", "action"));
  }
  function answer(word) {
    if (!dialog.open) return;
    body.dataset.aloud = word;
    fetch("/voice/aloud", { method: "POST", headers: { "X-CSRFToken": token },
      body: new URLSearchParams({ aloud: word }) }).catch(() => {}).then(() => {
      dialog.close();
      const list = waiting || [];
      waiting = null;
      speak(word === "no" && list.length ? [...script.occasion("silent", "action"), ...silencedOr(list)] : list);
    });
  }
  const silencedOr = (list) => list.filter((one) => !one.private && !one.stop);

  function readScreen(reason) { speak(script.screen(reason)); }
  function turnOn(where) {
    html.dataset.voice = where;
    // The server must know before the first private sentence, and before the next page.
    return keep({ voice: where }).then(() => {
      if (dialog && dialog.open) dialog.close();
      if (on()) readScreen("load");
    });
  }
  function turnOff() {
    html.dataset.voice = "off";
    player.stop();
    keep({ voice: "off" });
  }
  function step(name, list, at, way) {
    const place = list.indexOf(at) + way;
    if (place < 0 || place >= list.length) { player.say(script.occasion("limit", "setting")); return at; }
    player[name] = list[place];
    keep({ [name]: list[place] });
    player.tune();
    return list[place];
  }
  const VOLUMES = [...Array(11).keys()];
  // A changed setting is spoken, and its step is shown for a moment.
  function change(name, list, way, when) {
    const before = player[name], told = document.getElementById("setting");
    if (step(name, list, before, way) === before) return;
    if (on()) player.say(script.occasion(when, "setting"));
    told.textContent = told.dataset[name].replace("#", player[name]);
    told.hidden = false;
    window.kioskClock.clearTimeout(hiding);
    hiding = window.kioskClock.setTimeout(() => { told.hidden = true; }, SHOWN);
  }

  const own = {
    get speed() { return player.speed; },
    set speed(times) { player.speed = times; player.tune(); },
    get pace() { return player.pace; },
    get volume() { return player.volume; },
    get speaking() { return player.busy(); },
    get on() { return on(); },
    // Whether the key or touch that comes just now pauses or goes on.
    get pausing() { return pausing; },
    // A promise when the voice begins now, kept once the server knows.
    start() { return on() ? null : turnOn("speaker"); },
    stop: turnOff,
    say(element, reason = "focus") {
      if (!on() || element === focus && player.busy()) return;
      const list = [...script.element(element, reason), ...window.kioskEcho.readBack(element)];
      if (!list.length) return;
      focus = element;
      // Whoever comes to "Repeat" or "Pause" means what was said before that.
      if (element.matches("[data-does]")) player.say(list.map((one) => ({ ...one, aside: true })));
      else speak(list);
    },
    // Once the last thing alone, again all that was said with it.
    repeat() {
      if (!on()) return;
      say((again ? last : lastItem()).map((one) => ({ ...one, reason: "repeat" })), again);
      again = !again;
    },
    pause() { if (on() && !player.pause()) player.resume(); },
    resume() { player.resume(); },
    whereAmI() {
      const here = document.activeElement;
      const item = here.matches("h1") ? [] : script.element(here, "action");
      speak([...script.where("action"), ...item, ...window.kioskEcho.readBack(here)]);
    },
    faster() { change("pace", PACES, 1, "faster"); },
    slower() { change("pace", PACES, -1, "slower"); },
    louder() { change("volume", VOLUMES, 1, "louder"); },
    quieter() { change("volume", VOLUMES, -1, "quieter"); },
    output(where) {
      if (where === "headphones") {
        if (voice() === "headphones") return;
        document.dispatchEvent(new Event("kiosk:busy"));
        turnOn("headphones");
      } else if (voice() === "headphones") {
        player.stop();
        html.dataset.voice = "speaker";
        keep({ voice: "speaker" });
        document.dispatchEvent(new Event("kiosk:unplugged"));
      }
    },
    askAgain() { if (dialog.open) player.say(script.occasion("aloud", "repeat")); },
    speak,
    announce(when, reason = "alert") { if (on()) player.say(script.occasion(when, reason)); },
  };

  // A test may put its own in place before the page's scripts run, as with kioskClock.
  window.kioskAudio = window.kioskAudio || own;

  player.onspeak = (one) => {
    for (const marked of document.querySelectorAll(".speaking")) marked.classList.remove("speaking");
    if (!one) return;
    if (one.element) {
      one.element.classList.add("speaking");
      one.element.scrollIntoView({ block: "nearest" });
    }
  };
  player.onsilence = () => {
    focus = null;
    player.onspeak(null);
    if (finished) tellNews();
  };
  // The server would not say it to others: ask, or leave it out.
  player.onrefused = (list) => {
    if (voice() === "speaker" && body.dataset.aloud === "") return ask(list);
    player.say(script.occasion("silent", "action"));
  };
  player.ondown = () => { const notice = document.getElementById("voice-down"); if (notice) notice.hidden = false; };

  // Every act cuts what is being said, before anything else hears of it; what the act leads to speaks afterwards. Only
  // what pauses must find it speaking, or paused.
  const table = JSON.parse(body.dataset.keys);
  const pauses = (event) => event.type === "keydown"
    ? table.pause.includes(event.code) && !event.target.closest("input, textarea")
    : event.target.closest("[data-does=pause]") !== null;
  let pausing = false;
  const cut = (event) => {
    if (event.repeat) return;
    pausing = pauses(event) && (player.busy() || Boolean(player.paused));
    if (player.busy() && !pausing) player.stop();
    player.retry();
  };
  for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, cut, true);
  document.addEventListener("submit", () => player.stop(), true);
  addEventListener("beforeunload", () => player.stop()); // a page that goes by itself ends its sentence too
  document.addEventListener("focusin", (event) => {
    if ((dialog && dialog.contains(event.target)) || "staying" in body.dataset) return;
    if (pausing && event.target.matches("[data-does=pause]")) return;
    own.say(event.target, "focus");
  });

  // The question about the loudspeaker: Select says yes, Down says no, by the key table of this kiosk.
  if (dialog) dialog.addEventListener("keydown", (event) => {
    const yes = table.select.includes(event.code), no = table.next_item.includes(event.code);
    if ((!yes && !no) || event.repeat) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    answer(yes ? "yes" : "no");
  }, true);
  if (dialog) {
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); answer("no"); });
    document.getElementById("aloud-yes").addEventListener("click", () => answer("yes"));
    document.getElementById("aloud-no").addEventListener("click", () => answer("no"));
  }

  const news = () => (document.getElementById("news") || {}).innerHTML || "";
  let heard = news(), finished = false;
  // What a waiting screen has new to say interrupts nobody who listens: it waits until all has been said.
  function tellNews() {
    if (player.busy()) return;
    const fresh = news();
    if (on() && fresh && fresh !== heard) speak(script.screen("alert", "news"));
    heard = fresh;
  }
  document.addEventListener("voice:end", (event) => { finished = Boolean(event.detail) && event.detail.reason === "finished"; });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "main") readScreen("load");
    else tellNews();
  });
  let asked = false;
  document.addEventListener("idle:left", (event) => {
    const left = script.occasion("idle-" + event.detail.seconds, "alert");
    const list = asked ? left : [...script.occasion("idle", "alert"), ...left];
    asked = true;
    if (!on()) { if (list !== left) player.chime(); }
    else if (list.length) player.say(list);
  });
  document.addEventListener("idle:extended", () => { asked = false; player.stop(); });

  // Headphones that the machine itself notices; a jack in the keypad comes through the key table instead.
  const media = navigator.mediaDevices;
  // Where the machine tells what they are, only what is worn counts: the sound of a screen is heard by all.
  const WORN = /head|ear|jack|kopfh|hörer|наушник|гарнитур|құлаққап/i;
  let sinks = -1;
  async function count() {
    const found = await media.enumerateDevices().catch(() => []);
    const now = found.filter((one) => one.kind === "audiooutput" && (!one.label || WORN.test(one.label))).length;
    if (sinks >= 0 && now !== sinks) own.output(now > sinks ? "headphones" : "speaker");
    sinks = now;
  }
  if (media && media.enumerateDevices) { count(); media.addEventListener("devicechange", count); }

  function invite() {
    if (!on() && "invite" in body.dataset && !player.busy()) player.say(script.occasion("invite", "idle"));
    window.kioskClock.setTimeout(invite, 15000);
  }
  if ("invite" in body.dataset) window.kioskClock.setTimeout(invite, 15000);

  script.screen("load");
  if (on()) readScreen("load");
})();
