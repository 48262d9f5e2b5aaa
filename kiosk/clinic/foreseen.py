"""Foreseen: what a change of a building, a single day or a doctor would do, before it is saved; nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from kiosk.clinic.appointments import Appointment, coming_in, coming_with, to_be_moved
from kiosk.clinic.calendar import Opening
from kiosk.clinic.doctors import DoctorFacts, doctors_in, facts_of, what_is_news
from kiosk.clinic.moving import is_left_to_the_standing_substitute
from kiosk.clinic.places import Building
from kiosk.clinic.publishing import exceptions_of, house_of
from kiosk.clinic.schedule import Doctor
from kiosk.clinic.schedule_changes import Change, Preview, preview
from kiosk.clinic.timetable import House

_NO_CHANGE = Change()


@dataclass(frozen=True)
class Foreseen:
    """The times of each doctor, and who is booked at a time that stays, but has to hear of another place or name.

    `waiting` are booked against an absence already, and would be offered times with another substitute.
    """

    doctors: list[tuple[Doctor, Preview]] = field(default_factory=list)
    news: list[Appointment] = field(default_factory=list)
    waiting: list[Appointment] = field(default_factory=list)

    def __add__(self, other: "Foreseen") -> "Foreseen":
        """Both changes, of different doctors."""
        return Foreseen(self.doctors + other.doctors, self.news + other.news, self.waiting + other.waiting)

    @property
    def concerned(self) -> list[Appointment]:
        """Everybody booked who has to hear of it, in order of time."""
        told = {one.id: one for one in self.news}
        told |= {one.id: one for _doctor, seen in self.doctors for one in seen.appointments}
        return sorted(told.values(), key=lambda one: (one.starts_at, one.id))

    @property
    def does_something(self) -> bool:
        """Whether any time or any booked patient is concerned."""
        return bool(self.doctors or self.news or self.waiting)


def of_building(session: Session, building: Building, house: House, moves: bool, now: datetime) -> Foreseen:
    """Other hours or another zone; with `moves`, everybody booked there hears of the new address."""
    times = [] if house == house_of(session, building) else _times(session, building, house, now)
    return Foreseen(times, coming_in(session, building.id, now) if moves else [])


def of_day(session: Session, building: Building, day: date, opening: Opening | None, now: datetime) -> Foreseen:
    """The clinic's own word on one day: open so long, or closed."""
    said = exceptions_of(session, building) | {day: opening}
    return Foreseen(_times(session, building, House(building.hours, said, building.zone), now))


def of_usual_day(session: Session, building: Building, day: date, now: datetime) -> Foreseen:
    """The clinic's own word on one day taken back."""
    said = {one: opening for one, opening in exceptions_of(session, building).items() if one != day}
    return Foreseen(_times(session, building, House(building.hours, said, building.zone), now))


def of_doctor(
    session: Session, doctor: Doctor, facts: DoctorFacts, is_news: bool, now: datetime, change: Change = _NO_CHANGE
) -> Foreseen:
    """A doctor who leaves, comes back, receives elsewhere or in other shifts, or is of another kind.

    `is_news` says that the name is to be told. Another standing substitute concerns only who waits to be moved.
    """
    before = facts_of(doctor)
    told = coming_with(session, doctor.id, now) if what_is_news(before, facts, is_news) else []
    waiting = _otherwise_moved(session, doctor, facts, now) if facts.substitute_id != before.substitute_id else []
    if change == _NO_CHANGE and (before.building_id, before.is_active) == (facts.building_id, facts.is_active):
        return Foreseen([], told, waiting)
    house = house_of(session, session.get_one(Building, facts.building_id))
    seen = preview(session, doctor, change, now, house, facts.is_active)
    return Foreseen(list(_that_change([(doctor, seen)])), told, waiting)


def _otherwise_moved(session: Session, doctor: Doctor, facts: DoctorFacts, now: datetime) -> list[Appointment]:
    """Who waits to be moved, on a day for which no absence names a substitute of its own."""
    found = to_be_moved(session, [doctor.id], now)
    return [one for one in found if not facts.is_active or is_left_to_the_standing_substitute(session, one)]


def _times(session: Session, building: Building, house: House, now: datetime) -> list[tuple[Doctor, Preview]]:
    doctors = doctors_in(session, [building.id])
    return list(_that_change((one, preview(session, one, Change(), now, house)) for one in doctors))


def _that_change(seen: Iterable[tuple[Doctor, Preview]]) -> Iterable[tuple[Doctor, Preview]]:
    """Without those for whom nothing becomes different, and without what stood against the rules before."""
    for doctor, one in seen:
        if (
            one.difference.appear
            or one.difference.vanish
            or any(not each.is_closing for each in one.difference.conflict)
        ):
            yield doctor, one
