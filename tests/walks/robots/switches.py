"""The robots with one and with two switches: the frame that moves, the text that stands, and nothing but presses."""

import re
from dataclasses import dataclass, field

from tests.walks.robots.channels import Eyes, Switches
from tests.walks.robots.errand import Told, Visitor, texts
from tests.walks.robots.room import Room
from tests.walks.robots.words import Words

ROUND = 120  # steps after which the frame has come round on any screen


@dataclass
class OneSwitch(Visitor):
    """Waits until the frame stands on what it wants, then presses."""

    eyes: Eyes
    switches: Switches
    room: Room
    words: Words
    dwell: int = 2
    told: Told = field(default_factory=Told)

    def choose(self, pattern: str, which: int = 0) -> None:
        """Let the frame move to the n-th thing that matches, and press."""
        been: list[tuple[float, float]] = []
        for _step in range(ROUND):
            framed = [one for one in self.eyes.see() if one.framed and one.control]
            if framed and re.search(pattern, framed[0].text):
                spot = (framed[0].x, framed[0].y)
                if spot not in been:
                    been.append(spot)
                if len(been) > which:
                    return self._press()
            self._on()
        raise AssertionError(f"the frame never came to {pattern!r}: {texts(self.eyes.see())}")

    def read(self) -> list[str]:
        """The screen as it stands."""
        return texts(self.eyes.see())

    def prepare(self) -> None:
        """Learn the switch by pressing it, then choose the language with it."""
        self._calibrate()
        super().prepare()

    def _calibrate(self) -> None:
        self.eyes.see()
        self.switches.press()
        self.eyes.changed()
        self._learn()
        self.eyes.see()
        self.room.wait(3)
        self.eyes.changed()

    def _learn(self) -> None:
        told = []
        for which in self._presses():
            self.eyes.see()
            self.switches.press(which)
            self.eyes.changed()
            told.append(" ".join(texts(self.eyes.see())))
        self.told.notes["calibrated"] = " / ".join(told)

    def _presses(self) -> tuple[int, ...]:
        return (0, 0)

    def _on(self) -> None:
        self.room.wait(self.dwell)

    def _press(self) -> None:
        self.switches.press()
        if not self.eyes.changed():
            raise AssertionError(f"the switch is not answered: {texts(self.eyes.see())}")


@dataclass
class TwoSwitches(OneSwitch):
    """The first switch moves the frame, the second selects."""

    def _presses(self) -> tuple[int, ...]:
        return (0, 1)

    def _on(self) -> None:
        self.switches.press(0)

    def _press(self) -> None:
        self.switches.press(1)
        if not self.eyes.changed():
            raise AssertionError(f"the second switch is not answered: {texts(self.eyes.see())}")
