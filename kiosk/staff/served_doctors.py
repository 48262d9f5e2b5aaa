"""Which doctors the person at the desk may see, and which of them have time."""

from datetime import datetime

from kiosk.clinic import slots
from kiosk.clinic.moving import staff_window
from kiosk.clinic.schedule import Doctor, DoctorKind
from kiosk.database import db
from kiosk.staff import serving
from kiosk.staff.blueprint import me, now
from kiosk.staff.scope import my_doctors
from kiosk.staff.serving import Served

Counts = dict[int, tuple[int, datetime]]


def kinds_for(person: Served) -> tuple[DoctorKind, ...]:
    """The kinds of doctor for somebody of this age."""
    if person.patient is None:
        return ()
    return slots.kinds_for(person.patient.birth_date, serving.today(), serving.settings().age_border)


def doctors_for(person: Served) -> list[Doctor]:
    """The doctors of my buildings whom this person may see."""
    if not person.may_book:
        return []
    mine = {one.id for one in my_doctors()}
    return [one for one in slots.doctors_for(db.session(), me().organisation_id, kinds_for(person)) if one.id in mine]


def own_doctor(person: Served) -> Doctor | None:
    """The district doctor of this person, where my building has that doctor."""
    if not person.may_book or not person.district:
        return None
    place, day = me().organisation_id, serving.today()
    found = slots.district_doctor(db.session(), place, person.district, kinds_for(person), day)
    return found if found in doctors_for(person) else None


def free_counts(doctors: list[Doctor]) -> Counts:
    """How many free times each has, and the first; who has none is not there."""
    if not doctors:
        return {}
    return slots.free_counts(db.session(), [one.id for one in doctors], staff_window(doctors[0], now()))
