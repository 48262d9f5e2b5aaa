"""The clinic's setting `consent_on_every_path`: no register is asked about anybody before the owner has agreed."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.clinic.records import Consent, JournalEntry, Organisation
from kiosk.database import db, transaction
from tests.client import Patient
from tests.factories import HERE, Registers, Somebody

NEEDED = "Келісіміңіз керек"


def demand(app: Flask, **more: Any) -> None:
    with app.app_context(), transaction() as work:
        clinic = work.scalars(select(Organisation).where(Organisation.code == HERE)).one()
        clinic.settings = {**clinic.settings, "consent_on_every_path": True, **more}


@pytest.fixture
def me(app: Flask, registers: Registers) -> Somebody:
    demand(app)
    return registers.add(Somebody(name="Сәкенжан"))


def by_card(patient: Patient, me: Somebody) -> None:
    patient.scan(me.scan)


def by_number(patient: Patient, me: Somebody) -> None:
    patient.get("/identify")
    patient.post("/identify", {"kind": "identity_card", "iin": me.iin, "document_number": me.number})


@pytest.mark.parametrize("way", [by_card, by_number])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_consent_stands_between_the_document_and_the_registers(
    app: Flask, patient: Patient, registers: Registers, me: Somebody, way: Any, language: str
) -> None:
    patient.get("/")
    patient.post("/language", {"language": language})
    way(patient, me)
    assert patient.page.path == "/document"
    needed = {"kk": NEEDED, "ru": "Нужно ваше согласие", "en": "Your consent is needed"}
    assert patient.page.heading == needed[language]
    assert (registers.asked, registers.said) == ([], [])
    assert me.name not in patient.page.text and me.iin not in patient.page.text
    patient.press("next")
    assert registers.asked == []
    patient.post("/document", {"code": registers.code})
    assert patient.page.path == "/attachment"
    assert {basis.token for _, _, basis in registers.asked} == {"token-of-request-1"}
    assert "document" not in registers.said, "the document was read already"
    patient.press("next")
    patient.press("next")
    assert patient.page.path == "/ticket"
    with app.app_context():
        given = db.session.scalars(select(Consent)).one()
        booked = db.session.scalars(
            select(JournalEntry).where(JournalEntry.event == "booked", JournalEntry.language.is_not(None))
        ).one()
    assert (booked.basis, booked.details["consent"]) == ("consent_given", given.ref)


def test_a_reply_on_the_phone_and_what_it_shows(patient: Patient, registers: Registers, me: Somebody) -> None:
    registers.shown["246810"] = me.iin
    patient.get("/document")
    patient.post("/document", {"code": "246810"})
    assert (patient.page.heading, registers.asked) == (NEEDED, [])
    patient.press("next")
    registers.reply()
    patient.get("/document")
    patient.press("next")
    assert patient.page.path == "/attachment"
    assert [basis.kind for _, _, basis in registers.asked] == ["consent_given"] * 2


def test_who_does_not_agree_is_led_to_staff_and_nobody_is_asked(
    patient: Patient, registers: Registers, me: Somebody
) -> None:
    patient.scan(me.scan)
    patient.press("next")
    registers.reply(agrees=False)
    patient.get("/document")
    patient.press("next")
    assert patient.page.heading == NEEDED
    notice = patient.page.by_id("notice")
    assert notice is not None
    assert "Қызметкеріміз Сізді жазып қояды" in patient.page.words
    assert "картаңызды" not in patient.page.words, "the card is no way out here"
    assert patient.page.form_of("next").get("action") == "/help"
    assert registers.asked == []


def test_a_document_that_does_not_hold_is_judged_after_the_consent(
    app: Flask, patient: Patient, registers: Registers, me: Somebody
) -> None:
    me.status = "replaced"
    patient.scan(me.scan)
    assert patient.page.heading == NEEDED
    patient.press("next")
    patient.post("/document", {"code": registers.code})
    assert patient.page.path == "/attachment" and patient.page.form_of("next").get("action") == "/help"


def test_the_next_person_meets_nothing_of_the_first_ones_request(
    patient: Patient, registers: Registers, me: Somebody
) -> None:
    other = registers.add(Somebody(running=300, number="017654322"))
    patient.scan(me.scan)
    patient.press("next")
    patient.scan(other.scan)
    assert patient.page.heading == NEEDED
    patient.press("next")
    assert [one.iin for one in registers.requests] == [me.iin, other.iin]
    patient.scan(other.scan)
    patient.post("/document", {"code": registers.code})
    assert {iin for _, iin, _ in registers.asked} == {other.iin}


@pytest.mark.parametrize("elsewhere", ["/attachment", "/doctor", "/confirm"])
def test_no_other_screen_leads_past_the_consent(
    patient: Patient, registers: Registers, me: Somebody, elsewhere: str
) -> None:
    patient.scan(me.scan)
    assert patient.get(elsewhere).heading == NEEDED
    assert registers.asked == []


def test_a_kiosk_without_digital_documents_still_asks_for_consent(
    app: Flask, patient: Patient, registers: Registers, me: Somebody
) -> None:
    demand(app, digital_documents=False)
    patient.scan(me.scan)
    patient.press("next")
    patient.post("/document", {"code": registers.code})
    assert patient.page.path == "/attachment"


def test_a_clinic_that_goes_by_its_own_list_alone_asks_no_gate(app: Flask, patient: Patient, me: Somebody) -> None:
    demand(app, registers="local")
    patient.scan(me.scan)
    assert patient.page.heading != NEEDED
