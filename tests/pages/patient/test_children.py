"""A parent for a child: the child's attachment and limits count, and the journal says who acted for whom and why."""

from datetime import date

from flask import Flask
from sqlalchemy import select

from kiosk.clinic.people import find_patient
from kiosk.clinic.records import JournalEntry
from kiosk.database import db
from tests.client import Patient
from tests.conftest import Clock
from tests.factories import ELSEWHERE, HERE, Registers, Somebody

THERE = (("active", ELSEWHERE, "03"),)


def family(
    registers: Registers, mothers: tuple = THERE, childs: tuple = (("active", HERE, "12"),)
) -> tuple[Somebody, Somebody]:  # type: ignore[type-arg]
    child = registers.add(Somebody(name="Сырымбет", born=date(2024, 5, 6), number="011111111", attachments=childs))
    mother = registers.add(Somebody(name="Айжан", sex="female", children=(child.iin,), attachments=mothers, running=30))
    return mother, child


def journal(app: Flask) -> list[JournalEntry]:
    with app.app_context():
        return list(db.session.scalars(select(JournalEntry).where(JournalEntry.language.is_not(None))))


def ref(app: Flask, somebody: Somebody) -> str:
    with app.app_context():
        found = find_patient(db.session(), app.extensions["keys"], somebody.iin)
        assert found is not None
        return found.ref


def test_a_mother_attached_elsewhere_books_for_her_child_attached_here(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    mother, child = family(registers)
    patient.scan(mother.scan)
    patient.press_value("patient", "0")
    assert patient.page.heading == "Бала осы емханаға бекітілген"
    patient.press("next")
    patient.press("next")
    assert patient.page.heading == "Сіз жазылдыңыз"
    identified, booked = journal(app)
    assert (identified.event, identified.basis, identified.actor_ref) == (
        "identified",
        "card_presented",
        ref(app, mother),
    )
    assert (booked.event, booked.basis, booked.details["identified_by"]) == ("booked", "parent", "card_presented")
    assert (booked.actor_ref, booked.patient_ref) == (ref(app, mother), ref(app, child))


def test_ground_two_is_written_only_against_the_person_to_be_seen(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    mother, child = family(registers, mothers=(("active", HERE, "07"),), childs=THERE)
    patient.scan(mother.scan)
    assert [one.event for one in journal(app)] == ["identified"]
    patient.press_value("patient", "0")
    refused = journal(app)[-1]
    assert (refused.event, refused.ground, refused.basis) == ("refused", 2, "parent")
    assert (refused.actor_ref, refused.patient_ref) == (ref(app, mother), ref(app, child))


def test_the_child_has_limits_of_its_own(app: Flask, patient: Patient, registers: Registers) -> None:
    mother, _child = family(registers, mothers=(("active", HERE, "07"),))
    for whom in ("self", "0"):
        patient.scan(mother.scan)
        patient.press_value("patient", whom)
        patient.press("next")
        patient.press("next")
        assert patient.page.heading == "Сіз жазылдыңыз"
        patient.press("next")
    assert [one.basis for one in journal(app) if one.event == "booked"] == ["card_presented", "parent"]


def test_a_parent_by_digital_document_acts_for_the_child_on_that_consent(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    mother, _child = family(registers)
    patient.get("/document")
    patient.post("/document", {"iin": mother.iin})
    patient.post("/document", {"code": registers.code})
    patient.press_value("patient", "0")
    patient.press("next")
    patient.press("next")
    booked = journal(app)[-1]
    assert (booked.event, booked.basis, booked.details["identified_by"]) == ("booked", "parent", "consent_given")
    assert booked.details["consent"]


def test_a_parent_whose_consent_ended_meanwhile_is_asked_for_a_new_one(
    patient: Patient, registers: Registers, time: Clock
) -> None:
    """The question of more time may be answered again and again: a token's ten minutes may not."""
    mother, _child = family(registers)
    patient.get("/document")
    patient.post("/document", {"iin": mother.iin})
    patient.post("/document", {"code": registers.code})
    for _ in range(9):
        time.advance(75)
        patient.get("/attachment")
    patient.press_value("patient", "0")
    assert patient.page.heading == "Келісіміңіздің мерзімі өтті"
    patient.press_text("Телефонда келісім беру")
    patient.post("/document", {"iin": mother.iin})
    patient.post("/document", {"code": registers.code})
    assert patient.page.heading == "Кімді жазамыз?"
    patient.press_value("patient", "0")
    assert patient.page.heading == "Бала осы емханаға бекітілген"


def test_cancelling_for_a_child_says_so_too(app: Flask, patient: Patient, registers: Registers) -> None:
    mother, child = family(registers)
    patient.scan(mother.scan)
    patient.press_value("patient", "0")
    patient.press("next")
    patient.press("next")
    patient.get("/appointments")
    patient.press_text("Жазылуды болдырмау")
    patient.press("next")
    entry = journal(app)[-1]
    assert (entry.event, entry.basis) == ("cancelled", "parent")
    assert (entry.actor_ref, entry.patient_ref) == (ref(app, mother), ref(app, child))


def test_a_register_silent_about_the_child_says_nothing_of_the_mother(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    """Trying again asks for whom again: it must not look up, and refuse, the mother who is attached elsewhere."""
    mother, _child = family(registers)
    patient.scan(mother.scan)
    registers.silent.add("persons")
    patient.press_value("patient", "0")
    assert patient.page.heading == "Қызмет уақытша қолжетімсіз"
    registers.silent.clear()
    patient.press_value("patient", "again")
    assert patient.page.heading == "Кімді жазамыз?"
    patient.press_value("patient", "0")
    assert patient.page.heading == "Бала осы емханаға бекітілген"
    assert [one.event for one in journal(app)] == ["identified"]
