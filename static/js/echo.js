// Digits are heard while they are typed, and read back in groups: by their names in headphones, or aloud after a yes;
// otherwise as stars. A code is named in headphones only.
(() => {
  const html = document.documentElement, body = document.body, script = window.kioskScript, PAUSE = 400;
  const isField = (one) => Boolean(one && one.matches && one.matches("input[data-groups]"));
  const groups = (field) => field.dataset.groups.trim().split(/\s+/).map(Number);
  const digits = (field) => field.value.replace(/\D/g, "");
  const isWhole = (field) => digits(field).length === groups(field).reduce((sum, one) => sum + one, 0);
  const say = (when) => script.occasion(when, "action");
  const named = (digit) => say("digit-" + digit).map((one) => ({ ...one, private: true }));

  function mayBeNamed(field) {
    if ("stars" in html.dataset) return false;
    const aloud = html.dataset.voice === "speaker" && body.dataset.aloud === "yes" && !("masked" in field.dataset);
    return html.dataset.voice === "headphones" || aloud;
  }
  function inGroups(field) {
    const typed = digits(field), list = [];
    let from = 0;
    for (const size of [...groups(field), typed.length]) {
      const group = [...typed.slice(from, from + size)].flatMap(named);
      if (group.length) group[0].after = PAUSE;
      list.push(...group);
      from += size;
    }
    return list;
  }
  // What stands in a field, or only that all of it stands there.
  function readBack(field) {
    if (!isField(field)) return [];
    if (mayBeNamed(field)) return inGroups(field);
    return isWhole(field) ? say("typed") : [];
  }
  document.addEventListener("input", (event) => {
    const field = event.target, audio = window.kioskAudio;
    if (!isField(field) || !audio.speak) return;
    if (!/^\d$/.test(event.data || "")) return audio.speak((event.inputType || "").startsWith("delete") ? say("deleted") : []);
    const one = mayBeNamed(field) ? named(event.data) : say("star");
    audio.speak(isWhole(field) ? [...one, ...readBack(field)] : one);
  });
  window.kioskEcho = { readBack };
})();
