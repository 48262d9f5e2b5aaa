// Once a minute the page tells the server that this kiosk lives: version, clock, and errors by kind and place only.
(() => {
  const EVERY = 60000, body = document.body;
  const token = document.querySelector("meta[name=csrf-token]").content;
  let errors = 0, last = "", timer = 0;
  function kind(error, file, line) {
    const name = error && error.name ? error.name : "Error";
    return `${name} ${(file || "").split("/").pop().split("?")[0]}:${line || 0}`;
  }
  addEventListener("error", (event) => { errors += 1; last = kind(event.error, event.filename, event.lineno); });
  addEventListener("unhandledrejection", (event) => { errors += 1; last = kind(event.reason, "", 0); });
  function beat() {
    clearTimeout(timer);
    timer = setTimeout(beat, EVERY);
    const told = new URLSearchParams({ version: body.dataset.version, clock: Date.now(), errors, last_error: last });
    fetch("/heartbeat", { method: "POST", headers: { "X-CSRFToken": token }, body: told }).then((answer) => {
      if (answer.ok) errors = 0;
    }).catch(() => {});
  }
  timer = setTimeout(beat, 2000);
})();
