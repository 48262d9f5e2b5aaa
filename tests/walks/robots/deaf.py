"""The deaf robot: visible text and touch; what is told by sound alone it never learns."""

from dataclasses import dataclass

from tests.walks.robots.by_touch import ByTouch
from tests.walks.robots.errand import texts


@dataclass
class Deaf(ByTouch):
    """Sees the question of the idle clock and extends; calls staff and reads each state of the call."""

    def on_the_way(self) -> None:
        """Wait too long, answer the question, call staff, read, and come back."""
        self.eyes.see()
        self.room.wait(121)
        self.told.notes["alert"] = " ".join(texts(self.eyes.see()))
        self.choose(self.words["here"])
        self.choose(self.words["help"])
        self.choose(self.words["help"])
        self.told.notes["asked"] = " ".join(self.read())
        for step in ("seen", "coming"):
            self.eyes.see()
            self.room.staff(step)
            self.eyes.changed()
            self.told.notes[step] = " ".join(self.read())
        self.go_back()
