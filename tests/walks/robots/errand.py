"""The common task "Book" as a robot that sees does it: what it looks for, in which order, and what it tells afterwards.

A robot says by `choose` how it acts; the way is the same for all. On it lie one error, one refusal, a move and a cancel.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from tests.walks.robots.channels import Eyes, Seen
from tests.walks.robots.room import Room
from tests.walks.robots.words import Words

CLOCK_TIME = r"^(\d\d:\d\d)$"
A_DAY = r"(?=.*\d).*: \d+$"  # "Wednesday, 12 March ... Free: 7"


@dataclass
class Told:
    """What a robot has learnt through its channel, in the words that stood there."""

    refusal: str = ""
    error: str = ""
    clinic: str = ""
    tickets: list[dict[str, str]] = field(default_factory=list)
    cancelled: str = ""
    notes: dict[str, str] = field(default_factory=dict)


class Visitor(ABC):
    """A robot on this way: how it acts and reads is its own; the rest is as most do it."""

    eyes: Eyes
    room: Room
    words: Words
    told: Told

    @abstractmethod
    def choose(self, pattern: str, which: int = 0) -> None:
        """Act on the thing (the n-th such) whose words match, and take in what follows."""

    @abstractmethod
    def read(self) -> list[str]:
        """Everything that this screen says, in its order."""

    def prepare(self) -> None:
        """Set the kiosk up for oneself, from the welcome screen: choose one's language."""
        self.choose(f"^{self.words['own name']}$")

    def leave(self) -> None:
        """End the visit."""
        self.choose(f"^{self.words['finish']}$")

    def go_back(self) -> None:
        """One screen back."""
        self.choose(f"^{self.words['back']}$")

    def on_the_way(self) -> None:
        """What this robot does besides, when it knows its clinic: most do nothing."""
        return


def place(robot: Visitor, card: str) -> None:
    """Have a card placed on the reader, and wait for what comes of it."""
    robot.eyes.see()
    robot.room.card(card)
    if not robot.eyes.changed():
        raise AssertionError(f"nothing came of the card {card!r}")


def book(robot: Visitor) -> Told:
    """The whole way, from the welcome screen to the welcome screen."""
    words = robot.words
    robot.prepare()
    place(robot, "of somebody else's clinic")
    robot.told.refusal = " ".join(robot.read())
    robot.leave()
    robot.prepare()
    place(robot, "upside down")
    robot.told.error = " ".join(robot.read())
    place(robot, "own")
    robot.told.clinic = fact(robot.read(), words["clinic"])
    robot.on_the_way()
    robot.choose(words["another day"])
    _take_a_time(robot, 1, words["book"])
    robot.choose(words["my bookings"])
    robot.choose(words["move"])
    _take_a_time(robot, 2, words["move here"])
    robot.choose(words["my bookings"])
    robot.choose(f"^{words['cancel']}")
    robot.choose(words["cancel sure"])
    robot.told.cancelled = " ".join(robot.read())
    robot.go_back()
    robot.choose(words["earliest"])
    robot.choose(words["book"])
    robot.told.tickets.append(ticket(robot))
    robot.leave()
    return robot.told


def _take_a_time(robot: Visitor, which: int, sure: str) -> None:
    robot.choose(A_DAY, which)
    robot.choose(CLOCK_TIME, which)
    robot.choose(sure)
    robot.told.tickets.append(ticket(robot))


def ticket(robot: Visitor) -> dict[str, str]:
    """The facts of the screen that says one is booked."""
    heading = next((one.text for one in robot.eyes.see() if one.heading), "")
    said, words = robot.read(), robot.words
    names = ("doctor", "day", "time", "where", "bring", "cancel how")
    return {"heading": heading, **{name: fact(said, words[name]) for name in names}}


def fact(said: list[str], name: str) -> str:
    """What stands after a name."""
    return said[said.index(name) + 1] if name in said else ""


def matching(seen: list[Seen], pattern: str) -> list[Seen]:
    """The things to press whose words match."""
    return [one for one in seen if one.control and re.search(pattern, one.text)]


def texts(seen: list[Seen]) -> list[str]:
    """The words of a screen without those of its controls' parts twice."""
    return [one.text for one in seen if one.text]
