"""Synthetic people with valid numbers, made here: no test knows a person of the demo's population."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from kiosk.clinic.identity import iin_check_digit, mrz_check_digit
from kiosk.clinic.obstacles import RegisterSilent
from kiosk.clinic.ports import Attachment, AttachmentAnswer, Basis, IdentityDocument, Person, PersonAnswer

NOW = datetime(2031, 3, 12, 4, 0, tzinfo=UTC)  # a Wednesday, 09:00 in Almaty
HERE = "almaty-01"
ELSEWHERE = "almaty-14"


def make_iin(born: date, sex: str = "male", running: int = 1) -> str:
    """A valid IIN for a birth date, from the given running number on."""
    century = {18: 1, 19: 3, 20: 5}[born.year // 100] + (sex == "female")
    while True:
        eleven = f"{born:%y%m%d}{century}{running:04}"
        digit = iin_check_digit(eleven)
        if digit is not None:
            return f"{eleven}{digit}"
        running += 1


@dataclass
class Somebody:
    """A person of a test: register data, one card, and the attachments."""

    name: str = "Бақытжан"
    surname: str = "Үлгібаев"
    born: date = date(1979, 4, 8)
    sex: str = "male"
    running: int = 1
    number: str = "017654321"
    expires: date = date(2035, 6, 1)
    status: str = "valid"
    kind: str = "identity_card"
    alive: bool = True
    children: tuple[str, ...] = ()
    attachments: tuple[tuple[str, str, str], ...] = (("active", HERE, "07"),)
    mrz_expires: date | None = field(default=None)

    @property
    def iin(self) -> str:
        return make_iin(self.born, self.sex, self.running)

    @property
    def mrz(self) -> tuple[str, ...]:
        return td1(self.iin, self.number, self.born, self.mrz_expires or self.expires, self.sex)

    @property
    def scan(self) -> str:
        return "\r".join(self.mrz) + "\r"

    def answer(self) -> PersonAnswer:
        person = Person(self.iin, self.surname, self.name, "", self.born, self.sex, "+70000000000", self.children)
        document = IdentityDocument(self.kind, self.number, self.expires, self.status)
        return PersonAnswer(person, (document,), self.alive, f"persons-{self.running}", NOW)

    def attachment_answer(self) -> AttachmentAnswer:
        found = tuple(
            Attachment(status, code, f"Клиника {code}", district, date(2024, 2, 1))
            for status, code, district in self.attachments
        )
        return AttachmentAnswer(found, "register", f"attachments-{self.running}", NOW)


def td1(iin: str, number: str, born: date, expires: date, sex: str = "male") -> tuple[str, str, str]:
    """The three lines on the back of an identity card (ICAO 9303, TD1)."""
    one = f"IDKAZ{number:<9}".replace(" ", "<") + str(mrz_check_digit(f"{number:<9}".replace(" ", "<"))) + iin + "<<<"
    two = f"{born:%y%m%d}{mrz_check_digit(f'{born:%y%m%d}')}{'F' if sex == 'female' else 'M'}"
    two += f"{expires:%y%m%d}{mrz_check_digit(f'{expires:%y%m%d}')}KAZ" + "<" * 11
    two += str(mrz_check_digit(one[5:30] + two[0:7] + two[8:15] + two[18:29]))
    return one, two, "ULGIBAYEV<<BAKYTZHAN".ljust(30, "<")


def td3(iin: str, number: str, born: date, expires: date, sex: str = "male") -> tuple[str, str]:
    """The two lines of a passport (ICAO 9303, TD3)."""
    one = "P<KAZULGIBAYEV<<BAKYTZHAN".ljust(44, "<")
    two = number + str(mrz_check_digit(number)) + "KAZ"
    two += f"{born:%y%m%d}{mrz_check_digit(f'{born:%y%m%d}')}{'F' if sex == 'female' else 'M'}"
    two += f"{expires:%y%m%d}{mrz_check_digit(f'{expires:%y%m%d}')}{iin}<<"
    two += str(mrz_check_digit(iin + "<<"))
    two += str(mrz_check_digit(two[0:10] + two[13:20] + two[21:43]))
    return one, two


class Registers:
    """Both registers in memory, for page tests; the real ones are asked in tests/outside and tests/walks."""

    def __init__(self, *people: Somebody) -> None:
        self.people = {one.iin: one for one in people}
        self.silent: set[str] = set()
        self.asked: list[tuple[str, str, Basis]] = []

    def add(self, somebody: Somebody) -> Somebody:
        self.people[somebody.iin] = somebody
        return somebody

    def find_person(self, iin: str, basis: Basis) -> PersonAnswer | None:
        self._hear("persons", iin, basis)
        return self.people[iin].answer() if iin in self.people else None

    def get_attachments(self, iin: str, basis: Basis) -> AttachmentAnswer:
        self._hear("attachments", iin, basis)
        return self.people[iin].attachment_answer()

    def _hear(self, system: str, iin: str, basis: Basis) -> None:
        self.asked.append((system, iin, basis))
        if system in self.silent:
            raise RegisterSilent(system)
