"""What happens around a robot: cards are placed, time passes, staff come; none of it tells the robot anything."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, Request

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

    def __post_init__(self) -> None:
        self._signs = 0  # signs of life on their way to the server
        self._page.on("request", lambda asked: self._count(asked, 1))
        self._page.on("requestfinished", lambda asked: self._count(asked, -1))
        self._page.on("requestfailed", lambda asked: self._count(asked, -1))

    def _count(self, asked: Request, by: int) -> None:
        if asked.url.endswith("/visit/alive"):
            self._signs += by

    def card(self, which: str) -> None:
        """Somebody's card is placed on the reader."""
        self._place(self.cards[which])

    def wait(self, seconds: float) -> None:
        """Nobody does anything for so long."""
        self._page.wait_for_timeout(20)
        while self._signs > 0:  # what was begun is done before the time passes
            self._page.wait_for_timeout(20)
        self._elsewhere(seconds)
        self._page.evaluate("(ms) => kioskClock.advance(ms)", seconds * 1000)

    def staff(self, step: str) -> None:
        """A member of staff at a desk answers the call: seen, coming."""
        self._staff(step)
