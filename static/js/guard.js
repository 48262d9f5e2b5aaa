// Keys that would lead out of the kiosk do nothing, on every page.
document.addEventListener("keydown", (event) => {
  if (/^F\d+$/.test(event.key) || event.metaKey || event.altKey || (event.ctrlKey && !event.code.startsWith("Control"))) {
    event.preventDefault();
  }
}, true);
document.addEventListener("contextmenu", (event) => event.preventDefault());

// A kiosk's pages keep nothing in the browser: htmx would note the current address for its history.
Storage.prototype.setItem = () => {};
