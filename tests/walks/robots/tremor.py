"""The robot whose hand trembles: every touch beside its goal, twice, and now and then a sweep over several buttons.

It sets the kiosk's guard against repeated touches first, with single touches that tremble too.
"""

from dataclasses import dataclass, field

from tests.walks.robots.channels import Eyes, TremblingFinger
from tests.walks.robots.errand import Told, Visitor, matching, texts
from tests.walks.robots.room import Room
from tests.walks.robots.words import Words

TRIES = 8


@dataclass
class Tremor(Visitor):
    """Touches until the screen answers; counts how often it meant to press."""

    eyes: Eyes
    finger: TremblingFinger
    room: Room
    words: Words
    told: Told = field(default_factory=Told)
    meant: int = 0  # presses that led on, as intended
    _guarded: bool = False

    def choose(self, pattern: str, which: int = 0) -> None:
        """Sweep over the screen, then touch what matches until it answers."""
        seen = self.eyes.see()
        if len(matching(seen, pattern)) <= which:
            self.finger.push(0.6)
            seen = self.eyes.see()
        found = matching(seen, pattern)
        if len(found) <= which:
            raise AssertionError(f"nothing says {pattern!r}: {texts(seen)}")
        controls = [one for one in seen if one.control]
        if self._guarded and len(controls) > 1:
            self.finger.sweep(controls[0].x, controls[0].y, controls[-1].x, controls[-1].y)
        for _try in range(TRIES):
            self.finger.tap(found[which].x, found[which].y, twice=self._guarded)
            if self.eyes.changed(within=1.5):
                self.meant += 1
                return
        raise AssertionError(f"{pattern!r} is not answered: {texts(self.eyes.see())}")

    def read(self) -> list[str]:
        """What stands there; it fits the glass."""
        return texts(self.eyes.see())

    def prepare(self) -> None:
        """Choose the language and the guard."""
        self._guarded = False
        super().prepare()
        self.choose(f"^{self.words['settings']}$")
        self.choose(self.words["ignore"])
        self._guarded = True
        self.choose(f"^{self.words['done']}")
