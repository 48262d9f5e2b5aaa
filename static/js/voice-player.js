// One voice: a single <audio> element that plays sentences one after another and is cut at once.
// voice:start and voice:end come only from the element's own playing, ended, pause and error.
(() => {
  const audio = new Audio();
  audio.preload = "auto";
  audio.preservesPitch = true;
  const token = document.querySelector("meta[name=csrf-token]").content;
  const STEP = 8, FULL = 10; // dB
  let queue = [], wanted = null, now = null, begun = false, broken = false, held = null, blob = "", made = new Map(), turn = 0, asking = new AbortController();
  const player = { pace: 100, volume: 8, speed: 1, level: () => 0, onspeak: () => {}, ondown: () => {}, onrefused: () => {}, onsilence: () => {}, latest: null };

  // voice:start says why it began: load, focus, action, setting, repeat, resume, alert, error or idle; voice:end why it
  // ended: finished, interrupted, paused or failed.
  function tell(name, one, reason) {
    document.dispatchEvent(new CustomEvent(name, { detail: {
      text: one.text, lang: one.lang, private: Boolean(one.private), reason } }));
  }
  function tune() {
    const rate = Math.min(16, player.pace / 100 * player.speed);
    audio.defaultPlaybackRate = audio.playbackRate = rate;
    audio.volume = Math.min(1, Math.pow(10, ((player.volume - FULL) * STEP + player.level()) / 20));
  }
  // A moment later: the element may still be reaching for the sound that was cut.
  function free() {
    if (blob) setTimeout(URL.revokeObjectURL, 1000, blob);
    blob = "";
  }
  // The sound of a sentence: a fixed clip has an address; everything else is asked for by block, and kept nowhere.
  function fetched(one) {
    const named = one.block ? { block: one.block } : { stop: one.stop };
    const body = new URLSearchParams({ screen: document.body.dataset.screen || "", ...named });
    return fetch("/voice" + location.search, { method: "POST", body, headers: { "X-CSRFToken": token }, signal: asking.signal })
      .then((answer) => {
        if (!answer.ok) return Promise.reject(answer.status);
        one.text = decodeURIComponent(answer.headers.get("Voice-Words"));
        one.lang = answer.headers.get("Voice-Language");
        one.private ||= answer.headers.has("Voice-Private");
        return answer.blob();
      });
  }
  function prepare(one) {
    if (one && !one.clip && !made.has(one)) {
      const sound = fetched(one);
      sound.catch(() => {});
      made.set(one, sound);
    }
  }
  async function next() {
    const mine = ++turn;
    free();
    begun = false;
    now = queue.shift() || null;
    if (!now) { made.clear(); return player.onsilence(); }
    try {
      if (now.after) {
        await new Promise((go) => setTimeout(go, now.after * 100 / player.pace / player.speed));
        if (mine !== turn) return;
      }
      if (now.clip) audio.src = "/voice/" + now.clip;
      else {
        prepare(now);
        const sound = await made.get(now);
        if (mine !== turn) return;
        blob = URL.createObjectURL(sound);
        audio.src = blob;
      }
      tune();
      prepare(queue[0]);
      await audio.play();
    } catch (failure) {
      if (mine !== turn || (failure && failure.name === "AbortError")) return;
      if (failure && failure.name === "NotAllowedError") { held = [now, ...queue]; queue = []; now = null; return; }
      failed(failure);
    }
  }
  function failed(status) {
    if (begun) tell("voice:end", now, "failed");
    begun = false;
    if (status === 403) return player.onrefused([now, ...queue]);
    if (status !== 404) {
      player.ondown();
      document.dispatchEvent(new Event("voice:failed"));
    }
    next();
  }
  function start(list) {
    wanted = null;
    queue = list.slice();
    made.clear();
    next();
  }

  audio.addEventListener("playing", () => {
    if (!now || begun) return;
    begun = true;
    if (!now.aside) player.latest = now;
    player.onspeak(now);
    tell("voice:start", now, now.reason);
  });
  audio.addEventListener("ended", () => {
    if (!begun) return;
    begun = false;
    tell("voice:end", now, "finished");
    if (wanted) start(wanted);
    else next();
  });
  audio.addEventListener("pause", () => {
    if ((audio.ended && !wanted) || !begun) return;
    begun = false;
    tell("voice:end", now, player.paused ? "paused" : "interrupted");
    if (player.paused) return;
    now = null;
    player.onspeak(null);
    if (wanted) start(wanted);
  });
  audio.addEventListener("error", () => { if (now && audio.src) failed("sound"); });

  // Cut what is being said; `list` is said then, or nothing.
  player.say = (list) => {
    player.paused = false;
    held = null;
    queue = [];
    asking.abort(); // nobody waits for the rest: the screen may say something else by now
    asking = new AbortController();
    if (begun) { turn++; wanted = list; return audio.pause(); }
    turn++;
    audio.pause();
    begun = false;
    now = null;
    player.onspeak(null);
    start(list);
  };
  player.stop = () => player.say([]);
  // What has not begun yet waits with the rest.
  player.pause = () => {
    if (!now || player.paused) return false;
    player.paused = true;
    if (!begun) {
      turn++;
      queue.unshift(now);
    }
    broken = begun;
    audio.pause();
    return true;
  };
  player.resume = () => {
    if (!player.paused || !now) return false;
    player.paused = false;
    now.reason = "resume";
    if (broken) audio.play().catch(() => {});
    else next();
    return true;
  };
  // A browser that wants a gesture first gets one at the next key or touch.
  player.retry = () => { if (held) { const list = held; held = null; start(list); } };
  // A short tone, for those who do not listen to the voice.
  player.chime = () => {
    const context = new AudioContext(), tone = context.createOscillator(), loudness = context.createGain();
    tone.frequency.value = 660;
    loudness.gain.setValueAtTime(0.2, context.currentTime);
    loudness.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.5);
    tone.connect(loudness).connect(context.destination);
    tone.addEventListener("ended", () => context.close());
    tone.start();
    tone.stop(context.currentTime + 0.5);
  };
  player.tune = tune;
  player.busy = () => Boolean(now) && !player.paused;
  player.element = audio;
  window.kioskPlayer = player;
})();
