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
  const script = {
    // The whole of a screen; its blocks learn to say their own part, so that each can be heard again.
    screen(reason, id = "spoken") {
      const root = content(id);
      if (!root) return [];
      const said = new Map();
      const all = [];
      for (const line of lines(root)) {
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
      return all;
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
