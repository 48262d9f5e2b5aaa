"""Synthetic people with valid numbers, made here: no test knows a person of the demo's population."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from kiosk import clock
from kiosk.clinic.identity import iin_check_digit, mrz_check_digit
from kiosk.clinic.obstacles import PersonDeceased, PersonUnknown, RegisterSilent
from kiosk.clinic.ports import (
    Attachment,
    AttachmentAnswer,
    Basis,
    ConsentAnswer,
    ConsentToken,
    DocumentAnswer,
    IdentityDocument,
    Person,
    PersonAnswer,
)

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
    in_mobile_base: bool = True

    @property
    def iin(self) -> str:
        return make_iin(self.born, self.sex, self.running)

    @property
    def mrz(self) -> tuple[str, ...]:
        return td1(self.iin, self.number, self.born, self.mrz_expires or self.expires, self.sex)

    @property
    def scan(self) -> str:
        return "\r".join(self.mrz) + "\r"

    @property
    def phone(self) -> str:
        return f"+7000{self.iin[-7:]}"

    def answer(self) -> PersonAnswer:
        person = Person(self.iin, self.surname, self.name, "", self.born, self.sex, self.phone, self.children)
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


@dataclass
class Asked:
    """A request for consent at the fake gate: the code that was sent last, and what became of it."""

    iin: str
    request_id: str
    code: str
    sent_at: datetime
    state: str = "pending"
    sends_left: int = 2
    tries_left: int = 3

    @property
    def may_repeat_at(self) -> datetime | None:
        waits = self.sends_left and self.state in ("pending", "invalid", "timeout")
        return self.sent_at + timedelta(seconds=60) if waits else None


class Documents:
    """The digital documents service in memory: every phone gets its code, and shows what it is told to show."""

    people: dict[str, Somebody]
    silent: set[str]

    def __init__(self) -> None:
        self.requests: list[Asked] = []
        self.shown: dict[str, str] = {}
        self.without_phone: set[str] = set()
        self.without_document: set[str] = set()
        self.swapped: dict[str, str] = {}
        self.said: list[str] = []

    @property
    def code(self) -> str:
        return self.requests[-1].code

    def reply(self, agrees: bool = True) -> None:
        self.requests[-1].state = "valid" if agrees else "denied"

    def request_consent(self, iin: str, correlation: str | None = None) -> ConsentAnswer:
        self._listen("consent", "request")
        asked = Asked(iin, f"request-{len(self.requests) + 1}", f"{246810 + len(self.requests):06}", clock.now())
        owner = self.people.get(iin)
        if owner is None or not (owner.in_mobile_base and owner.alive) or iin in self.without_phone:
            asked.state, asked.sends_left = "not_found", 0
        self.requests.append(asked)
        return self._answer(asked)

    def find_consent(self, request_id: str, correlation: str | None = None) -> ConsentAnswer:
        self._listen("consent", "find")
        return self._answer(self._of(request_id))

    def submit_code(self, request_id: str, code: str, correlation: str | None = None) -> ConsentAnswer:
        self._listen("consent", "code")
        asked, right = self._of(request_id), code == self._of(request_id).code
        wrong = not right and asked.state in ("pending", "valid")
        if asked.state == "pending" and right:
            asked.state = "valid"
        elif asked.state == "pending":
            asked.tries_left -= 1
            asked.state = "pending" if asked.tries_left else "invalid"
        return self._answer(asked, "invalid" if wrong else None)

    def send_again(self, request_id: str, correlation: str | None = None) -> ConsentAnswer:
        self._listen("consent", "again")
        asked = self._of(request_id)
        if asked.may_repeat_at and clock.now() >= asked.may_repeat_at:
            asked.code, asked.sent_at = f"{int(asked.code) + 1000:06}", clock.now()
            asked.state, asked.tries_left, asked.sends_left = "pending", 3, asked.sends_left - 1
        return self._answer(asked)

    def withdraw_consent(self, request_id: str, correlation: str | None = None) -> ConsentAnswer:
        self._listen("consent", "withdraw")
        asked = self._of(request_id)
        asked.state = "denied"
        return self._answer(asked)

    def find_document(self, iin: str, token: ConsentToken, correlation: str | None = None) -> DocumentAnswer | None:
        self._listen("documents", "document")
        opened = [
            one.iin for one in self.requests if one.state == "valid" and f"token-of-{one.request_id}" == token.token
        ]
        if opened != [iin]:
            raise RegisterSilent("documents")
        return self._document(self.swapped.get(iin, iin))

    def find_presented(self, payload: str, correlation: str | None = None) -> DocumentAnswer | None:
        self._listen("documents", "presented")
        return self._document(self.shown[payload]) if payload in self.shown else None

    def _listen(self, system: str, what: str) -> None:
        self.said.append(what)
        if system in self.silent:
            raise RegisterSilent(system)

    def _of(self, request_id: str) -> Asked:
        nobody = Asked("", request_id, "", clock.now(), "not_found", 0, 0)
        asked = next((one for one in self.requests if one.request_id == request_id), nobody)
        if asked.state == "pending" and clock.now() >= asked.sent_at + timedelta(minutes=5):
            asked.state = "timeout"
        return asked

    def _answer(self, asked: Asked, said: str | None = None) -> ConsentAnswer:
        token = ConsentToken(f"token-of-{asked.request_id}", "public", clock.now() + timedelta(minutes=10))
        state = said or asked.state
        return ConsentAnswer(
            asked.request_id,
            state,
            f"consent-{len(self.said)}",
            clock.now(),
            phone_ending=self.people[asked.iin].phone[-2:] if asked.iin in self.people else "",
            tries_left=asked.tries_left,
            sends_left=asked.sends_left,
            code_expires_at=asked.sent_at + timedelta(minutes=5),
            may_repeat_at=asked.may_repeat_at,
            token=token if state == "valid" else None,
        )

    def _document(self, iin: str) -> DocumentAnswer | None:
        if iin in self.without_document:
            return None
        one = self.people[iin]
        if one.kind not in ("identity_card", "passport"):
            return None
        document = IdentityDocument(one.kind, one.number, one.mrz_expires or one.expires, "valid")
        return DocumentAnswer(iin, document, f"documents-{len(self.said)}", clock.now())


class Registers(Documents):
    """Both registers in memory, for page tests; tests/outside asks them what it asks the real ones."""

    def __init__(self, *people: Somebody) -> None:
        super().__init__()
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
        if iin not in self.people:
            raise PersonUnknown
        if not self.people[iin].alive:
            raise PersonDeceased
        return self.people[iin].attachment_answer()

    def _hear(self, system: str, iin: str, basis: Basis) -> None:
        self.asked.append((system, iin, basis))
        if system in self.silent:
            raise RegisterSilent(system)
