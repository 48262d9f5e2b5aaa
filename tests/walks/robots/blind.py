"""The blind robot: it hears what the voice says, and has five keys; it knows a listener's words and nothing else."""

from dataclasses import dataclass
from typing import Protocol

from tests.walks.robots.listening import Moment, moment, numbers

WORDS = {
    "kk": {
        "own": "Қазақша. Таңдау",
        "card": "сканерге қойыңыз",
        "take": "Оңға: осы уақытты алу",
        "book": "Оңға, сосын таңдау",
        "booked": "Сіз жазылдыңыз",
        "doctor": "Дәрігер: ",
        "room": "кабинет",
        "floor": "қабат",
        "bring": "Өзіңізбен бірге",
        "cancel": "Болдырмау немесе ауыстыру",
        "unread": "оқылмады",
        "cure": "қозғамай",
        "bookings": "Оңға: жазылуларыңыз",
        "move": "Басқа уақытқа ауыстыру",
        "day": "Таңдау: сол күннің уақыттары",
        "time": "Таңдау: осы уақытты алу",
        "mine": "Менің жазылуларым",
        "drop": "Жазылуды болдырмау",
        "sure": "Оңға: жазылуды болдырмау",
        "dropped": "Жазылу болдырылмады",
        "more": "Тағы уақыт керек пе",
        "elsewhere": "Сіз бекітілген емхана",
    },
    "ru": {
        "own": "Русский. Выбор",
        "card": "удостоверение",
        "take": "Вправо: взять это время",
        "book": "Вправо, затем выбор",
        "booked": "Вы записаны",
        "doctor": "Врач: ",
        "room": "кабинет",
        "floor": "этаж",
        "bring": "Возьмите с собой",
        "cancel": "Отменить или перенести",
        "unread": "не прочитан",
        "cure": "не двигайте",
        "bookings": "Вправо: ваши записи",
        "move": "Перенести на другое время",
        "day": "Выбор: время этого дня",
        "time": "Выбор: взять это время",
        "mine": "Мои записи",
        "drop": "Отменить запись",
        "sure": "Вправо: отменить запись",
        "dropped": "Запись отменена",
        "more": "Нужно ещё время",
        "elsewhere": "Вы прикреплены к поликлинике",
    },
}
PATIENCE = 40  # stops that a person walks before giving up


class Channel(Protocol):
    """All that a blind person has: five keys, headphones, a card, time, and ears."""

    def press(self, key: str) -> list[str]:
        """Press up, down, left, right or select; what is said then."""

    def tap(self, key: str) -> None:
        """Press a key after which nothing need be said."""

    def plug(self) -> list[str]:
        """Put the headphones in."""

    def place(self, card: str) -> list[str]:
        """Place a card on the reader."""

    def wait(self, seconds: int) -> list[str]:
        """Do nothing for so long, until something is said."""


class Lost(AssertionError):
    """The robot did not hear what it needs to go on."""


@dataclass(frozen=True)
class Learnt:
    """What the robot knows of its appointment, from hearing alone."""

    doctor: str
    when: Moment
    room: int
    floor: int
    bring: str
    cancel: str


class Blind:
    """One person who cannot see, in one language."""

    def __init__(self, channel: Channel, language: str) -> None:
        self.channel = channel
        self.language = language
        self.words = WORDS[language]

    def arrive(self) -> None:
        """Plug the headphones in and find one's own language."""
        said = self.channel.plug()
        if not _has(said, self.words["card"]):
            self._go("own")
            said = self.channel.press("select")
        self._heard(said, "card")

    def book(self) -> Learnt:
        """Card, earliest time, check, book; then say what was learnt."""
        self._heard(self.channel.place("mine"), "take")
        self._heard(self.channel.press("right"), "book")
        return self._confirm()

    def mend_a_bad_card(self) -> None:
        """A card that cannot be read: hear what is wrong and how to mend it."""
        said = self.channel.place("unreadable")
        self._heard(said, "unread")
        self._heard(said, "cure")

    def return_to_bookings(self) -> None:
        """The card again: the kiosk knows the booking."""
        self._heard(self.channel.place("mine"), "bookings")
        self._heard(self.channel.press("right"), "mine")

    def wait_and_stay(self) -> list[int]:
        """Say nothing until the kiosk asks; listen to the seconds; any key goes on."""
        said = self.channel.wait(301)
        self._heard(said, "more")
        seconds = numbers(said[-1], self.language)
        for pause in (15, 15, 10):
            seconds += numbers(self.channel.wait(pause)[-1], self.language)
        self.channel.tap("down")
        return seconds

    def move(self) -> Learnt:
        """Move the booking to the first time of another day."""
        self._choose("move")
        self._choose("day")
        said = self._choose("time")
        self._heard(said, "book")
        return self._confirm()

    def cancel(self) -> None:
        """From the ticket to the bookings, and cancel."""
        self._choose("mine")
        self._heard(self._choose("drop"), "sure")
        self.channel.press("right")
        self._heard(self.channel.press("select"), "dropped")

    def hear_a_refusal(self) -> None:
        """The card of somebody who is attached elsewhere."""
        self._heard(self.channel.place("elsewhere"), "elsewhere")

    def leave(self) -> None:
        """Finish: the screen's own way on."""
        self.channel.tap("right")

    def _confirm(self) -> Learnt:
        self.channel.press("right")
        said = self.channel.press("select")
        self._heard(said[:1], "booked")
        return self._learn(said)

    def _learn(self, said: list[str]) -> Learnt:
        whens = [found for one in said if (found := moment(one, self.language))]
        doctor = self._part(said, "doctor").removeprefix(self.words["doctor"]).split(",")[0]
        places = self._part(said, "room").split(",")
        room = next(part for part in places if self.words["room"] in part)
        floor = next(part for part in places if self.words["floor"] in part)
        return Learnt(
            doctor,
            whens[0],
            numbers(room, self.language)[0],
            numbers(floor, self.language)[0],
            self._part(said, "bring"),
            self._part(said, "cancel"),
        )

    def _go(self, wanted: str) -> None:
        for _stop in range(PATIENCE):
            if _has(self.channel.press("down"), self.words[wanted]):
                return
        raise Lost(self.words[wanted])

    def _choose(self, wanted: str) -> list[str]:
        self._go(wanted)
        return self.channel.press("select")

    def _heard(self, said: list[str], wanted: str) -> None:
        if not _has(said, self.words[wanted]):
            raise Lost(f"{self.words[wanted]!r} was not in {said}")

    def _part(self, said: list[str], wanted: str) -> str:
        found = [one for one in said if self.words[wanted] in one]
        if not found:
            raise Lost(f"{self.words[wanted]!r} was not in {said}")
        return found[0]


def _has(said: list[str], wanted: str) -> bool:
    return any(wanted.lower() in one.lower() for one in said)
