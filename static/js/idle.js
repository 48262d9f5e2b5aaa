// The idle clock of the page: it tells the server while somebody is here, asks before it forgets, then forgets.
(() => {
  window.kioskClock = window.kioskClock || {
    now: () => performance.now(),
    setTimeout: (task, wait) => setTimeout(task, wait),
    clearTimeout: (timer) => clearTimeout(timer),
  };
  const clock = window.kioskClock, body = document.body;
  if (!body.dataset.idle) return;
  const idle = body.dataset.idle * 1000, grace = body.dataset.grace * 1000, MARK = 20000;
  const token = document.querySelector("meta[name=csrf-token]").content;
  const dialog = document.getElementById("idle"), seconds = document.getElementById("idle-seconds");
  let marked = clock.now(), timer = 0, touched = "visit" in body.dataset;

  function post(path) {
    return fetch(path, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" });
  }
  async function mark() {
    marked = clock.now();
    const answer = await post("/visit/alive").catch(() => null);
    if (answer && answer.status === 410 && "visit" in body.dataset) location.replace("/");
  }
  function arm() {
    clock.clearTimeout(timer);
    if (touched) timer = clock.setTimeout(warn, idle);
  }
  function warn() {
    if (!dialog.open) dialog.showModal();
    count(Math.round(grace / 1000));
  }
  function count(left) {
    seconds.textContent = left;
    timer = left > 0 ? clock.setTimeout(() => count(left - 1), 1000) : clock.setTimeout(leave, 0);
  }
  async function leave() {
    const end = document.getElementById("end");
    if (end) end.submit();
    else location.replace("/");
  }
  function here() {
    touched = true;
    if (dialog.open) { dialog.close(); mark(); }
    else if ("visit" in body.dataset && clock.now() - marked > MARK) mark();
    arm();
  }
  for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, here, true);
  document.addEventListener("kiosk:busy", here);
  arm();
})();
