"""The clinic of a test from inside: its doctors, its slots, bookings made as a kiosk or a desk makes them."""

from datetime import date, datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.clinic import slots, visits
from kiosk.clinic.booking import Act, Appointment, book
from kiosk.clinic.journal import Event
from kiosk.clinic.moving import staff_window
from kiosk.clinic.people import Patient, remember
from kiosk.clinic.ports import Person
from kiosk.clinic.schedule import Doctor
from kiosk.sealing import Keys
from tests.factories import NOW, make_iin

STAFF = "staff-ref-of-a-test"


def keys_of(app: Flask) -> Keys:
    return Keys.of(app.extensions["settings"].master_key)


def doctor_named(session: Session, part: str) -> Doctor:
    return next(one for one in session.scalars(select(Doctor)) if part in one.names.kk)


def somebody(session: Session, app: Flask, running: int, phone: str = "+7 700 000 00 00") -> Patient:
    """Patient number `running`, made up here."""
    born = date(1961, 5, 6)
    person = Person(make_iin(born, running=running), "Сынақов", f"Пациент{running}", "", born, "male", phone)
    return remember(session, keys_of(app), person, NOW)


def act(
    patient: Patient, doctor: Doctor, now: datetime = NOW, by_staff: str | None = STAFF, in_person: bool = False
) -> Act:
    details = {"staff": by_staff} if by_staff else {}
    event = Event("booked", channel="window" if in_person else "phone", patient_ref=patient.ref, details=details)
    return Act(doctor.organisation_id, "a desk", patient, patient, event, now, by_staff, in_person, "illness")


def free(session: Session, doctor: Doctor, now: datetime = NOW) -> list[int]:
    """The ids of what staff may give with this doctor, earliest first."""
    return [row.id for row in slots.free_times(session, doctor.id, staff_window(doctor, now))]


def book_many(
    session: Session, app: Flask, doctor: Doctor, count: int, first: int = 1000, now: datetime = NOW
) -> list[Appointment]:
    """Book the doctor's next `count` free times, each for another patient, as at a kiosk."""
    made = []
    for place, ident in enumerate(free(session, doctor, now)[:count]):
        patient = somebody(session, app, first + 3 * place)
        made.append(book(session, ident, act(patient, doctor, now, in_person=True)))
    return made


def kiosk_times(session: Session, doctor: Doctor, now: datetime = NOW) -> list[int]:
    """The ids of what a kiosk offers with this doctor."""
    period = slots.window(visits.visit_id("nobody"), now, 15, 14, doctor.building.zone)
    return [row.id for row in slots.free_times(session, doctor.id, period)]
