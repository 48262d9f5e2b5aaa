// Keys that would lead out of the kiosk do nothing, on every page; F13 to F24 lead nowhere and belong to keypads.
document.addEventListener("keydown", (event) => {
  if (/^F([1-9]|1[0-2])$/.test(event.key) || event.metaKey || event.altKey || (event.ctrlKey && !event.code.startsWith("Control"))) {
    event.preventDefault();
  }
}, true);
for (const name of ["contextmenu", "dragstart"]) document.addEventListener(name, (event) => event.preventDefault());

// A kiosk's pages keep nothing in the browser: htmx would note the current address for its history.
Storage.prototype.setItem = () => {};
