"""What goes wrong with codes and consents, on the wire formats: a sentence of its own each, in three languages."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.client import Patient
from tests.walks import wire
from tests.walks.conftest import PEOPLE, Product
from tests.walks.phone import Phone

ATTACHED = "осы емханаға бекітілген"


@dataclass(frozen=True)
class Person:
    """Somebody before the kiosk with their phone in hand, and a stranger's phone to borrow a code from."""

    product: Product
    patient: Patient
    phone: Phone
    stranger: Phone

    def ask(self) -> None:
        self.patient.get("/document")
        self.patient.post("/document", {"iin": self.phone.owner.iin})

    def type(self, code: str) -> None:
        self.patient.post("/document", {"code": code})

    def wait(self, seconds: int) -> None:
        """Stand there, and look now and then."""
        for _ in range(-(-seconds // 100)):
            self.product.tell("/api/clock", {"advance": min(seconds, 100)})
            self.patient.get("/document")

    def wrong(self, shift: int = 1) -> str:
        return f"{(int(self.phone.code()) + shift) % 10**6:06d}"


def short(me: Person) -> None:
    me.ask()
    me.type(me.phone.code()[:5])


def wrong(me: Person) -> None:
    me.ask()
    me.type(me.wrong())


def of_another_request(me: Person) -> None:
    with wire.at(me.product.kiosk) as other:
        Person(me.product, other, me.stranger, me.phone).ask()
    me.ask()
    me.type(me.stranger.code() if me.stranger.code() != me.phone.code() else me.wrong())


def repeated(me: Person) -> None:
    wrong(me)
    me.type(me.wrong())


def spent(me: Person) -> None:
    me.ask()
    for shift in (1, 2, 3):
        me.type(me.wrong(shift))


def late(me: Person) -> None:
    me.ask()
    me.wait(301)
    me.type(me.phone.code())


def too_soon(me: Person) -> None:
    me.ask()
    me.patient.press_value("send")


def too_often(me: Person) -> None:
    me.ask()
    for _ in range(2):
        me.wait(61)
        me.patient.press_value("send")
    me.wait(61)
    me.patient.post("/document", {"send": "again"})


def refused(me: Person) -> None:
    me.ask()
    me.phone.reply("0")
    me.patient.get("/document")
    me.patient.press("next")


def phone_changed(me: Person) -> None:
    me.ask()
    me.patient.press_value("phone")


def of_another_person(me: Person) -> None:
    me.ask()
    me.patient.press_value("card")
    me.patient.get("/document?way=code")
    me.type(me.stranger.show("code"))


def shown_too_late(me: Person) -> None:
    payload = me.phone.show("qr")
    me.product.tell("/api/clock", {"advance": 301})
    me.patient.get("/")
    me.patient.scan(payload + "\r")


def without_papers(me: Person) -> None:
    me.ask()
    me.type(me.phone.code())


TROUBLES: dict[str, tuple[Callable[[Person], None], tuple[str, str, str]]] = {
    "short": (short, ("Кодта 6 цифр бар", "В коде 6 цифр", "The code has 6 digits")),
    "wrong": (wrong, ("Код қабылданбады", "Код не принят", "The code was not accepted")),
    "foreign": (of_another_request, ("Код қабылданбады", "Код не принят", "The code was not accepted")),
    "repeated": (repeated, ("Бұл код бұрын терілген", "Этот код уже набирали", "This code was typed before")),
    "spent": (
        spent,
        ("Бұл кодты енді қолдануға болмайды", "Этот код больше не действует", "This code can no longer be used"),
    ),
    "late": (late, ("Кодтың мерзімі өтті", "Срок кода истёк", "The code's time has run out")),
    "too soon": (too_soon, ("Хабарлама әлі жолда", "Сообщение ещё в пути", "The message is still on its way")),
    "too often": (too_often, ("Код енді жіберілмейді", "Коды больше не отправляются", "No more codes will be sent")),
    "refused": (refused, ("Сіз келісім бермедіңіз", "Вы не дали согласия", "You chose not to agree")),
    "without phone": (
        Person.ask,
        (
            "Бұл ЖСН бойынша телефон тіркелмеген",
            "Для этого ИИН не зарегистрирован телефон",
            "No phone is registered for this IIN",
        ),
    ),
    "phone changed": (
        phone_changed,
        ("Хабарлама басқа нөмірге кетті", "Сообщение ушло на другой номер", "The message went to another number"),
    ),
    "another person": (
        of_another_person,
        ("Бұл басқа адамның құжаты", "Это документ другого человека", "This is another person's document"),
    ),
    "without papers": (
        without_papers,
        ("Цифрлық құжат жоқ", "Цифрового документа нет", "There is no digital document"),
    ),
    "shown too late": (
        shown_too_late,
        ("Көрсетілген код қабылданбады", "Показанный код не принят", "The shown code was not accepted"),
    ),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_each_trouble_is_said_and_spoken_in_three_languages_and_is_no_refusal(product: Product, trouble: str) -> None:
    meet, headings = TROUBLES[trouble]
    owner = PEOPLE.get(trouble, PEOPLE["caller0"])
    before = journalled(product)
    with wire.at(product.kiosk) as patient:
        me = Person(product, patient, Phone(product, owner), Phone(product, PEOPLE["caller1"]))
        meet(me)
        for language, heading in zip(("kk", "ru", "en"), headings, strict=True):
            if language != "kk":
                patient.press_value("language", language)
            notice, spoken = patient.page.by_id("notice-title"), patient.page.by_id("spoken")
            assert notice is not None and spoken is not None
            assert "".join(notice.itertext()) == heading
            assert heading in "".join(spoken.itertext())
        assert PEOPLE["caller1"].iin[:6] + "******" not in patient.page.words
        patient.press_value("language", "kk")
        if owner.kind == "identity_card":
            patient.scan(owner.scan)
            assert ATTACHED in patient.page.words
    assert "refused" not in journalled(product)[len(before) :]


def journalled(product: Product) -> list[str]:
    with sqlite3.connect(product.database) as database:
        return [event for (event,) in database.execute("SELECT event FROM journal ORDER BY id")]
