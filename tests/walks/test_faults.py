"""Each state system doing each thing wrong at each step: told over HTTP, said to the person, never a refusal, mended."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.client import Patient
from tests.walks import wire
from tests.walks.conftest import PEOPLE, Product
from tests.walks.phone import Phone

ATTACHED = "осы емханаға бекітілген"
UNAVAILABLE, KEEPS_ASKING = "Қызмет уақытша қолжетімсіз", "Сервис қазір жауап бермейді"
CARD, CONSENTS = "Жеке куәлікті сканерге қойыңыз", "Деректерді сұратуға келісім"
Act = Callable[[Patient, Phone], object]


def ask(patient: Patient, phone: Phone) -> None:
    patient.get("/document")
    patient.post("/document", {"iin": phone.owner.iin})


def code(patient: Patient, phone: Phone) -> None:
    patient.post("/document", {"code": phone.code()})


def reply(patient: Patient, phone: Phone) -> None:
    phone.reply("1")
    patient.get("/document")
    patient.press("next")


def agree(patient: Patient, phone: Phone) -> None:
    ask(patient, phone)
    code(patient, phone)
    patient.get("/consents")


def card(patient: Patient, phone: Phone) -> None:
    patient.scan(phone.owner.scan)


def numbers(patient: Patient, phone: Phone) -> None:
    patient.post("/identify", {"iin": phone.owner.iin, "document_number": phone.owner.number})


def child(patient: Patient, _phone: Phone) -> None:
    patient.press_value("patient", "0")


def show_code(patient: Patient, phone: Phone) -> None:
    patient.scan(phone.show("code") + "\r")


def show_qr(patient: Patient, phone: Phone) -> None:
    patient.scan(phone.show("qr") + "\r")


def look(patient: Patient, _phone: Phone) -> None:
    patient.get("/document")


def give_up(patient: Patient, _phone: Phone) -> None:
    patient.press_value("card")


def withdraw(patient: Patient, _phone: Phone) -> None:
    patient.press_value("consent")


def go_on(patient: Patient, _phone: Phone) -> None:
    patient.press("next")


def again(patient: Patient, _phone: Phone) -> None:
    patient.press_text("Қайталап көру")


def again_for_the_child(patient: Patient, phone: Phone) -> None:
    again(patient, phone)
    if patient.page.all("button", name="patient", value="0"):
        child(patient, phone)


@dataclass(frozen=True)
class Step:
    """What was done before the trouble, what runs into it, what is then said, and what gets on afterwards."""

    system: str
    before: tuple[Act, ...]
    act: Act
    mend: tuple[Act, ...]
    said: str = UNAVAILABLE
    who: str = ""


STEPS = (
    Step("persons", (), card, (card,)),
    Step("persons", (), numbers, (numbers,)),
    Step("persons", (ask,), code, (again, go_on)),
    Step("persons", (), show_qr, (show_qr,)),
    Step("persons", (card,), child, (again_for_the_child,), who="mother"),
    Step("attachments", (), card, (again,)),
    Step("attachments", (ask,), code, (again,)),
    Step("attachments", (), show_code, (again,)),
    Step("attachments", (card,), child, (again_for_the_child,), who="mother"),
    Step("consent", (), ask, (ask, code)),
    Step("consent", (ask,), look, (look, code), KEEPS_ASKING),
    Step("consent", (ask,), code, (code,)),
    Step("consent", (ask,), give_up, (card,), CARD),
    Step("consent", (agree,), withdraw, (card,), CONSENTS),
    Step("documents", (ask,), code, (go_on,)),
    Step("documents", (ask,), reply, (go_on,)),
    Step("documents", (), show_code, (show_code,)),
    Step("documents", (), show_qr, (show_qr,)),
)
FAST, HELD = ("down", "malformed", "wrong", "stranger"), ("slow", "late")
SYSTEMS = ("persons", "attachments", "consent", "documents")
IDENTIFIES = (card, numbers, code, reply, child, show_code, show_qr)


@dataclass(frozen=True)
class Person:
    """Somebody on the way into one step, with the phone in hand."""

    step: Step
    patient: Patient
    phone: Phone

    def do(self, *acts: Act) -> None:
        for act in acts:
            act(self.patient, self.phone)

    def hears(self, sentence: str) -> None:
        """It is on the screen, spoken too where it is the apology, and there is a way on."""
        page = self.patient.page
        assert sentence in page.words, (self.step, page.words[:400])
        spoken = page.by_id("spoken")
        assert spoken is not None
        assert sentence != UNAVAILABLE or sentence in "".join(spoken.itertext())
        assert page.by_id("next") is not None or CARD in page.words, self.step


def refusals(product: Product) -> int:
    with sqlite3.connect(product.database) as database:
        count: int = database.execute("SELECT count(*) FROM journal WHERE event = 'refused'").fetchone()[0]
    return count


def heal(product: Product) -> None:
    """All works again; after three failures a system is left in peace for ten seconds of the shared clock."""
    product.tell("/api/faults", method="DELETE")
    product.tell("/api/clock", {"advance": 11})


@pytest.fixture(autouse=True)
def _never_a_refusal(product: Product) -> Iterator[None]:
    before = refusals(product)
    yield
    heal(product)
    assert refusals(product) == before


@pytest.fixture
def persons(product: Product, system: str) -> Iterator[list[Person]]:
    """One for each step that asks `system`."""
    with ExitStack() as stack:
        yield [
            Person(
                step, stack.enter_context(wire.at(product.kiosk)), Phone(product, PEOPLE[step.who or f"caller{place}"])
            )
            for place, step in enumerate(one for one in STEPS if one.system == system)
        ]


@pytest.mark.parametrize("mode", FAST)
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_fault_at_any_step_is_said_and_mends(product: Product, persons: list[Person], system: str, mode: str) -> None:
    for one in persons:
        one.do(*one.step.before)
        product.tell("/api/faults", {"system": system, "mode": mode})
        one.do(one.step.act)
        one.hears(one.step.said)
        heal(product)
        one.do(*one.step.mend)
        one.hears(ATTACHED)


@pytest.mark.parametrize("mode", HELD)
@pytest.mark.parametrize("system", SYSTEMS)
def test_an_answer_that_comes_too_late_is_said_and_mends(
    product: Product, persons: list[Person], system: str, mode: str
) -> None:
    """All of them at once: each waits as long as the kiosk does."""
    for one in persons:
        one.do(*one.step.before)
    product.tell("/api/faults", {"system": system, "mode": mode, "seconds": 60})
    with ThreadPoolExecutor() as crowd:
        list(crowd.map(lambda one: one.do(one.step.act), persons))
    heal(product)
    for one in persons:
        one.hears(one.step.said)
        one.do(*one.step.mend)
        one.hears(ATTACHED)


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_is_answered_twice_is_answered_once(product: Product, persons: list[Person], system: str) -> None:
    for one in persons:
        one.do(*one.step.before)
        product.tell("/api/faults", {"system": system, "mode": "twice"})
        one.do(one.step.act)
        heal(product)
        assert UNAVAILABLE not in one.patient.page.words and KEEPS_ASKING not in one.patient.page.words
        assert one.step.act not in IDENTIFIES or ATTACHED in one.patient.page.words
