// What a page says, as its templates wrote it: lines of sentences, each tied to the element it speaks of.
(() => {
  const read = (element) => JSON.parse(element.dataset.say || "[]");
  const lines = (root) => [...root.querySelectorAll("p[data-say]")];
  const content = (id) => { const found = document.getElementById(id); return found ? found.content : null; };

  function target(at) {
    return at ? document.querySelector("main " + at) || document.querySelector(at) : null;
  }
  function sentences(line, reason) {
    const element = target(line.dataset.at);
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
      return element && element.dataset && element.dataset.say
        ? read(element).map((one) => ({ ...one, reason, element })) : [];
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
