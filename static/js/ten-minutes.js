// The ten minutes of the standard run on the page of the person at the desk; past them the clock turns to the alarm's colour.
(() => {
  const clock = document.getElementById("clock"), began = performance.now();
  if (!clock) return;
  const used = Number(clock.dataset.used), limit = Number(clock.dataset.limit), words = clock.textContent.trim();
  setInterval(() => {
    const seconds = used + Math.floor((performance.now() - began) / 1000);
    clock.textContent = words.replace(/\d+:\d\d/, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    clock.classList.toggle("wrong", seconds >= limit);
  }, 1000);
})();
