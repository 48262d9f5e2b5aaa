"""Full days: the days on which a doctor received and no time was left, ahead as they stand, gone by as they ended."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ForeignKey, case, func, insert, literal, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.clinic.journal_search import Scope, bounds
from kiosk.clinic.places import Kiosk
from kiosk.clinic.schedule import ANY, FREE, WITHDRAWN, Doctor, Slot
from kiosk.config import HOME_ZONE
from kiosk.database import Base, utc_day

_LONG_AGO = date(2000, 1, 1)


class DoctorDay(Base):
    """How a doctor's day of reception ended: how many times it had, how many of them nobody took.

    `free_at_kiosks` are those among `free` that kiosks offered too; the building is the one of that day.
    """

    __tablename__ = "doctor_day"

    doctor_id: Mapped[int] = mapped_column(ForeignKey("doctor.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"))
    times: Mapped[int]
    free: Mapped[int]
    free_at_kiosks: Mapped[int]


@dataclass(frozen=True)
class FullDays:
    """A doctor's days of reception in a period, and how many of them had no time left."""

    doctor: Doctor
    days: int
    full: int


@dataclass(frozen=True)
class Period:
    """Days of the wall, both included; of a kiosk only its doctors and what kiosks offer, like `at_kiosks`."""

    first: date
    last: date
    kiosk: Kiosk | None = None
    at_kiosks: bool = False


def close_days(session: Session, now: datetime) -> None:
    """Keep how every day gone by ended that is not kept yet."""
    today = now.astimezone(ZoneInfo(HOME_ZONE)).date()
    fresh = max(_closed_until(session) + timedelta(days=1), _LONG_AGO)
    begin, end = bounds(Scope(0, None, HOME_ZONE), fresh, today - timedelta(days=1))
    rows = _ended(Slot.starts_at >= begin, Slot.starts_at < end).subquery()
    source = select(rows.c.doctor_id, rows.c.day, Doctor.building_id, rows.c.times, rows.c.free, rows.c.free_at_kiosks)
    columns = ["doctor_id", "day", "building_id", "times", "free", "free_at_kiosks"]
    session.execute(insert(DoctorDay).from_select(columns, source.join(Doctor, Doctor.id == rows.c.doctor_id)))


def full_days(session: Session, scope: Scope, doctors: Sequence[Doctor], period: Period) -> list[FullDays]:
    """For each doctor the days of reception in a period and those without a time left, the fullest doctor first.

    `doctors` are all of the organisation: some were in this scope's building on a day gone by.
    """
    served = period.kiosk.effective_settings() if period.kiosk else None
    known = [one for one in doctors if served is None or served.serves(one.id)]
    days: Counter[int] = Counter()
    full: Counter[int] = Counter()
    for ident, number, without in _kept(session, scope, period, known) + _live(session, scope, period, known):
        days[ident] += number
        full[ident] += without
    mine = [one for one in known if scope.building_id in (None, one.building_id)]
    shown = [one for one in known if days[one.id] or (one.is_active and one in mine)]
    return sorted((FullDays(one, days[one.id], full[one.id]) for one in shown), key=lambda one: -one.full)


def _closed_until(session: Session) -> date:
    return session.scalar(select(func.max(DoctorDay.day))) or _LONG_AGO


def _ended(*which: ColumnElement[bool]) -> Any:
    """Times and what is left of them by doctor and day.

    Days are counted in UTC, which in Kazakhstan (UTC+5) is the wall's day from five in the morning on.
    """
    day = utc_day(Slot.starts_at)
    free = case((Slot.status == FREE, 1), else_=0)
    at_kiosks = case((Slot.channel == ANY, free), else_=0)
    told = (func.count().label("times"), func.sum(free).label("free"), func.sum(at_kiosks).label("free_at_kiosks"))
    query = select(Slot.doctor_id, day.label("day"), *told)
    return query.where(Slot.status != WITHDRAWN, Slot.is_closing.is_(False), *which).group_by(Slot.doctor_id, day)


def _kept(session: Session, scope: Scope, period: Period, known: Sequence[Doctor]) -> list[Any]:
    left = DoctorDay.free_at_kiosks if _only_kiosks(period) else DoctorDay.free
    query = select(DoctorDay.doctor_id, func.count(), func.sum(case((left == 0, 1), else_=0)))
    query = query.where(DoctorDay.doctor_id.in_([one.id for one in known]))
    query = query.where(DoctorDay.day.between(period.first, period.last))
    if scope.building_id is not None:
        query = query.where(DoctorDay.building_id == scope.building_id)
    return list(session.execute(query.group_by(DoctorDay.doctor_id)).all())


def _live(session: Session, scope: Scope, period: Period, known: Sequence[Doctor]) -> list[Any]:
    """What the slots themselves say of the days that are not kept: those since the last night, and those ahead."""
    begin, end = bounds(scope, max(period.first, _closed_until(session) + timedelta(days=1)), period.last)
    mine = [one.id for one in known if scope.building_id in (None, one.building_id)]
    rows = _ended(Slot.doctor_id.in_(mine), Slot.starts_at >= begin, Slot.starts_at < end).subquery()
    left = rows.c.free_at_kiosks if _only_kiosks(period) else rows.c.free
    query = select(rows.c.doctor_id, literal(1), case((left == 0, 1), else_=0))
    return list(session.execute(query).all())


def _only_kiosks(period: Period) -> bool:
    return period.at_kiosks or period.kiosk is not None
