// A scanner types like a very fast person. A burst is swallowed wherever the focus is, Enter too, and posted raw:
// cleaning and deciding are the server's. What turns out to be a person typing fast is given back to its field.
(() => {
  // Three keys with gaps that nobody types make a burst; what came just before them belongs to it, and once it has
  // begun, a busy machine may stretch a gap.
  const GAP = 50, FAST_GAPS = 2, LEAD_GAP = 120, LOOSE_GAP = 500;
  const SILENCE = 600, SILENCE_WHEN_WHOLE = 80, SHORTEST = 6, LONGEST = 4096;
  // A key says what it prints. But a scanner strikes places: under a Kazakh or Russian layout, which shows itself by
  // the first letter that is none of ours, the whole burst is read by its US places, without and with Shift.
  const US = { Minus: "-_", Equal: "=+", BracketLeft: "[{", BracketRight: "]}", Backslash: "\\|", Semicolon: ";:",
    Quote: "'\"", Comma: "<<", Period: ".>", Slash: "/?", Backquote: "`~", Space: "  ", Enter: "\r\r",
    NumpadEnter: "\r\r", Tab: "\t\t" };
  for (const pair of ["1!", "2@", "3#", "4$", "5%", "6^", "7&", "8*", "9(", "0)"]) US["Digit" + pair[0]] = pair;
  for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") US["Key" + letter] = letter.toLowerCase() + letter;
  const CONTROL = { KeyM: "\r", KeyJ: "\n", KeyI: "\t", KeyB: "\u0002", KeyC: "\u0003" };
  let printed = "", struck = "", foreign = false; // the burst, by what its keys print and by their places
  let fast = 0, field = null, before = "", last = -Infinity, timer = 0, sent = false;

  const burst = () => foreign ? struck : printed;
  const isOurs = (key) => key.length === 1 && key >= " " && key <= "~";

  function place(event) {
    if (event.ctrlKey) return fast ? CONTROL[event.code] || "" : "";
    if (event.code in US) return US[event.code][event.shiftKey ? 1 : 0];
    const digit = /^Numpad(\d)$/.exec(event.code);
    return digit ? digit[1] : isOurs(event.key) ? event.key : "";
  }

  function begin() {
    const focused = document.activeElement;
    field = focused && focused.matches("input, textarea") ? focused : null;
    before = field ? field.value : "";
    forget();
  }

  function forget() {
    printed = struck = "";
    foreign = false;
    fast = 0;
  }

  function add(event, struckNow) {
    const isLetter = event.code in US && event.key.length === 1;
    foreign ||= isLetter && event.key > "~";
    printed += isOurs(event.key) && !event.ctrlKey ? event.key : struckNow;
    struck += struckNow;
    if (!printed.trim()) printed = struck = ""; // a burst begins with a sign, not with the end of a line
  }

  function finish() {
    const caught = burst();
    forget();
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
    const read = burst().toUpperCase().replace(/[^A-Z0-9<]/g, "");
    const whole = (read.startsWith("I") && read.length === 90) || (read.startsWith("P") && read.length === 88)
      || /^\d{12}[\r\n]+$/.test(burst());
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
    if (event.altKey || event.metaKey || event.repeat) return;
    const struckNow = place(event);
    if (sent) event.preventDefault();
    if (!struckNow || sent) return;
    const gap = event.timeStamp - last;
    last = event.timeStamp;
    const isFirst = !burst() || gap >= (fast >= FAST_GAPS ? LOOSE_GAP : LEAD_GAP);
    if (isFirst) begin();
    if (burst().length < LONGEST) add(event, struckNow);
    if (isFirst) return;
    if (gap < GAP) fast += 1;
    if (fast < FAST_GAPS) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (fast === FAST_GAPS && field) field.value = before;
    clearTimeout(timer);
    timer = setTimeout(finish, patience());
  }, true);
})();
