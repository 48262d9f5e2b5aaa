"""publish(): from schedule rules to stored slots, idempotently, with its conflicts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from kiosk.clinic.calendar import Opening, opening_on
from kiosk.clinic.places import Building
from kiosk.clinic.schedule import FREE, WITHDRAWN, Absence, DayException, Doctor, Schedule, Slot
from kiosk.clinic.visits import VisitRecord

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Rule:
    """One weekly shift, as a value: weekday 0 is Monday, times on the building's wall."""

    weekday: int
    starts: time
    ends: time
    slot_minutes: int
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class Publication:
    """What one publication did: counts, and the ids of slots it wanted to withdraw but must not touch."""

    added: int
    withdrawn: int
    conflicts: tuple[int, ...]


def plan(
    rules: Iterable[Rule],
    days: Iterable[date],
    absences: Sequence[tuple[date, date]],
    hours: Sequence[Sequence[str] | None],
    exceptions: Mapping[date, Opening | None],
    zone: str,
) -> list[Stretch]:
    """The stretches (UTC, half-open, without overlaps) that one doctor offers on `days`."""
    wanted = list(rules)
    stretches: set[Stretch] = set()
    for day in days:
        opening = opening_on(day, hours, exceptions)
        if opening is None or any(first <= day <= last for first, last in absences):
            continue
        for rule in wanted:
            if _holds(rule, day):
                stretches.update(_cut(rule, day, opening, zone))
    return _without_overlaps(sorted(stretches))


def _holds(rule: Rule, day: date) -> bool:
    begun = rule.valid_from <= day and (rule.valid_until is None or day <= rule.valid_until)
    return begun and rule.weekday == day.weekday()


def _cut(rule: Rule, day: date, opening: Opening, zone: str) -> Iterable[Stretch]:
    here, length = ZoneInfo(zone), timedelta(minutes=rule.slot_minutes)
    moment = datetime.combine(day, rule.starts)
    last = datetime.combine(day, min(rule.ends, opening[1]))
    while moment + length <= last:
        if moment.time() >= opening[0]:
            yield (
                moment.replace(tzinfo=here).astimezone(UTC),
                (moment + length).replace(tzinfo=here).astimezone(UTC),
            )
        moment += length


def _without_overlaps(stretches: Iterable[Stretch]) -> list[Stretch]:
    kept: list[Stretch] = []
    for stretch in stretches:
        if not kept or stretch[0] >= kept[-1][1]:
            kept.append(stretch)
    return kept


def publish(session: Session, organisation_id: int, first: date, last: date, now: datetime) -> Publication:
    """Make the stored slots of `first` to `last` agree with the rules, from `now` on.

    Held and booked slots are never touched: those that no rule offers any more are reported as conflicts.
    """
    added = withdrawn = 0
    conflicts: list[int] = []
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    for doctor in session.scalars(select(Doctor).where(Doctor.organisation_id == organisation_id)).all():
        wanted = [one for one in _wanted(session, doctor, days) if one[0] > now]
        result = _apply(session, doctor, wanted, days, now)
        added, withdrawn = added + result.added, withdrawn + result.withdrawn
        conflicts += result.conflicts
    return Publication(added, withdrawn, tuple(conflicts))


def _wanted(session: Session, doctor: Doctor, days: list[date]) -> list[Stretch]:
    if not doctor.is_active:
        return []
    schedules = session.scalars(select(Schedule).where(Schedule.doctor_id == doctor.id))
    rules = [
        Rule(one.weekday, one.starts, one.ends, one.slot_minutes, one.valid_from, one.valid_until) for one in schedules
    ]
    absences = session.execute(select(Absence.first_day, Absence.last_day).where(Absence.doctor_id == doctor.id))
    away = [(first, last) for first, last in absences]
    building = doctor.building
    return plan(rules, days, away, building.hours, exceptions_of(session, building), building.zone)


def exceptions_of(session: Session, building: Building) -> dict[date, Opening | None]:
    """The clinic's own word on single days of a building."""
    rows = session.scalars(select(DayException).where(DayException.building_id == building.id))
    return {one.day: (one.opens, one.closes) if one.opens and one.closes else None for one in rows}


def _apply(session: Session, doctor: Doctor, wanted: list[Stretch], days: list[date], now: datetime) -> Publication:
    here = ZoneInfo(doctor.building.zone)
    begin = max(now, datetime.combine(days[0], time.min, here))
    end = datetime.combine(days[-1] + timedelta(days=1), time.min, here)
    live = select(Slot.id, Slot.starts_at, Slot.ends_at).where(
        Slot.doctor_id == doctor.id, Slot.status != WITHDRAWN, Slot.ends_at > begin, Slot.starts_at < end
    )
    existing = {(row.starts_at, row.ends_at): row.id for row in session.execute(live)}
    expected = set(wanted)
    fresh = expected - existing.keys()
    surplus = [ident for one, ident in existing.items() if one[0] > begin and one not in expected]
    gone = _withdraw(session, surplus, now)
    kept = [one for one, ident in existing.items() if ident not in gone]
    rows = [
        {"doctor_id": doctor.id, "starts_at": one[0], "ends_at": one[1], "status": FREE}
        for one in sorted(fresh)
        if not any(_overlap(one, other) for other in kept)
    ]
    if rows:
        session.execute(insert(Slot), rows)
    return Publication(len(rows), len(gone), tuple(one for one in surplus if one not in gone))


def _withdraw(session: Session, ids: list[int], now: datetime) -> set[int]:
    alive = select(VisitRecord.id).where(VisitRecord.id == Slot.held_by, VisitRecord.alive_until > now).exists()
    gone: set[int] = set()
    for ident in ids:
        done = session.execute(
            update(Slot)
            .where(Slot.id == ident, Slot.status == FREE, ~alive)
            .values(status=WITHDRAWN, held_by=None)
            .execution_options(synchronize_session=False)
        )
        if done.rowcount:  # type: ignore[attr-defined]
            gone.add(ident)
    return gone


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]
