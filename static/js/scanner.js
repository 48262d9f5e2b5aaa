// A scanner types like a very fast person. A burst is swallowed wherever the focus is, Enter too, and posted raw:
// cleaning and deciding are the server's. What turns out to be a person typing fast is given back to its field.
(() => {
  const GAP = 50, ESTABLISHED = 6, LOOSE_GAP = 150, SILENCE = 200, LONGEST = 4096;
  const US = { Minus: "-", Equal: "=", BracketLeft: "[", BracketRight: "]", Backslash: "\\", Semicolon: ";", Quote: "'",
    Comma: "<", Period: ">", Slash: "/", Backquote: "`", Space: " ", Enter: "\r", NumpadEnter: "\r", Tab: "\t" };
  const CONTROL = { KeyM: "\r", KeyJ: "\n", KeyI: "\t", KeyB: "\u0002", KeyC: "\u0003" };
  let burst = "", field = null, before = "", last = -Infinity, timer = 0, sent = false;

  // What a key says: printable ASCII as it is, else the US sign of its place (Kazakh and Russian layouts).
  function sign(event) {
    if (event.ctrlKey) return burst ? CONTROL[event.code] || "" : "";
    if (event.key.length === 1 && event.key >= " " && event.key <= "~") return event.key;
    if (event.code in US) return US[event.code];
    const place = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(event.code);
    return place ? place[1] || place[2] || place[3] : "";
  }

  function begin(said) {
    const focused = document.activeElement;
    field = focused && focused.matches("input, textarea") ? focused : null;
    before = field ? field.value : "";
    burst = said;
  }

  function finish() {
    const caught = burst;
    burst = "";
    if (caught.replace(/\s/g, "").length < ESTABLISHED) return giveBack(caught);
    const form = document.getElementById("scan");
    form.elements.scan.value = caught;
    sent = true;
    document.dispatchEvent(new Event("kiosk:busy"));
    form.submit();
  }

  function giveBack(caught) {
    if (!field) return;
    field.value = before + caught.replace(/\s/g, "");
    if (/[\r\n]$/.test(caught) && field.form) field.form.requestSubmit();
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const said = sign(event);
    if (sent) event.preventDefault();
    if (!said || sent) return;
    const gap = event.timeStamp - last;
    last = event.timeStamp;
    if (!burst || gap >= (burst.length < ESTABLISHED ? GAP : LOOSE_GAP)) return begin(said);
    event.preventDefault();
    event.stopImmediatePropagation();
    if (burst.length === 1 && field) field.value = before;
    if (burst.length < LONGEST) burst += said;
    clearTimeout(timer);
    timer = setTimeout(finish, SILENCE);
  }, true);
})();
