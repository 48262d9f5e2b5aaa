// What a page says, as its templates wrote it: lines of sentences, each tied to the element it speaks of.
(() => {
  const read = (element) => JSON.parse(element.dataset.say || "[]");
  const STOPS = "h1, h2, h3, p, li, blockquote, a, button, label, input, textarea, .fact";
  // Tells texts apart without giving them away; the server makes the same of what it renders.
  function mark(text) {
    let sum = 0;
    const bare = text.replace(/\s/g, "");
    for (let at = 0; at < bare.length; at += 1) sum = (Math.imul(sum, 31) + bare.charCodeAt(at)) >>> 0;
    return sum;
  }
  const lines = (root) => [...root.querySelectorAll("p[data-say]")];
  const content = (id) => { const found = document.getElementById(id); return found ? found.content : null; };

  function target(at) {
    return at ? document.querySelector("main " + at) || document.querySelector(at) : null;
  }
  function sentences(line, why) {
    const element = target(line.dataset.at), reason = why === "load" && line.dataset.at === "#notice" ? "error" : why;
    return read(line).map((one) => ({ ...one, reason, element }));
  }
  // At the very large size a screen comes part by part, and each part says only what stands on it: its heading, the
  // written lines of its elements, and the other stops as they are. A place among brothers ("the second fact") is
  // another one there, so such lines are left out: the element says itself.
  const PART = "h2, h3, .fact, [data-stop], p, blockquote, li, a[href], button, input:not([type=hidden])";
  const CONTROLS = "a[href], button, input, textarea", ASIDE = "#next, .more, .key, .set :not([aria-current]), .languages *, #scan *";
  const isHere = (line, main) => !/:(nth|last|first)/.test(line.dataset.at || "") && main.contains(target(line.dataset.at));
  const isWhole = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.parentElement.closest("a, button, .fact, [data-stop]")
    && (one.matches(CONTROLS) || one.matches(".fact, [data-stop]") || !one.querySelector(CONTROLS)) && one.closest("template") === null;
  function part(main, root, reason) {
    const here = lines(root).filter((line) => isHere(line, main));
    const more = main.querySelector(".more"), next = here.filter((line) => target(line.dataset.at).id === "next" && target(line.dataset.at) !== more);
    const told = here.filter((line) => target(line.dataset.at).id !== "next"), places = told.map((line) => target(line.dataset.at));
    const stops = [...main.querySelectorAll(PART)].filter((one) => !one.matches(ASIDE) && isWhole(one)
      && !places.some((place) => place === one || place.contains(one)));
    const last = [main.querySelector("#next:not(.more)"), more].filter((one) => one && !(one !== more && next.length));
    const say = (all) => all.flatMap((one) => script.element(one, reason));
    return [...told.flatMap((line) => sentences(line, reason)), ...say(stops), ...next.flatMap((line) => sentences(line, reason)), ...say(last)];
  }
  const script = {
    // The whole of a screen; its blocks learn to say their own part, so that each can be heard again.
    screen(reason, id = "spoken") {
      const root = content(id);
      if (!root) return [];
      const main = id === "spoken" && document.querySelector("main[data-part]");
      const said = new Map();
      const all = [];
      for (const line of lines(root).filter((one) => !main || isHere(one, main))) {
        const part = sentences(line, reason);
        all.push(...part);
        const element = target(line.dataset.at);
        if (element && !element.matches("a, button, input")) {
          said.set(element, [...(said.get(element) || []), ...read(line)]);
        }
      }
      for (const [element, own] of said) {
        element.dataset.say = JSON.stringify(own);
        if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
      }
      return main ? part(main, root, reason) : all;
    },
    occasion(when, reason) {
      const root = content("voice-lines");
      return root ? lines(root).filter((line) => line.dataset.when === when).flatMap((line) => sentences(line, reason)) : [];
    },
    element(element, reason) {
      if (!element || !element.matches) return [];
      if (element.matches("[role=status]")) {
        const written = script.written(element.textContent.trim(), reason, element);
        if (written.length) return written;
      }
      if (element.dataset.say) return read(element).map((one) => ({ ...one, reason, element }));
      if (element.labels && element.labels[0] && !element.hasAttribute("aria-label")) return script.element(element.labels[0], reason);
      const text = element.matches("input, textarea") ? element.getAttribute("aria-label") || "" : element.textContent;
      if (!text.trim() || !element.matches(STOPS)) return [];
      const does = element.matches("a, button") ? script.occasion("choose", reason) : [];
      return [{ stop: mark(text), text: "", lang: "", reason, element }, ...does];
    },
    // A status line that a script has changed: the words were written beforehand.
    written(text, reason, element) {
      const root = content("said");
      const line = root && lines(root).find((one) => one.textContent === text);
      return line ? read(line).map((one) => ({ ...one, reason, element })) : [];
    },
    where(reason) {
      const heading = content("spoken"), root = content("where");
      const first = heading && lines(heading)[0];
      return [...(first ? sentences(first, reason).slice(0, 1) : []),
        ...(root ? lines(root).flatMap((line) => sentences(line, reason)) : [])];
    },
    isPrivate: (list) => list.some((one) => one.private),
  };
  window.kioskScript = script;
})();
