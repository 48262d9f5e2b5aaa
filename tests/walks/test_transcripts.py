"""Golden transcripts of the journeys that the blind robot does not walk: what the voice says on each of their screens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from kiosk.accessibility.keypad import key_table
from kiosk.clinic.appointments import Appointment
from kiosk.clinic.booking import move
from kiosk.clinic.calls import HelpCall
from kiosk.clinic.moving import proposals
from kiosk.clinic.people import Patient
from tests.bookings import act
from tests.factories import NOW, Somebody
from tests.walks.conftest import PEOPLE, Product, Walk
from tests.walks.ear import Ear
from tests.walks.golden import golden
from tests.walks.phone import Phone
from tests.walks.robots.room import CLOCK

Begin = Callable[..., Walk]
KEYS = {function: codes[0] for function, codes in key_table().items() if codes}
LANGUAGES = pytest.mark.parametrize("language", ["kk", "ru", "en"])
ASK_AGAIN = "() => { htmx.ajax('GET', '/help', { target: '#call', swap: 'outerHTML' }); }"


@dataclass
class Listener:
    """Somebody with headphones on, and what was said since the last transcript."""

    walk: Walk
    ear: Ear
    language: str
    person: str
    kept: int = 0

    def press(self, selector: str) -> None:
        """Act as Select does on one control, and hear what follows."""
        self.ear.forget()
        self.walk.page.evaluate("(selector) => document.querySelector(selector).click()", selector)
        self.ear.listen()

    def scan(self, somebody: Somebody) -> None:
        self.ear.forget()
        self.walk.scan(somebody)
        self.ear.listen()

    def go(self, path: str) -> None:
        self.walk.page.goto(self.walk.product.kiosk + path)
        self.ear.listen()

    def hear(self, script: str, argument: object = None) -> None:
        """Let something happen around the kiosk, and hear what it makes of it."""
        self.ear.forget()
        self.walk.page.evaluate(script, argument)
        self.ear.listen()

    def pass_over(self) -> None:
        """What was said so far belongs to no transcript."""
        self.kept = len(self.ear.heard_so_far)

    def keep(self, name: str) -> None:
        """Compare what was said since the last time with the reviewed transcript of this journey."""
        golden(name, self.language, self.ear.heard_so_far[self.kept :], self.person)
        self.pass_over()

    def end(self) -> None:
        """Finish and plug the headphones in anew, as the next person would."""
        with self.walk.page.expect_navigation():
            self.walk.page.evaluate("document.querySelector('#end').submit()")
        self.walk.page.wait_for_load_state("load")
        self.walk.open(self.language)
        self.ear.plug(KEYS["jack_in"])


def arrive(stroll: Begin, language: str, somebody: Somebody) -> Listener:
    walk = stroll()
    ear = Ear.at(walk.page)
    walk.page.add_init_script(CLOCK)
    walk.page.set_default_timeout(60_000)
    walk.open(language)
    ear.plug(KEYS["jack_in"])
    return Listener(walk, ear, language, somebody.name)


@contextmanager
def clinic(product: Product) -> Iterator[Session]:
    """What staff do meanwhile."""
    engine = create_engine(f"sqlite:///{product.database}")
    with Session(engine) as work, work.begin():
        yield work
    engine.dispose()


def moved_by_staff(product: Product) -> None:
    """The newest appointment goes to the nearest other time: its doctor has fallen ill."""
    with clinic(product) as work:
        newest = work.scalars(select(Appointment).order_by(Appointment.id.desc())).first()
        assert newest is not None
        deed = act(work.get_one(Patient, newest.patient_id), newest.doctor, NOW)
        move(work, newest.ref, proposals(work, newest, NOW, 12)[0].slot_id, deed, True)


def answered(product: Product, step: str) -> None:
    """Somebody at a desk answers the newest call."""
    with clinic(product) as work:
        call = work.scalars(select(HelpCall).order_by(HelpCall.id.desc())).first()
        assert call is not None
        setattr(call, step, NOW)


def choose_a_time(one: Listener) -> None:
    one.press(".days li:nth-child(2) a")
    one.press(".times [name=slot]")
    one.press("#next")


@pytest.mark.row("F5")
@LANGUAGES
def test_another_day_told_first_moved_and_cancelled(
    stroll: Begin, product: Product, walker: Somebody, language: str
) -> None:
    one = arrive(stroll, language, walker)
    one.pass_over()
    one.scan(walker)
    one.press("[name=doctor]")
    choose_a_time(one)
    one.keep("other")
    moved_by_staff(product)
    one.end()
    one.pass_over()
    one.scan(walker)
    one.press("#next")
    one.keep("told")
    one.press("#next")
    one.press("[name=move]")
    choose_a_time(one)
    one.keep("move")
    one.press("main a[href='/appointments']")
    one.press("a[href*='cancel=']")
    one.press("#next")
    one.keep("cancel")


@pytest.mark.row("F5")
@LANGUAGES
def test_help_a_child_and_a_digital_document(stroll: Begin, product: Product, language: str) -> None:
    one = arrive(stroll, language, PEOPLE["second"])
    one.pass_over()
    one.press(".bottom .help")
    one.press("#next")
    answered(product, "seen_at")
    one.hear(ASK_AGAIN)
    product.tell("/api/clock", {"advance": 121})
    try:
        one.hear(ASK_AGAIN)
    finally:
        product.tell("/api/clock", {"advance": -121})
    answered(product, "coming_at")
    one.hear(ASK_AGAIN)
    one.keep("help")
    one.scan(PEOPLE["mother"])
    one.press("[name=patient][value='0']")
    one.press("#next")
    one.keep("child")
    one.end()
    one.pass_over()
    by_document(one, product)
    one.keep("document")


def by_document(one: Listener, product: Product) -> None:
    me, page = PEOPLE["second"], one.walk.page
    one.go("/document")
    page.fill("#iin", me.iin[:-1])
    page.focus("#iin")
    one.ear.listen()
    one.ear.press(f"Digit{me.iin[-1]}")
    one.press("#next")
    one.hear(
        "(code) => { document.querySelector('#code').value = code; document.querySelector('#next').click(); }",
        Phone(product, me).code(),
    )


@pytest.mark.row("F5")
def test_in_english_booking_waiting_an_error_and_a_refusal(stroll: Begin, walker: Somebody) -> None:
    one = arrive(stroll, "en", walker)
    one.scan(walker)
    one.press("#next")
    one.press("#next")
    one.keep("book")
    one.hear("() => kioskClock.advance(301000)")
    for seconds in (15, 15, 10):
        one.hear("(ms) => kioskClock.advance(ms)", seconds * 1000)
    one.keep("idle")
    one.walk.page.keyboard.press(KEYS["next_item"])
    one.end()
    one.pass_over()
    one.ear.forget()
    one.walk.type_burst("NOTACARDATALL\r")
    one.ear.listen()
    one.keep("error")
    one.scan(PEOPLE["elsewhere"])
    one.keep("refusal")
