"""The doctor whose times are all taken: booked by the same functions as at a kiosk, for patients who do not exist."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.clinic import visits
from kiosk.clinic.booking import Act, Appointment, book
from kiosk.clinic.identity import iin_check_digit
from kiosk.clinic.journal import Event
from kiosk.clinic.people import remember
from kiosk.clinic.ports import Person
from kiosk.clinic.schedule import Doctor
from kiosk.clinic.slots import Window, free_times, hold
from kiosk.sealing import Keys, token

CHANNEL = "demo"
BORN = date(1937, 12, 29)
_FOREVER, _VISIT = timedelta(days=366), timedelta(minutes=5)
_SOON = timedelta(seconds=1)  # a time that begins right now can be held but no longer be booked


def fill(session: Session, keys: Keys, doctor: Doctor, kiosk_id: int, now: datetime) -> int:
    """Book every free time of `doctor` from `now` on, each for another sample patient; returns how many."""
    ticket = token()
    period = Window(visits.visit_id(ticket), now, now + _SOON, now + _FOREVER)
    free = free_times(session, doctor.id, period)
    if not free:
        return 0
    visits.begin(session, keys, ticket, kiosk_id, visits.Written({}, now, _VISIT))
    before = session.scalar(select(func.count()).where(Appointment.doctor_id == doctor.id)) or 0
    for count, row in enumerate(free, before):
        _book(session, keys, count, row.id, doctor, kiosk_id, period)
    session.delete(session.get_one(visits.VisitRecord, visits.visit_id(ticket)))  # nobody's visit: it counts nowhere
    session.flush()
    return len(free)


def sample_person(count: int) -> Person:
    """The sample patient number `count`, from 0; after some three thousand they come round again."""
    numbers = sample_iins()
    return Person(
        iin=numbers[count % len(numbers)],
        surname="Үлгі",
        name=f"Пациент {count + 1}",
        patronymic="",
        birth_date=BORN,
        sex="male",
        phone="",
    )


@cache
def sample_iins() -> tuple[str, ...]:
    """Numbers with a right check digit for men born on BORN, with high running numbers, which nobody has."""
    return tuple(_iins())


def _iins() -> Iterator[str]:
    for running in range(7000, 10000):
        first = f"{BORN:%y%m%d}3{running}"
        check = iin_check_digit(first)
        if check is not None:
            yield f"{first}{check}"


def _book(
    session: Session, keys: Keys, count: int, slot_id: int, doctor: Doctor, kiosk_id: int, period: Window
) -> None:
    patient = remember(session, keys, sample_person(count), period.now)
    event = Event("booked", kiosk_id=kiosk_id, channel=CHANNEL, patient_ref=patient.ref, actor_ref=patient.ref)
    act = Act(doctor.organisation_id, period.visit_id, patient, patient, event, period.now)
    hold(session, slot_id, [doctor.id], period)
    book(session, slot_id, act)
