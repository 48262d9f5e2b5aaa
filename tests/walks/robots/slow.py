"""The slow robot: ten times the usual time for each act, and never told to hurry."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.walks.robots.by_touch import ByTouch
from tests.walks.robots.channels import Seen
from tests.walks.robots.errand import matching, texts

THOUGHT = 100  # seconds before each act: ten times the usual ten
EXTENSIONS = 25


@dataclass
class Slow(ByTouch):
    """Thinks long before each tap; lets the question of the idle clock come again and again, and answers it."""

    extended: int = 0
    extensions: int = EXTENSIONS
    rival: Callable[[], list[str]] = list  # somebody quick who wants the same time

    def choose(self, pattern: str, which: int = 0) -> None:
        """Think, then tap; somebody else comes by while the first time is being looked at."""
        self.room.wait(THOUGHT)
        if pattern == self.words["book"] and "offered to the other" not in self.told.notes:
            self.told.notes["offered to the other"] = " ".join(self.rival())
        super().choose(pattern, which)

    def on_the_way(self) -> None:
        """Read that there is time, dawdle, and extend as often as asked."""
        self.told.notes["time"] = " ".join(self.read())
        for _time in range(self.extensions):
            self._extend(self._dawdle(121))

    def _dawdle(self, seconds: float, times: int = 1) -> Seen:
        for _time in range(times):
            self.eyes.see()
            self.room.wait(seconds)
            here = matching(self.eyes.see(), self.words["here"])
            if here:
                return here[0]
            self.eyes.changed(within=0.5)
        raise AssertionError(f"no question comes: {texts(self.eyes.see())}")

    def _extend(self, here: Seen) -> None:
        self.finger.tap(here.x, here.y)
        self.eyes.changed()
        self.extended += 1


@dataclass
class SlowListener(Slow):
    """Listens too, at half the usual pace: the first tap says what it is, the second one does it."""

    extensions: int = 1
    listening: bool = False

    def choose(self, pattern: str, which: int = 0) -> None:
        """Keep one's data silent where the kiosk asks; then as before."""
        self._stay_silent()
        super().choose(pattern, which)

    def read(self) -> list[str]:
        """Answer the kiosk's question first."""
        self._stay_silent()
        return super().read()

    def _stay_silent(self) -> None:
        silent = matching(self.eyes.see(), self.words["silent"])
        if silent:
            self.tap(silent[0].x, silent[0].y)

    def prepare(self) -> None:
        """Choose the language, half the pace, and the voice."""
        self.listening = False
        super().prepare()
        self.choose(f"^{self.words['settings']}$")
        self.choose("^50 %$")
        self.choose(f"^{self.words['done']}")
        self.choose(f"^{self.words['listen']}$")
        self.listening = True

    def tap(self, x: float, y: float) -> None:
        """Once to hear and once to act, while the voice is on; once only where it is off."""
        if self.listening:
            self.finger.tap(x, y)
        super().tap(x, y)

    def on_the_way(self) -> None:
        """Nothing is asked while the kiosk speaks; five minutes after its last word it asks."""
        self.told.notes["time"] = " ".join(self.read())
        self._extend(self._dawdle(301, times=30))
