"""publish(): from schedule rules to stored slots, idempotently, with its conflicts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from kiosk.clinic import in_doubt, to_tell
from kiosk.clinic.appointments import booked_on
from kiosk.clinic.calendar import Opening
from kiosk.clinic.kiosk_settings import merge
from kiosk.clinic.places import Building, Organisation
from kiosk.clinic.schedule import BOOKED, FREE, WITHDRAWN, Absence, DayException, Doctor, Schedule, Slot
from kiosk.clinic.timetable import House, Rule, Standing, Stretch, compare, extras_shut, plan
from kiosk.clinic.visits import VisitRecord

__all__ = ["Publication", "Rule", "exceptions_of", "plan", "publish", "publish_ahead"]

ALWAYS = (date.min, date.max)


@dataclass(frozen=True)
class Publication:
    """What one publication did: counts, and the ids of slots it wanted to withdraw but must not touch."""

    added: int
    withdrawn: int
    conflicts: tuple[int, ...]


def publish(
    session: Session,
    organisation_id: int,
    first: date,
    last: date,
    now: datetime,
    doctor_ids: Sequence[int] | None = None,
    made_by: str = to_tell.PUBLICATION,
) -> Publication:
    """Make the stored slots of `first` to `last` agree with the rules, from `now` on.

    Held and booked slots are never touched: those that no rule offers any more are reported as conflicts, and
    whoever is booked on one goes to the list of people to tell, in the name of `made_by`.
    """
    session.execute(_queue(organisation_id))
    added = withdrawn = 0
    conflicts: list[int] = []
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    query = select(Doctor).where(Doctor.organisation_id == organisation_id)
    if doctor_ids is not None:
        query = query.where(Doctor.id.in_(doctor_ids))
    for doctor in session.scalars(query).all():
        result = _apply(session, doctor, days, made_by, now)
        added, withdrawn = added + result.added, withdrawn + result.withdrawn
        conflicts += result.conflicts
    return Publication(added, withdrawn, tuple(conflicts))


def _queue(organisation_id: int) -> Select[int]:
    """Two publications of one organisation come one after another; bookings, which only refer to it, go on."""
    return select(Organisation.id).where(Organisation.id == organisation_id).with_for_update(key_share=True)


def publish_ahead(
    session: Session,
    organisation_id: int,
    now: datetime,
    doctor_ids: Sequence[int] | None = None,
    made_by: str = to_tell.PUBLICATION,
) -> Publication:
    """Publish from today to the clinic's horizon, and on to the last day on which somebody is booked."""
    first, last = coming_days(session, organisation_id, now)
    return publish(session, organisation_id, first, last, now, doctor_ids, made_by)


def coming_days(session: Session, organisation_id: int, now: datetime) -> tuple[date, date]:
    """Today, and the last day that publication of this organisation looks at."""
    buildings = session.scalars(select(Building).where(Building.organisation_id == organisation_id)).all()
    zone = ZoneInfo(buildings[0].zone if buildings else "UTC")
    today = now.astimezone(zone).date()
    horizons = [merge(one.organisation.settings, one.settings)[0].horizon_days for one in buildings]
    latest = session.scalar(
        select(func.max(Slot.starts_at))
        .join(Doctor, Doctor.id == Slot.doctor_id)
        .where(Doctor.organisation_id == organisation_id, Slot.status == BOOKED)
    )
    ahead = today + timedelta(days=max(horizons, default=14))
    return today, max(ahead, latest.astimezone(zone).date()) if latest else ahead


def rules_of(session: Session, doctor: Doctor) -> dict[int, Rule]:
    """The doctor's shifts as values, by the id of their row."""
    rows = session.scalars(select(Schedule).where(Schedule.doctor_id == doctor.id).order_by(Schedule.id))
    return {one.id: rule_of(one) for one in rows}


def rule_of(row: Schedule) -> Rule:
    """One stored shift as a value."""
    return Rule(**{name: getattr(row, name) for name in Rule.__dataclass_fields__})


def absences_of(session: Session, doctor: Doctor) -> dict[int, Absence]:
    """The doctor's absences, by id."""
    query = select(Absence).where(Absence.doctor_id == doctor.id).order_by(Absence.first_day, Absence.id)
    return {one.id: one for one in session.scalars(query)}


def house_of(session: Session, building: Building) -> House:
    """What a building gives to its doctors: hours, single days, zone."""
    return House(building.hours, exceptions_of(session, building), building.zone)


def exceptions_of(session: Session, building: Building) -> dict[date, Opening | None]:
    """The clinic's own word on single days of a building."""
    rows = session.scalars(select(DayException).where(DayException.building_id == building.id))
    return {one.day: (one.opens, one.closes) if one.opens and one.closes else None for one in rows}


def standing_slots(session: Session, doctor: Doctor, days: Sequence[date], now: datetime) -> list[Standing]:
    """The doctor's live slots of `days` that have not begun or ended before `now`, in order."""
    here = ZoneInfo(doctor.building.zone)
    begin = max(now, datetime.combine(days[0], time.min, here))
    end = datetime.combine(days[-1] + timedelta(days=1), time.min, here)
    held = select(VisitRecord.id).where(VisitRecord.id == Slot.held_by, VisitRecord.alive_until > now).exists()
    columns = (Slot.id, Slot.starts_at, Slot.ends_at, Slot.channel, Slot.cool_down_minutes, Slot.is_closing)
    query = select(*columns, (Slot.status == BOOKED) | held).where(
        Slot.doctor_id == doctor.id, Slot.status != WITHDRAWN, Slot.ends_at > begin, Slot.starts_at < end
    )
    return [
        Standing(ident, starts, ends, channel, cool, bool(bound), closing)
        for ident, starts, ends, channel, cool, closing, bound in session.execute(query.order_by(Slot.starts_at))
    ]


def _away(session: Session, doctor: Doctor) -> list[tuple[date, date]]:
    if not doctor.is_active:
        return [ALWAYS]
    return [(one.first_day, one.last_day) for one in absences_of(session, doctor).values()]


def _apply(session: Session, doctor: Doctor, days: list[date], made_by: str, now: datetime) -> Publication:
    away, house = _away(session, doctor), house_of(session, doctor.building)
    planned = plan(rules_of(session, doctor).values(), days, away, *house)
    wanted = [one for one in planned if one.starts_at > now]
    live = standing_slots(session, doctor, days, now)
    running = [one for one in live if one.starts_at <= now]
    existing = [one for one in live if one.starts_at > now]
    gone = _withdraw(session, [one.id for one in compare(existing, wanted).vanish], now)
    existing = [replace(one, is_bound=one.id not in gone) for one in existing]
    shut = extras_shut(existing, away, house)
    change = compare(existing + running, wanted, shut)
    rows = [
        {
            "doctor_id": doctor.id,
            "starts_at": one.starts_at,
            "ends_at": one.ends_at,
            "status": FREE,
            "channel": one.channel,
            "cool_down_minutes": one.cool_down_minutes,
        }
        for one in change.appear
    ]
    if rows:
        session.execute(insert(Slot), rows)
    conflicts = [one.id for one in change.conflict if one.starts_at > now]
    _mark(session, conflicts, change.alter)
    closing = [one.id for one in change.conflict if one.starts_at > now and not one.is_closing]
    in_doubt.doubt(session, booked_on(session, closing), made_by, now)
    in_doubt.trust(session, booked_on(session, [old.id for old, _new in change.alter if old.is_closing]), made_by, now)
    return Publication(len(rows), len(gone), tuple(conflicts))


def _withdraw(session: Session, ids: list[int], now: datetime) -> set[int]:
    alive = select(VisitRecord.id).where(VisitRecord.id == Slot.held_by, VisitRecord.alive_until > now).exists()
    gone: set[int] = set()
    for ident in ids:
        idle = select(Slot.id).where(Slot.id == ident, Slot.status == FREE, ~alive)
        done = session.execute(
            update(Slot)
            .where(Slot.id.in_(idle.with_for_update(skip_locked=True)))  # somebody is just taking it: a conflict
            .values(status=WITHDRAWN, held_by=None)
            .execution_options(synchronize_session=False)
        )
        if done.rowcount:  # type: ignore[attr-defined]
            gone.add(ident)
    return gone


def _mark(session: Session, conflicts: list[int], alter: Sequence[tuple[Standing, Stretch]]) -> None:
    """What is held or booked keeps its state: only what becomes of it later is written beside it."""
    quiet = {"synchronize_session": False}
    if conflicts:
        closing = update(Slot).where(Slot.id.in_(conflicts), Slot.is_closing.is_(False)).values(is_closing=True)
        session.execute(closing, execution_options=quiet)
    for old, new in alter:
        facts = {"channel": new.channel, "cool_down_minutes": new.cool_down_minutes, "is_closing": False}
        session.execute(update(Slot).where(Slot.id == old.id).values(**facts), execution_options=quiet)
