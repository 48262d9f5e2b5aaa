"""What a robot may sense and do at one page; whatever is not here, a robot cannot know or do."""

import random
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.sync_api import CDPSession, Error, Page
from playwright.sync_api import TimeoutError as Unanswered

# What stands on the glass: words and things to press, in reading order, as far as they can be seen and nothing covers
# them; `framed` is what the moving frame surrounds.
SEE = """() => {
  const inside = (box) => box.width > 1 && box.height > 1 && box.top + box.height / 2 > 0 && box.top + box.height / 2 < innerHeight;
  const bare = (one, box) => { const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return hit && (one === hit || one.contains(hit) || hit.contains(one) || Boolean(hit.closest(".fact, p, li, h1, h2") && hit.closest(".fact, p, li, h1, h2").contains(one))); };
  const seen = (one, box) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && inside(box) && bare(one, box);
  const tidy = (text) => text.replace(/\\s+/g, " ").trim();
  const found = [];
  for (const one of document.querySelectorAll("a, button, input, h1, h2, h3, p, dt, dd, li, span, strong, label, blockquote, figcaption")) {
    if (one.closest("template, .unseen, #scan")) continue;
    const control = one.matches("a, button, input"), box = one.getBoundingClientRect();
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!(control || own) || !seen(one, box)) continue;
    found.push({ text: tidy(control ? one.innerText || one.value || "" : one.textContent), control, x: box.left + box.width / 2,
      y: box.top + box.height / 2, width: box.width, height: box.height, heading: one.matches("h1"), framed: one.hasAttribute("data-here") });
  }
  return found;
}"""
ANSWER = 5000  # ms
MOMENT = "() => performance.timeOrigin + document.readyState + document.body.innerText"


@dataclass(frozen=True)
class Seen:
    """One thing on the glass: its words, its middle and size in CSS pixels, and whether it looks like a button."""

    text: str
    control: bool
    x: float
    y: float
    width: float
    height: float
    framed: bool
    heading: bool


@dataclass
class Eyes:
    """Sees what is on the glass now, and notices when it has changed."""

    _page: Page
    _last: str = ""

    def see(self) -> list[Seen]:
        """Everything that can be seen at this moment."""
        self._last = self._moment()
        return [Seen(**one) for one in self._page.evaluate(SEE)]

    def changed(self, within: float = 20) -> bool:
        """Wait until the screen is another one than was last seen; False when it stays for `within` seconds."""
        for _look in range(int(within * 40)):
            with suppress(Error):
                now = self._moment()
                if now != self._last and "complete" in now[:40]:
                    self._page.wait_for_load_state("load")
                    return True
            self._page.wait_for_timeout(25)
        return False

    def _moment(self) -> str:
        moment: str = self._page.evaluate(MOMENT)
        return moment


@dataclass
class Finger:
    """A steady finger: single taps, and a push of the page up or down."""

    _page: Page

    def tap(self, x: float, y: float) -> None:
        self._page.touchscreen.tap(x, y)

    def push(self, screens: float) -> None:
        self._page.mouse.move(540, 700)
        self._page.mouse.wheel(0, screens * 1400)
        self._page.wait_for_timeout(60)


@dataclass
class TremblingFinger:
    """Lands up to 6 mm beside its goal, touches twice within 50 to 600 ms, and now and then sweeps over the glass."""

    _page: Page
    _mm: float
    _dice: random.Random = field(default_factory=lambda: random.Random(12))
    _hand: CDPSession | None = None

    def tap(self, x: float, y: float, twice: bool = True) -> None:
        began = self._now()
        self._touch(*self._beside(x, y), began)
        if twice:
            self._touch(*self._beside(x, y), began + self._dice.uniform(0.05, 0.59))

    def push(self, screens: float) -> None:
        self._page.mouse.move(540, 700)
        self._page.mouse.wheel(0, screens * 1400)
        self._page.wait_for_timeout(60)

    def sweep(self, from_x: float, from_y: float, to_x: float, to_y: float) -> None:
        steps = [(from_x + (to_x - from_x) * part / 6, from_y + (to_y - from_y) * part / 6) for part in range(7)]
        began = self._now()
        self._send("touchStart", [steps[0]], began)
        for place, step in enumerate(steps[1:], 1):
            self._send("touchMove", [step], began + 0.02 * place)
        self._send("touchEnd", [], began + 0.2)

    def _touch(self, x: float, y: float, moment: float) -> None:
        self._send("touchStart", [(x, y)], moment)
        self._send("touchEnd", [], moment + 0.03)

    def _beside(self, x: float, y: float) -> tuple[float, float]:
        return x + self._dice.uniform(-6, 6) * self._mm, y + self._dice.uniform(-6, 6) * self._mm

    def _send(self, kind: str, points: list[tuple[float, float]], moment: float) -> None:
        self._hand = self._hand or self._page.context.new_cdp_session(self._page)
        touches = [{"x": x, "y": y} for x, y in points]
        told = {"type": kind, "touchPoints": touches, "timestamp": moment}
        with suppress(Unanswered):  # a browser that is leaving the page may never say what became of a touch
            self._hand.send("Input.dispatchTouchEvent", told, timeout=ANSWER)

    def _now(self) -> float:
        moment: float = self._page.evaluate("(performance.timeOrigin + performance.now()) / 1000")
        return moment


@dataclass
class Switches:
    """One or two switches: each can only be pressed."""

    _page: Page
    _codes: tuple[str, ...]

    def press(self, which: int = 0) -> None:
        self._page.wait_for_timeout(70)  # a person's pause: keys in a burst are a scanner's
        self._page.keyboard.press(self._codes[which])
        self._page.wait_for_timeout(90)  # a switch that sends a character is heard after 60 ms of silence
