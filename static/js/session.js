// The session of a desk ends when nobody works. Keys and touches on an open page are work too, and the server is told of
// them at most once a minute; two minutes before the end the page says so, and any key or touch goes on.
(() => {
  const ending = document.getElementById("ending");
  if (!ending) return;
  const MARK = 60000, NOTICE = 120000, whole = ending.dataset.after * 1000;
  const token = document.querySelector("#logout").form.elements.csrf_token.value;
  let told = performance.now(), timer = 0;
  function arm() {
    clearTimeout(timer);
    timer = setTimeout(() => { ending.hidden = false; }, whole - NOTICE);
  }
  function work() {
    const asked = !ending.hidden, now = performance.now();
    ending.hidden = true;
    arm();
    if (!asked && now - told < MARK) return;
    told = now;
    fetch("/staff/alive", { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" }).catch(() => {});
  }
  addEventListener("keydown", work, true);
  addEventListener("click", work, true);
  arm();
})();
