"""A robot that sees and touches: what the deaf, the slow and the colour-blind robot have in common."""

from dataclasses import dataclass, field

from tests.walks.robots.channels import Eyes, Finger
from tests.walks.robots.errand import Told, Visitor, matching, texts
from tests.walks.robots.room import Room
from tests.walks.robots.words import Words

PUSHES = 6


@dataclass
class ByTouch(Visitor):
    """Looks, pushes the page where something lies below, and taps."""

    eyes: Eyes
    finger: Finger
    room: Room
    words: Words
    told: Told = field(default_factory=Told)

    def choose(self, pattern: str, which: int = 0) -> None:
        """Tap what matches, and wait for the next screen."""
        for push in (0, -9, *[0.5] * PUSHES):
            if push:
                self.finger.push(push)
            found = matching(self.eyes.see(), pattern)
            if len(found) > which:
                self.tap(found[which].x, found[which].y)
                return
        raise AssertionError(f"nothing says {pattern!r}: {texts(self.eyes.see())}")

    def tap(self, x: float, y: float) -> None:
        """One tap, answered."""
        self.finger.tap(x, y)
        if not self.eyes.changed():
            raise AssertionError(f"a tap at {x:.0f}, {y:.0f} is not answered: {texts(self.eyes.see())}")

    def read(self) -> list[str]:
        """The page from top to bottom."""
        said = texts(self.eyes.see())
        for _push in range(PUSHES):
            self.finger.push(0.5)
            more = [one for one in texts(self.eyes.see()) if one not in said]
            if not more:
                break
            said += more
        return said
