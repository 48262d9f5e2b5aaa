"""Doctors and districts of an organisation: finding them, and saving what staff wrote about them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.clinic import to_tell
from kiosk.clinic.appointments import coming_with
from kiosk.clinic.names import Names
from kiosk.clinic.publishing import publish_ahead
from kiosk.clinic.schedule import District, Doctor, DoctorKind
from kiosk.clinic.schedule_changes import claim
from kiosk.clinic.slots import in_alphabet


@dataclass(frozen=True)
class DoctorFacts:
    """What staff write about a doctor."""

    names: Names
    kind: str
    building_id: int
    room: str
    floor: int
    is_active: bool = True
    substitute_id: int | None = None

    def plain(self) -> dict[str, Any]:
        """As the journal's before and after have it."""
        return {**vars(self), "names": vars(self.names)}


def facts_of(doctor: Doctor) -> DoctorFacts:
    """What is written about a doctor now."""
    return DoctorFacts(**{name: getattr(doctor, name) for name in DoctorFacts.__dataclass_fields__})


def is_elsewhere(before: DoctorFacts, after: DoctorFacts) -> bool:
    """Whether the doctor receives at another place."""
    return (before.building_id, before.room, before.floor) != (after.building_id, after.room, after.floor)


def what_is_news(before: DoctorFacts, after: DoctorFacts, is_other_name: bool) -> str:
    """What of this whoever is booked has to hear, the gravest: another place, name or kind; empty for nothing."""
    if is_elsewhere(before, after):
        return to_tell.PLACE
    return to_tell.DOCTOR if is_other_name else to_tell.KIND if before.kind != after.kind else ""


def doctors_in(session: Session, building_ids: list[int]) -> list[Doctor]:
    """The doctors of these buildings in the order of the alphabet, those who left last."""
    rows = session.scalars(select(Doctor).where(Doctor.building_id.in_(building_ids)))
    return sorted(rows, key=lambda one: (not one.is_active, in_alphabet(one.names.kk)))


def doctors_of(session: Session, organisation_id: int) -> list[Doctor]:
    """The doctors of an organisation who receive, in the order of the alphabet."""
    rows = session.scalars(select(Doctor).where(Doctor.organisation_id == organisation_id, Doctor.is_active))
    return sorted(rows, key=lambda one: in_alphabet(one.names.kk))


def districts_of(session: Session, organisation_id: int) -> list[District]:
    """The districts of an organisation by number."""
    rows = session.scalars(select(District).where(District.organisation_id == organisation_id))
    return sorted(rows, key=lambda one: (len(one.number), one.number))


def add_doctor(session: Session, organisation_id: int, facts: DoctorFacts) -> Doctor:
    """A new doctor, without a schedule yet."""
    doctor = Doctor(organisation_id=organisation_id, **vars(facts))
    session.add(doctor)
    session.flush()
    session.refresh(doctor)
    return doctor


def save_doctor(
    session: Session, doctor: Doctor, seen: int, facts: DoctorFacts, is_news: bool, made_by: str, now: datetime
) -> list[to_tell.ToTell]:
    """Keep what staff wrote; whoever is booked hears of another place, and of another name where it `is_news`.

    Raises ChangedMeanwhile when somebody else has saved since version `seen`.
    """
    claim(session, doctor, seen)
    told = keep_facts(session, doctor, facts, is_news, made_by, now)
    publish_ahead(session, doctor.organisation_id, now, [doctor.id], made_by)
    return told


def keep_facts(
    session: Session, doctor: Doctor, facts: DoctorFacts, is_news: bool, made_by: str, now: datetime
) -> list[to_tell.ToTell]:
    """Keep what was written, and tell everybody booked where place or kind is another or a name is news.

    A corrected spelling is no news: nobody is called about a letter.
    """
    told: list[to_tell.ToTell] = []
    news = what_is_news(facts_of(doctor), facts, is_news)
    if news:
        change = to_tell.Change(to_tell.CHANGED, news, made_by)
        told = to_tell.note_all(session, doctor.organisation_id, change, coming_with(session, doctor.id, now), now)
    for name, value in vars(facts).items():
        setattr(doctor, name, value)
    session.flush()
    session.refresh(doctor)
    return told


def save_district(
    session: Session, organisation_id: int, number: str, adult_id: int | None, child_id: int | None
) -> District:
    """The district of this number, made where there is none, with these doctors."""
    district = find_district(session, organisation_id, number)
    if district is None:
        district = District(organisation_id=organisation_id, number=number)
        session.add(district)
    district.adult_doctor_id, district.child_doctor_id = adult_id, child_id
    session.flush()
    return district


def find_district(session: Session, organisation_id: int, number: str) -> District | None:
    """The district of this number."""
    query = select(District).where(District.organisation_id == organisation_id, District.number == number)
    return session.scalar(query)


def is_for_children(kind: str) -> bool:
    """Whether a doctor of this kind is a district's doctor for children by default."""
    return kind == DoctorKind.PAEDIATRICIAN.value
