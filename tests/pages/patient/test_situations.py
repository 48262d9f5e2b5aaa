"""Every situation at identification has its own screen, its words in three languages, and its place in the journal."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.clinic.legal import edition_on
from kiosk.clinic.records import JournalEntry
from kiosk.database import db
from tests.client import Patient
from tests.factories import ELSEWHERE, HERE, NOW, Registers, Somebody

ELSE = (("active", ELSEWHERE, "03"),)
STAFF_PATH: list[tuple[str, dict[str, Any], tuple[str, str, str]]] = [
    (
        "expired",
        {"expires": date(2031, 3, 11)},
        ("Құжаттың мерзімі өткен", "Срок документа истёк", "The document's term has ended"),
    ),
    (
        "expired by status",
        {"status": "expired"},
        ("Құжаттың мерзімі өткен", "Срок документа истёк", "The document's term has ended"),
    ),
    (
        "replaced",
        {"status": "replaced"},
        (
            "Тіркелімде бұл құжат жарамды деп көрсетілмеген",
            "В регистре этот документ не значится действительным",
            "The register does not show this document as valid",
        ),
    ),
    (
        "data differ",
        {"mrz_expires": date(2034, 1, 1)},
        (
            "Құжаттағы деректер тіркелімдегіден өзгеше",
            "Данные документа отличаются от регистра",
            "The document's data differ from the register",
        ),
    ),
    (
        "deceased",
        {"alive": False},
        ("Қызметкерімізге жүгініңіз", "Обратитесь к нашему сотруднику", "Please speak to our staff"),
    ),
    (
        "attachment requested",
        {"attachments": (("requested", HERE, "07"),)},
        (
            "Бекітілу өтініміңіз қаралуда",
            "Ваша заявка на прикрепление рассматривается",
            "Your attachment is being considered",
        ),
    ),
    (
        "two attachments",
        {"attachments": (("active", HERE, "07"), ("active", ELSEWHERE, "03"))},
        ("Тіркелімде екі бекіту көрсетілген", "В регистре два прикрепления", "The register shows two attachments"),
    ),
]


def journal(app: Flask) -> list[JournalEntry]:
    with app.app_context():
        return list(
            db.session.scalars(select(JournalEntry).where(JournalEntry.channel == "kiosk").order_by(JournalEntry.id))
        )


@pytest.mark.parametrize("place,language", [(0, "kk"), (1, "ru"), (2, "en")])
@pytest.mark.parametrize("facts,headings", [case[1:] for case in STAFF_PATH], ids=[case[0] for case in STAFF_PATH])
def test_the_staff_path_is_never_a_refusal(
    app: Flask,
    patient: Patient,
    registers: Registers,
    facts: dict[str, Any],
    headings: tuple[str, str, str],
    place: int,
    language: str,
) -> None:
    somebody = registers.add(Somebody(**facts))
    patient.get("/")
    patient.press_value("language", language)
    patient.scan(somebody.scan)
    assert patient.page.path == "/attachment"
    assert patient.page.heading == headings[place]
    assert "refused" not in [one.event for one in journal(app)]
    patient.press("next")
    assert patient.page.path == "/help"


@pytest.mark.parametrize(
    "language,plain", [("kk", "Сіз осы емханаға бекітілмегенсіз."), ("ru", "Вы не прикреплены к этой поликлинике.")]
)
@pytest.mark.parametrize("attachments", [ELSE, ()], ids=["elsewhere", "nowhere"])
def test_ground_2_is_shown_in_full_and_journalled_once(
    app: Flask,
    patient: Patient,
    registers: Registers,
    attachments: tuple[tuple[str, str, str], ...],
    language: str,
    plain: str,
) -> None:
    somebody = registers.add(Somebody(attachments=attachments))
    patient.get("/")
    patient.press_value("language", language)
    patient.scan(somebody.scan)
    edition = edition_on(NOW.date())
    assert patient.page.heading == plain
    assert getattr(edition.ground(2), language) in patient.page.words
    for owed in ("1414", "103", "ҚР ДСМ-90", edition.version):
        assert owed in patient.page.words
    if attachments:
        assert "№ 15" in patient.page.words  # the other clinic by its name
    (identified, refused) = journal(app)
    assert (identified.event, refused.event, refused.ground) == ("identified", "refused", 2)
    assert refused.text_version == edition.version and refused.entry_number is not None
    assert set(refused.messages) == {"persons-1", "attachments-1"}
    patient.get("/attachment")
    assert len(journal(app)) == 2
    patient.press("next")
    assert patient.page.path == "/help"


def test_a_refusal_in_english_says_that_the_law_has_no_english_text(patient: Patient, registers: Registers) -> None:
    somebody = registers.add(Somebody(attachments=()))
    patient.get("/")
    patient.press_value("language", "en")
    patient.scan(somebody.scan)
    assert "You are not attached to this clinic." in patient.page.words
    assert "Kazakh and Russian only" in patient.page.words
    assert [quote.get("lang") for quote in patient.page.all("blockquote")] == ["kk"]


def test_an_unknown_person(app: Flask, patient: Patient) -> None:
    patient.scan(Somebody(running=77).scan)
    assert patient.page.heading == "Мәлімет табылмады"
    assert journal(app) == []


@pytest.mark.parametrize("system", ["persons", "attachments"])
def test_a_silent_register_is_no_refusal_and_can_be_tried_again(
    app: Flask, patient: Patient, registers: Registers, system: str
) -> None:
    me = registers.add(Somebody())
    registers.silent.add(system)
    patient.scan(me.scan)
    assert patient.page.heading == "Қызмет уақытша қолжетімсіз"
    assert not [one for one in journal(app) if one.event == "refused"]
    registers.silent.clear()
    if system == "attachments":
        patient.press_text("Қайталап көру")
    else:
        patient.scan(me.scan)
    assert patient.page.heading == "Сіз осы емханаға бекітілгенсіз"


def test_attached_shows_who_where_and_how_fresh(patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody(name="Өмірзақ", surname="Әлімұлы"))
    patient.scan(me.scan)
    for owed in ("Өмірзақ Ә.", me.iin[:6] + "******", "№ 1 Қалалық емхана", "07", "2024 жылғы 1 ақпан", "09:00"):
        assert owed in patient.page.words
    assert me.surname not in patient.page.text
    assert me.iin not in patient.page.text


def test_a_district_without_a_doctor_offers_others(patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody(attachments=(("active", HERE, "99"),)))
    patient.scan(me.scan)
    assert patient.page.heading == "Сіз осы емханаға бекітілгенсіз"
    patient.press("next")
    assert patient.page.path == "/doctor"
    patient.press_value("doctor")
    assert patient.page.path == "/slot"


def test_a_full_doctor_is_said_plainly_journalled_and_others_are_offered(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    me = registers.add(Somebody(attachments=(("active", HERE, "09"),)))
    patient.scan(me.scan)
    assert "Бұл қызмет көрсетуден бас тарту емес" in patient.page.words
    assert [one.event for one in journal(app)] == ["identified", "no_free_time"]
    patient.press("next")
    assert patient.page.path == "/doctor"
    assert "бос уақыт жоқ" in patient.page.words


def test_a_mother_is_asked_for_whom_and_books_for_the_child(app: Flask, patient: Patient, registers: Registers) -> None:
    child = registers.add(Somebody(name="Сырымбет", born=date(2024, 5, 6), attachments=(("active", HERE, "12"),)))
    mother = registers.add(Somebody(sex="female", children=(child.iin,), attachments=ELSE, running=30))
    patient.scan(mother.scan)
    assert patient.page.heading == "Кімді жазамыз?"
    patient.press_text("Сырымбет")
    assert patient.page.heading == "Бала осы емханаға бекітілген"
    patient.press("next")
    patient.press("next")
    assert patient.page.path == "/ticket"
    booked = journal(app)[-1]
    assert booked.event == "booked" and booked.actor_ref != booked.patient_ref
    assert "refused" not in [one.event for one in journal(app)]


def test_a_mother_attached_elsewhere_who_books_for_herself_is_refused(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    child = registers.add(Somebody(born=date(2024, 5, 6)))
    mother = registers.add(Somebody(sex="female", children=(child.iin,), attachments=ELSE, running=30))
    patient.scan(mother.scan)
    patient.press("next")
    assert patient.page.heading == "Сіз осы емханаға бекітілмегенсіз."
    assert journal(app)[-1].event == "refused"


def test_an_adult_sees_no_paediatrician_and_a_child_no_therapist(patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    assert "учаскелік педиатр" not in patient.get("/doctor").words
    child = registers.add(Somebody(born=date(2024, 5, 6), number="019876543"))
    patient.scan(child.scan)
    assert "учаскелік терапевт" not in patient.get("/doctor").words
