"""Looking into the journal: by day, doctor, channel, outcome and entry number, in one organisation or building."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from kiosk.clinic.journal import JournalEntry
from kiosk.clinic.people import Patient
from kiosk.clinic.places import Building, Kiosk
from kiosk.clinic.schedule import Doctor

PAGE = 50


@dataclass(frozen=True)
class Scope:
    """Whose journal: an organisation, or what happened in one of its buildings, on that house's clock."""

    organisation_id: int
    building_id: int | None
    zone: str


@dataclass(frozen=True)
class Wanted:
    """What is looked for; days are those of the building's wall, both included."""

    first: date | None = None
    last: date | None = None
    doctor_id: int | None = None
    channel: str = ""
    event: str = ""
    number: int | None = None


def scope_of(session: Session, organisation_id: int, building_id: int | None) -> Scope:
    """The scope of somebody in this organisation, or in one building of it."""
    query = select(Building.zone).where(Building.organisation_id == organisation_id).order_by(Building.id)
    if building_id is not None:
        query = query.where(Building.id == building_id)
    return Scope(organisation_id, building_id, session.scalars(query).first() or "Asia/Almaty")


def page_of(
    session: Session, scope: Scope, wanted: Wanted, before: int | None = None
) -> tuple[list[JournalEntry], bool]:
    """The newest entries found that are older than the one of sequence `before`, and whether there are older ones."""
    query = _found(scope, wanted).order_by(JournalEntry.at.desc(), JournalEntry.id.desc()).limit(PAGE + 1)
    mark = find_entry(session, scope, before) if before is not None else None
    if mark is not None:
        same = and_(JournalEntry.at == mark.at, JournalEntry.id < mark.id)
        query = query.where(JournalEntry.at <= mark.at, or_(JournalEntry.at < mark.at, same))
    rows = list(session.scalars(query))
    return rows[:PAGE], len(rows) > PAGE


def all_of(session: Session, scope: Scope, wanted: Wanted, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
    """These columns of every entry found, oldest first, a thousand at a time."""
    query = _found(scope, wanted).with_only_columns(*(getattr(JournalEntry, name) for name in columns))
    ordered = query.order_by(JournalEntry.at, JournalEntry.id).execution_options(yield_per=1000)
    yield from session.execute(ordered)


def find_entry(session: Session, scope: Scope, sequence: int) -> JournalEntry | None:
    """One entry of this scope."""
    return session.scalar(_found(scope, Wanted()).where(JournalEntry.sequence == sequence))


def person_of(session: Session, ref: str | None) -> Patient | None:
    """The sealed record of the person whom an entry knows by `ref`."""
    return session.scalar(select(Patient).where(Patient.ref == ref)) if ref else None


def doctors_of(session: Session, scope: Scope) -> list[Doctor]:
    """The doctors of this scope, also those who no longer receive."""
    query = select(Doctor).where(Doctor.organisation_id == scope.organisation_id).order_by(Doctor.id)
    return list(session.scalars(query.where(Doctor.building_id == scope.building_id) if scope.building_id else query))


def kiosks_of(session: Session, scope: Scope) -> list[Kiosk]:
    """The kiosks of this scope."""
    query = select(Kiosk).join(Building, Kiosk.building_id == Building.id).order_by(Kiosk.id)
    query = query.where(Building.organisation_id == scope.organisation_id)
    return list(session.scalars(query.where(Building.id == scope.building_id) if scope.building_id else query))


def bounds(scope: Scope, first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """Two days of the wall as instants: from the first moment of one to the last of the other, exclusive."""
    here = ZoneInfo(scope.zone)
    begin = datetime.combine(first, time.min, here) if first else None
    end = datetime.combine(last + timedelta(days=1), time.min, here) if last else None
    return begin, end


def within(scope: Scope) -> list[ColumnElement[bool]]:
    """The conditions that keep a query over the journal inside its scope."""
    mine = [JournalEntry.organisation_id == scope.organisation_id]
    if scope.building_id is not None:
        kiosks = select(Kiosk.id).where(Kiosk.building_id == scope.building_id)
        doctors = select(Doctor.id).where(Doctor.building_id == scope.building_id)
        by_staff = JournalEntry.details["building"].as_integer() == scope.building_id
        mine.append(or_(JournalEntry.kiosk_id.in_(kiosks), JournalEntry.doctor_id.in_(doctors), by_staff))
    return mine


def during(scope: Scope, first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    """The conditions that keep a query over the journal between two days of the wall, both included."""
    begin, end = bounds(scope, first, last)
    conditions = []
    if begin is not None:
        conditions.append(JournalEntry.at >= begin)
    if end is not None:
        conditions.append(JournalEntry.at < end)
    return conditions


def _found(scope: Scope, wanted: Wanted) -> Select[JournalEntry]:
    query = select(JournalEntry).where(*within(scope), *during(scope, wanted.first, wanted.last))
    if wanted.channel:
        query = query.where(JournalEntry.channel == wanted.channel)
    if wanted.event:
        query = query.where(JournalEntry.event == wanted.event)
    if wanted.doctor_id is not None:
        query = query.where(JournalEntry.doctor_id == wanted.doctor_id)
    return query.where(JournalEntry.entry_number == wanted.number) if wanted.number is not None else query
