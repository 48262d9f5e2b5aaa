"""The robot that needs very large letters: one item a screen, single taps, "More" - and no scrolling ever."""

from dataclasses import dataclass, field

from tests.walks.robots.channels import Eyes, Finger
from tests.walks.robots.errand import Told, Visitor, matching, texts
from tests.walks.robots.room import Room
from tests.walks.robots.words import Words

PARTS = 60


@dataclass
class VeryLarge(Visitor):
    """Goes through a screen part by part, forward by "More" and back by "Back"."""

    eyes: Eyes
    finger: Finger
    room: Room
    words: Words
    told: Told = field(default_factory=Told)
    _parts: int = 0  # how many parts it has gone forward on this screen

    def choose(self, pattern: str, which: int = 0) -> None:
        """Look on this part, then on those that follow, then on those before."""
        passed = 0
        for _part in range(PARTS):
            found = matching(self.eyes.see(), pattern)
            if passed + len(found) > which:
                self._parts = 0
                return self._tap(found[which - passed].x, found[which - passed].y)
            passed += len(found)
            if not self._more():
                break
        self._to_the_first_part()
        for _part in range(PARTS):
            found = matching(self.eyes.see(), pattern)
            if found:
                self._parts = 0
                return self._tap(found[0].x, found[0].y)
            if not self._more():
                break
        raise AssertionError(f"no part says {pattern!r}: {texts(self.eyes.see())}")

    def read(self) -> list[str]:
        """All parts of this screen, to the last."""
        self._parts = 0
        said = texts(self.eyes.see())
        while self._more():
            said += [one for one in texts(self.eyes.see()) if one not in said]
        return said

    def prepare(self) -> None:
        """Choose the language, then the size, in the settings."""
        super().prepare()
        self.choose(f"^{self.words['settings']}$")
        self.choose(f"^{self.words['very large']}$")
        self.choose(f"^{self.words['done']}")

    def leave(self) -> None:
        """Finish, which stands in the settings at this size; on the ticket it is the next step itself."""
        if not matching(self.eyes.see(), f"^{self.words['finish']}$"):
            self.choose(f"^{self.words['settings short']}$")
        self.choose(f"^{self.words['finish']}$")

    def go_back(self) -> None:
        """One screen back, from its first part."""
        self._to_the_first_part()
        back = matching(self.eyes.see(), f"^{self.words['back']}$")
        self._tap(back[0].x, back[0].y)

    def _more(self) -> bool:
        more = matching(self.eyes.see(), f"^{self.words['more']}")
        if more:
            self._tap(more[0].x, more[0].y)
            self._parts += 1
        return bool(more)

    def _to_the_first_part(self) -> None:
        while self._parts:
            back = matching(self.eyes.see(), f"^{self.words['back']}$")
            self._tap(back[0].x, back[0].y)
            self._parts -= 1

    def _tap(self, x: float, y: float) -> None:
        self.finger.tap(x, y)
        if not self.eyes.changed():
            raise AssertionError(f"a tap at {x:.0f}, {y:.0f} is not answered: {texts(self.eyes.see())}")
