"""A small clinic in the database: one building, one kiosk, its doctors with their times, patients and visits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from kiosk.clinic import booking, slots, visits
from kiosk.clinic.calendar import STANDARD_HOURS
from kiosk.clinic.journal import Event
from kiosk.clinic.names import Names
from kiosk.clinic.people import Patient, remember
from kiosk.clinic.ports import Person
from kiosk.clinic.records import Building, Doctor, Kiosk, Organisation, Slot
from kiosk.clinic.schedule import DoctorKind
from kiosk.sealing import Keys, token
from tests.factories import NOW, make_iin

KEYS = Keys.of(b"a master key for tests only, 32 bytes or more")
LIFE = timedelta(seconds=165)
MORNING = NOW + timedelta(hours=2)
QUARTER = timedelta(minutes=15)


def named(text: str) -> Names:
    return Names(text, text, text)


@dataclass(frozen=True)
class Place:
    """The ids of the small clinic."""

    organisation: int
    building: int
    kiosk: int


def build(session: Session, code: str = "small-01") -> Place:
    """Organisation, building and kiosk."""
    organisation = Organisation(code=code, names=named(code), address=named("address"), settings={})
    session.add(organisation)
    session.flush()
    hours = [list(one) if one else None for one in STANDARD_HOURS]
    building = Building(
        organisation_id=organisation.id, names=named("house"), address=named("street"), hours=hours, settings={}
    )
    session.add(building)
    session.flush()
    kiosk = Kiosk(building_id=building.id, names=named("entrance"), settings={})
    session.add(kiosk)
    session.flush()
    return Place(organisation.id, building.id, kiosk.id)


def employ(session: Session, place: Place, kind: DoctorKind = DoctorKind.THERAPIST, room: str = "101") -> Doctor:
    """One more doctor."""
    doctor = Doctor(
        organisation_id=place.organisation,
        building_id=place.building,
        kind=str(kind),
        names=named(f"Doctor {room}"),
        room=room,
        floor=1,
    )
    session.add(doctor)
    session.flush()
    return doctor


def offer(session: Session, doctor_id: int, starts_at: datetime = MORNING, length: timedelta = QUARTER) -> Slot:
    """One free time."""
    slot = Slot(doctor_id=doctor_id, starts_at=starts_at, ends_at=starts_at + length)
    session.add(slot)
    session.flush()
    return slot


def person(running: int) -> Person:
    """Somebody of this running number."""
    born = date(1977, 7, 7)
    return Person(make_iin(born, running=running * 10), "Сынақ", f"Адам {running}", "", born, "male", "")


def admit(session: Session, running: int, now: datetime = NOW) -> Patient:
    """The sealed record of person(running)."""
    return remember(session, KEYS, person(running), now)


def enter(session: Session, place: Place, now: datetime = NOW, life: timedelta = LIFE) -> str:
    """Begin a visit; returns its row's id."""
    ticket = token()
    visits.begin(session, KEYS, ticket, place.kiosk, visits.Written({}, now, life))
    return visits.visit_id(ticket)


def act(place: Place, visit: str, patient: Patient, now: datetime = NOW, actor: Patient | None = None) -> booking.Act:
    """Who books, for whom, in which visit."""
    actor = actor or patient
    event = Event("booked", kiosk_id=place.kiosk, patient_ref=patient.ref, actor_ref=actor.ref, text_version="test")
    return booking.Act(place.organisation, visit, patient, actor, event, now)


def window(visit: str, now: datetime = NOW) -> slots.Window:
    """The times offered in a visit, by the usual settings."""
    return slots.window(visit, now, notice_minutes=15, horizon_days=14, zone="Asia/Almaty")


def hold_and_book(session: Session, slot: Slot, doing: booking.Act) -> booking.Appointment:
    """Both steps of a booking, in the caller's transaction."""
    slots.hold(session, slot.id, [slot.doctor_id], window(doing.visit_id, doing.now))
    return booking.book(session, slot.id, doing)
