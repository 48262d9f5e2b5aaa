"""The ear of a robot: what the kiosk's voice really says, from its own events, and nothing else of the page."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import soundfile
from playwright.sync_api import Page

# Hears voice:start and voice:end, and knows when the kiosk has said all it had to say (clips run 16 times faster). That
# the kiosk is working is said by the real clock, on slow machines more often: it is kept apart.
LISTEN = """(() => {
  const ear = window.kioskEar = { open: 0, count: 0, worst: 0, working: [] };
  const isWorking = (said) => said.reason !== "repeat"
    && document.getElementById("voice-lines").content.querySelector("[data-when=working]").textContent === said.text;
  let working = false;
  const hear = (name) => (event) => {
    ear.open += name === "start" ? 1 : -1;
    ear.worst = Math.max(ear.worst, ear.open);
    if (name === "start") working = isWorking(event.detail);
    if (working) return name === "start" && ear.working.push(event.detail.text);
    ear.count += name === "start";
    if (name === "start" && !("first" in ear)) ear.first = performance.now();
    window.kioskHeard(name, event.detail);
  };
  document.addEventListener("voice:start", hear("start"));
  document.addEventListener("voice:end", hear("end"));
  document.addEventListener("DOMContentLoaded", () => { if (window.kioskAudio) window.kioskAudio.speed = 16; });
  ear.quiet = () => ear.count > 0 && ear.open === 0 && !window.kioskAudio.speaking;
})()"""
FAR_KEY = """(code) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key: code, code, bubbles: true, cancelable: true }))"""


@dataclass
class Ear:
    """Listens at one page; the transcript is all that was begun, in order."""

    page: Page
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    keys: int = 0
    carded: int = 0  # how much had been heard when the card was placed

    @classmethod
    def at(cls, page: Page) -> "Ear":
        ear = cls(page)
        page.expose_binding("kioskHeard", lambda _source, name, detail: ear.events.append((name, detail)))
        page.add_init_script(LISTEN)
        return ear

    @property
    def said(self) -> list[str]:
        return [detail["text"] for name, detail in self.events if name == "start"]

    @property
    def private(self) -> list[str]:
        return [detail["text"] for name, detail in self.events if name == "start" and detail["private"]]

    def listen(self) -> list[str]:
        """Wait until the kiosk has spoken and is quiet, and give what it said since the last time."""
        before = len(self.heard_so_far)
        self.page.wait_for_function("() => window.kioskEar && window.kioskEar.quiet()", timeout=60_000)
        new = self.said[before:]
        self.heard_so_far += new
        return new

    heard_so_far: list[str] = field(default_factory=list)

    def press(self, code: str) -> list[str]:
        """Press a key, and hear what follows."""
        self.keys += 1
        self.forget()
        self.page.wait_for_timeout(70)  # a person's pause: keys in a burst are a scanner's
        self.page.keyboard.press(code)
        return self.listen()

    def forget(self) -> None:
        self.page.evaluate("() => { window.kioskEar.count = 0; }")

    def plug(self, code: str) -> list[str]:
        """Headphones in or out, as a jack in the keypad tells it."""
        self.forget()
        self.page.evaluate(FAR_KEY, code)
        return self.listen()


def seconds(ask: Callable[[str, str], bytes], sentences: list[tuple[str, str]]) -> float:
    """How long the sentences take at the usual pace, from the sounds themselves."""
    return sum(len(samples) / rate for samples, rate in (soundfile.read(io.BytesIO(ask(*one))) for one in sentences))
