// What one person needs to play the demo: copy what a scanner would send, and see a phone's messages as they come.
(() => {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copies]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    button.setAttribute("data-copied", "");
  });
  const messages = document.getElementById("messages");
  async function look() {
    const answer = await fetch(messages.dataset.of).catch(() => null);
    const page = answer && answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const fresh = page && page.getElementById("messages");
    if (fresh && fresh.innerHTML !== messages.innerHTML && !messages.contains(document.activeElement)) {
      messages.innerHTML = fresh.innerHTML;
    }
    setTimeout(look, 2000);
  }
  if (messages) look();
})();
