"""What happens around a robot: cards are placed, time passes, staff come; none of it tells the robot anything."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

# The page's clock stands until the room moves it.
CLOCK = """window.kioskClock = (() => {
  let now = 0, timers = [], made = 0;
  return {
    now: () => now,
    setTimeout: (task, wait) => { timers.push({ id: ++made, at: now + wait, task }); return made; },
    clearTimeout: (id) => { timers = timers.filter((one) => one.id !== id); },
    advance: (by) => {
      const end = now + by;
      for (;;) {
        const [due] = timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at);
        if (!due) break;
        timers = timers.filter((one) => one !== due);
        now = due.at;
        due.task();
      }
      now = end;
    },
  };
})();"""


@dataclass
class Room:
    """One kiosk's lobby: `cards` by what they are, and what passes the time elsewhere too."""

    _page: Page
    _place: Callable[[str], None]
    _staff: Callable[[str], None] = lambda step: None
    _elsewhere: Callable[[float], None] = lambda seconds: None
    cards: dict[str, str] = field(default_factory=dict)

    def card(self, which: str) -> None:
        """Somebody's card is placed on the reader."""
        self._place(self.cards[which])

    def wait(self, seconds: float) -> None:
        """Nobody does anything for so long."""
        self._elsewhere(seconds)
        self._page.evaluate("(ms) => kioskClock.advance(ms)", seconds * 1000)

    def staff(self, step: str) -> None:
        """A member of staff at a desk answers the call: seen, coming."""
        self._staff(step)
