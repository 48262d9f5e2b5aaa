// The idle clock of the page: it tells the server while somebody is here, asks before it forgets, then forgets.
// It stands still while the kiosk speaks or works, and then goes on where it stood; every key and touch sets it back,
// as often as anybody likes.
(() => {
  window.kioskClock = window.kioskClock || {
    now: () => performance.now(),
    setTimeout: (task, wait) => setTimeout(task, wait),
    clearTimeout: (timer) => clearTimeout(timer),
  };
  const clock = window.kioskClock, body = document.body;
  if (!body.dataset.idle) return;
  const usual = body.dataset.idle * 1000, listening = body.dataset.idleListening * 1000, html = document.documentElement;
  const grace = Number(body.dataset.grace), MARK = 20000, SWIPE = 400;
  const TOLD = [45, 30, 15, 5], UNPLUGGED = 10000;
  const token = document.querySelector("meta[name=csrf-token]").content;
  const dialog = document.getElementById("idle"), seconds = document.getElementById("idle-seconds");
  const jacks = JSON.parse(body.dataset.keys || "{}");
  const isJack = (name, event) => (jacks[name] || []).includes(event.code);
  let marked = clock.now(), timer = 0, marking = 0, working = 0, speaking = false, sending = null;
  let spent = 0, since = null; // how long nobody has done anything, and since when that is being counted
  // The visit and the voice may both begin on this page. Who pulls the headphones out has left, or goes on at once.
  const visit = () => "visit" in body.dataset;
  const idle = () => unplugged ? UNPLUGGED : html.dataset.voice === "off" ? usual : listening;
  let touched = visit(), unplugged = false;

  async function mark() {
    clock.clearTimeout(marking);
    marking = 0;
    marked = clock.now();
    if (sending) return;
    sending = new AbortController();
    const asked = { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual", signal: sending.signal };
    const answer = await fetch("/visit/alive", asked).catch(() => null);
    sending = null;
    if (answer && answer.status === 410) location.replace("/");
  }
  // The last mark is never older than the last sign of life: the server must not forget before the page asks.
  function markSoon() {
    if (!visit() || marking) return;
    const due = marked + MARK - clock.now();
    if (due <= 0) mark();
    else marking = clock.setTimeout(mark, due);
  }
  // Who leaves may end the visit: a mark that is still under way would come too late, and be no error.
  function stopMarking() {
    clock.clearTimeout(marking);
    marking = 0;
    if (sending) sending.abort();
  }
  function arm() {
    spent = 0;
    since = null;
    run();
  }
  function run() {
    clock.clearTimeout(timer);
    if (since !== null) spent += clock.now() - since;
    since = null;
    if (working || speaking) {
      timer = clock.setTimeout(() => { markSoon(); run(); }, MARK);
    } else if (touched) {
      since = clock.now();
      timer = clock.setTimeout(warn, Math.max(0, idle() - spent));
    }
  }
  function warn() {
    dialog.classList.toggle("covers", unplugged);
    dialog.showModal();
    count(grace);
  }
  function count(left) {
    seconds.textContent = left;
    if (left === grace || TOLD.includes(left)) {
      document.dispatchEvent(new CustomEvent("idle:left", { detail: { seconds: left } }));
    }
    timer = left > 0 ? clock.setTimeout(() => count(left - 1), 1000) : clock.setTimeout(leave, 0);
  }
  function leave() {
    stopMarking();
    const end = document.getElementById("end");
    if (end) return end.submit();
    const over = () => location.replace("/");
    if (!visit()) return over();
    fetch("/visit/end", { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" }).then(over, over);
  }
  function here() {
    touched = true;
    unplugged = false;
    markSoon();
    if (!dialog.open) arm();
  }
  function extend(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    close();
  }
  function close() {
    if (!dialog.open) return;
    dialog.close();
    unplugged = false;
    document.dispatchEvent(new Event("idle:extended"));
    if (visit()) mark();
    arm();
  }
  // A jack's key is for the voice, which must know where it speaks; only the headphones' coming says that somebody is here.
  document.addEventListener("keydown", (event) => {
    if (dialog.open && isJack("jack_out", event)) return;
    touched = true;
    if (!dialog.open) here();
    else if (isJack("jack_in", event)) close();
    else extend(event);
  }, true);
  // A touch closes the question when it ends, so that its end presses nothing that lies behind.
  document.addEventListener("pointerdown", () => {
    if (!dialog.open) return here();
    clock.clearTimeout(timer);
    clock.setTimeout(close, SWIPE);
  }, true);
  document.addEventListener("click", (event) => { if (dialog.open) extend(event); }, true);
  document.addEventListener("kiosk:busy", () => {
    if (dialog.open) close();
    else here();
  });
  document.addEventListener("kiosk:unplugged", () => {
    touched = unplugged = true;
    if (dialog.open) dialog.classList.add("covers");
    else arm();
  });
  function work(by) {
    working += by;
    if (!dialog.open) run();
  }
  // A page that looks after a call or a phone by itself does no work for anybody: nothing has triggered that.
  const isWork = (event) => Boolean(event.detail.requestConfig.triggeringEvent);
  document.addEventListener("htmx:beforeRequest", (event) => { if (isWork(event)) work(1); });
  document.addEventListener("htmx:afterRequest", (event) => { if (isWork(event)) work(-1); });
  addEventListener("beforeunload", () => { // the next page is on its way, and this one ends with it
    stopMarking();
    work(1);
  });
  function speak(now) {
    speaking = now;
    if (dialog.open) return;
    if (speaking) markSoon(); // a long screen is many short sentences
    run();
  }
  document.addEventListener("voice:start", () => speak(true));
  document.addEventListener("voice:end", () => speak(false));
  arm();
})();
