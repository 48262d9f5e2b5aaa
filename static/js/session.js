// The session of a desk ends when nobody works. Keys and touches on an open page are work too, and the server is told of
// them once a minute at most, of the last one always. Two minutes before the end the page says so, and any key or touch
// goes on; what comes too late is answered by the sign-in page, which keeps it.
(() => {
  const ending = document.getElementById("ending");
  if (!ending) return;
  const MARK = 60000, NOTICE = 120000, whole = ending.dataset.after * 1000, [soon, over] = ending.querySelectorAll("p");
  const token = document.getElementById("logout").form.elements.csrf_token.value;
  let told = performance.now() - MARK, telling = 0, warning = 0; // the server may not have marked this page's own coming
  function arm() {
    clearTimeout(warning);
    warning = setTimeout(() => {
      ending.hidden = false;
      warning = setTimeout(end, NOTICE);
    }, whole - NOTICE);
  }
  function end() {
    soon.hidden = true;
    ending.querySelector("button").hidden = true;
    ending.hidden = over.hidden = false;
    removeEventListener("keydown", work, true);
    removeEventListener("click", work, true);
  }
  async function tell() {
    telling = 0;
    told = performance.now();
    const asked = { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" };
    const answer = await fetch("/staff/alive", asked).catch(() => null);
    if (answer && answer.type === "opaqueredirect") end();
  }
  function work() {
    ending.hidden = true;
    arm();
    if (!telling) telling = setTimeout(tell, Math.max(0, told + MARK - performance.now()));
  }
  addEventListener("keydown", work, true);
  addEventListener("click", work, true);
  arm();
})();
