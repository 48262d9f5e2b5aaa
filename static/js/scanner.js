// A scanner types like a very fast person. A burst is swallowed wherever the focus is, Enter too, and posted raw:
// cleaning and deciding are the server's. What turns out to be a person typing fast is given back to its field.
(() => {
  // Three keys with gaps that nobody types make a burst; what came just before them belongs to it, and once it has
  // begun, a busy machine may stretch a gap.
  const GAP = 50, FAST_GAPS = 2, LEAD_GAP = 120, LOOSE_GAP = 500;
  const SILENCE = 600, SILENCE_WHEN_WHOLE = 80, SHORTEST = 6, LONGEST = 4096;
  // What a key says by its US place, without and with Shift: a scanner strikes places, whatever layout is set. The
  // case of a letter is Shift's alone, for a scanner knows nothing of Caps Lock.
  const US = { Minus: "-_", Equal: "=+", BracketLeft: "[{", BracketRight: "]}", Backslash: "\\|", Semicolon: ";:",
    Quote: "'\"", Comma: ",<", Period: ".>", Slash: "/?", Backquote: "`~", Space: "  ", Enter: "\r\r",
    NumpadEnter: "\r\r", Tab: "\t\t" };
  for (const pair of ["1!", "2@", "3#", "4$", "5%", "6^", "7&", "8*", "9(", "0)"]) US["Digit" + pair[0]] = pair;
  for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") US["Key" + letter] = letter.toLowerCase() + letter;
  const CONTROL = { KeyM: "\r", KeyJ: "\n", KeyI: "\t", KeyB: "\u0002", KeyC: "\u0003" };
  let burst = "", fast = 0, field = null, before = "", last = -Infinity, timer = 0, sent = false;

  function sign(event) {
    if (event.ctrlKey) return fast ? CONTROL[event.code] || "" : "";
    if (event.code in US) return US[event.code][event.shiftKey ? 1 : 0];
    if (event.key.length === 1 && event.key >= " " && event.key <= "~") return event.key;
    const digit = /^Numpad(\d)$/.exec(event.code);
    return digit ? digit[1] : "";
  }

  function begin(said) {
    const focused = document.activeElement;
    field = focused && focused.matches("input, textarea") ? focused : null;
    before = field ? field.value : "";
    burst = said.trim();
    fast = 0;
  }

  function finish() {
    const caught = burst;
    burst = "";
    fast = 0;
    if (caught.replace(/\s/g, "").length < SHORTEST) return giveBack(caught);
    post(caught);
  }

  function post(caught) {
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

  // A card is whole at 90 signs, a passport at 88, a barcode at 12 digits and Enter; anything else ends with silence.
  function patience() {
    const read = burst.toUpperCase().replace(/[^A-Z0-9<]/g, "");
    const whole = (read.startsWith("I") && read.length === 90) || (read.startsWith("P") && read.length === 88)
      || /^\d{12}[\r\n]+$/.test(burst);
    return whole ? SILENCE_WHEN_WHOLE : SILENCE;
  }

  // A reader that hands over its text whole, as the clipboard does: beside a field it is a scan.
  document.addEventListener("paste", (event) => {
    const told = event.clipboardData ? event.clipboardData.getData("text").slice(0, LONGEST) : "";
    if (sent || event.target.matches("input, textarea") || told.trim().length < SHORTEST) return;
    event.preventDefault();
    post(told);
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const said = sign(event);
    if (sent) event.preventDefault();
    if (!said || sent) return;
    const gap = event.timeStamp - last;
    last = event.timeStamp;
    if (!burst || gap >= (fast >= FAST_GAPS ? LOOSE_GAP : LEAD_GAP)) return begin(said);
    if (burst.length < LONGEST) burst += said;
    if (gap < GAP) fast += 1;
    if (fast < FAST_GAPS) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (fast === FAST_GAPS && field) field.value = before;
    clearTimeout(timer);
    timer = setTimeout(finish, patience());
  }, true);
})();
