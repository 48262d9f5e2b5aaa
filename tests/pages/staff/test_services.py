"""What a kiosk offers and with which doctors: set by staff, kept by each of its screens, said in clear words."""

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.clinic.appointments import Appointment
from kiosk.clinic.booking import book
from kiosk.clinic.people import remember
from kiosk.clinic.schedule import Slot
from kiosk.database import db, transaction
from tests.bookings import act, doctor_named, free, keys_of
from tests.client import Page, Patient
from tests.desk import Desk
from tests.factories import NOW, Registers, Somebody

OTHER = "Бекмұратова"


def settle(app: Flask, **typed: object) -> Page:
    desk = Desk(app, "organisation")
    desk.get("/staff/settings/kiosk/1")
    page = desk.fill(**typed)
    assert page.status == 200, page.words
    return page


@pytest.fixture
def me(registers: Registers) -> Somebody:
    return registers.add(Somebody())


def booked(app: Flask, me: Somebody) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, OTHER)
        record = remember(work, keys_of(app), me.answer().person, NOW)
        book(work, free(work, doctor)[3], act(record, doctor, in_person=True))


def test_a_kiosk_that_only_checks_the_attachment(app: Flask, patient: Patient, me: Somebody) -> None:
    settle(app, services=["attachment"], help_window="7")
    page = patient.scan(me.scan)
    assert page.by_id("next") is not None and page.form_of("next").get("action") == "/visit/end"
    assert "7" in "".join(page.all("p", **{"class": "notice calm"})[0].itertext())
    links = {one.get("href") for one in page.all("a")}
    assert "/doctor" not in links and "/slot" not in links
    assert patient.get("/doctor").by_id("next") is not None
    assert "/attachment" in {one.get("href") for one in patient.page.all("a")}
    patient.post("/attachment", {})
    assert patient.page.path == "/doctor" and not patient.page.all("button", name="doctor")


def test_a_kiosk_that_shows_free_times_and_does_not_book(app: Flask, patient: Patient, me: Somebody) -> None:
    settle(app, services=["free_times", "attachment"])
    patient.scan(me.scan)
    patient.press("next")
    assert patient.page.path == "/doctor"
    patient.press_value("doctor")
    days = [one.get("href", "") for one in patient.page.all("a") if "day=" in one.get("href", "")]
    page = patient.get(days[0])
    assert not page.all("button", name="slot") and page.all("p", **{"class": "time"})
    with app.app_context():
        ident = db.session.scalars(select(Slot.id).where(Slot.status == "free", Slot.starts_at > NOW)).first()
    for path in ("/slot", "/confirm"):
        answer = patient.post(path, {"slot": str(ident)})
        assert answer.by_id("next") is not None and answer.path == path
    with app.app_context():
        assert db.session.scalars(select(Slot).where(Slot.held_by.is_not(None))).all() == []
        before = db.session.scalars(select(Appointment.patient_id)).all()
        assert len(before) == len(set(before))


def test_booking_stops_at_the_next_screen_of_a_running_kiosk(app: Flask, patient: Patient, me: Somebody) -> None:
    patient.scan(me.scan)
    patient.press("next")
    assert patient.page.path == "/confirm"
    form = patient.page.form_of("next")
    settle(app, services=["attachment"])
    patient.post("/confirm", {"slot": next(one.get("value", "") for one in form.iter() if one.get("name") == "slot")})
    assert patient.page.path == "/confirm" and patient.get("/ticket").path != "/ticket"


def test_a_kiosk_that_neither_moves_nor_cancels(app: Flask, patient: Patient, me: Somebody) -> None:
    booked(app, me)
    settle(app, services=["free_times", "book", "attachment"])
    patient.scan(me.scan)
    page = patient.get("/appointments")
    assert not page.all("button", name="move") and page.all("section")
    with app.app_context():
        ref = db.session.scalars(select(Appointment.ref).order_by(Appointment.id.desc())).first()
    patient.post("/appointments", {"cancel": ref})
    patient.post("/appointments", {"move": ref})
    with app.app_context():
        row = db.session.scalars(select(Appointment).where(Appointment.ref == ref)).one()
        assert row.status == "booked"


def test_a_kiosk_of_one_doctor_offers_that_doctor_only(app: Flask, patient: Patient, me: Somebody) -> None:
    with app.app_context():
        other = doctor_named(db.session(), OTHER).id
    settle(app, doctors=[str(other)])
    patient.scan(me.scan)
    page = patient.get("/doctor")
    assert {one.get("value") for one in page.all("button", name="doctor")} <= {str(other)}
    patient.post("/doctor", {"doctor": str(other + 1)})
    assert patient.page.path == "/doctor"


def test_what_is_offered_is_inherited_and_the_form_says_from_where(app: Flask) -> None:
    desk = Desk(app, "organisation")
    desk.get("/staff/settings/building/1")
    desk.fill(services=["book", "attachment"])
    desk.press_value("language", "en")
    page = desk.get("/staff/settings/kiosk/1")
    hint = page.by_id("services-hint")
    assert hint is not None and "".join(hint.itertext()).strip() == (
        "without it: book, check the attachment (of the building)"
    )
