"""The timetable: from weekly rules to stretches of time, and what a change of rules would do; pure functions."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kiosk.clinic.calendar import Opening, opening_on
from kiosk.clinic.schedule import ANY, EXTRA, WINDOW


class Stretch(NamedTuple):
    """A half-open stretch of a doctor's time in UTC, for whom it is, and how long it rests after a cancelling."""

    starts_at: datetime
    ends_at: datetime
    channel: str = ANY
    cool_down_minutes: int = 0


@dataclass(frozen=True)
class Rule:
    """One weekly shift, as a value: weekday 0 is Monday, times on the building's wall, weeks from `valid_from`'s."""

    weekday: int
    starts: time
    ends: time
    slot_minutes: int
    valid_from: date
    valid_until: date | None
    every_weeks: int = 1
    break_starts: time | None = None
    break_ends: time | None = None
    kept_percent: int = 0
    cool_down_minutes: int = 0
    is_extra: bool = False


class House(NamedTuple):
    """What a building gives to its doctors: usual hours (seven from Monday), single days, and the zone of its wall."""

    hours: Sequence[Sequence[str] | None]
    exceptions: Mapping[date, Opening | None]
    zone: str


@dataclass(frozen=True)
class Standing:
    """A live slot as it stands; `is_bound` says that somebody has booked it or holds it now."""

    id: int
    starts_at: datetime
    ends_at: datetime
    channel: str = ANY
    cool_down_minutes: int = 0
    is_bound: bool = False
    is_closing: bool = False


@dataclass(frozen=True)
class Difference:
    """What publication would do: slots that appear, vanish, stand against the rules, or go to another channel."""

    appear: tuple[Stretch, ...]
    vanish: tuple[Standing, ...]
    conflict: tuple[Standing, ...]
    alter: tuple[tuple[Standing, Stretch], ...]


def plan(
    rules: Iterable[Rule],
    days: Iterable[date],
    absences: Sequence[tuple[date, date]],
    hours: Sequence[Sequence[str] | None],
    exceptions: Mapping[date, Opening | None],
    zone: str,
) -> list[Stretch]:
    """The stretches, in order and without overlaps, that one doctor offers on `days`."""
    wanted, house = list(rules), House(hours, exceptions, zone)
    stretches: set[Stretch] = set()
    for day in days:
        if any(first <= day <= last for first, last in absences):
            continue
        for rule in wanted:
            opening = _opening(rule, day, house)
            if opening is not None and holds_on(rule, day):
                stretches.update(_cut(rule, day, opening, house.zone))
    return _without_overlaps(sorted(stretches))


def holds_on(rule: Rule, day: date) -> bool:
    """Whether this shift takes place on `day`, as far as the rule itself is concerned."""
    if rule.weekday != day.weekday() or day < rule.valid_from or (rule.valid_until and day > rule.valid_until):
        return False
    weeks = (_monday(day) - _monday(rule.valid_from)).days // 7
    return weeks % rule.every_weeks == 0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _opening(rule: Rule, day: date, house: House) -> Opening | None:
    """An extra day is the clinic's deliberate act: only its own word on that very day stands above it."""
    if rule.is_extra:
        return house.exceptions.get(day, (time.min, time.max))
    return opening_on(day, house.hours, house.exceptions)


def _cut(rule: Rule, day: date, opening: Opening, zone: str) -> Iterable[Stretch]:
    here, length = ZoneInfo(zone), timedelta(minutes=rule.slot_minutes)
    moments = [one for one in _starts(rule, day, length) if _fits(rule, one, length, opening)]
    for count, moment in enumerate(moments, 1):
        kept = count * rule.kept_percent // 100 > (count - 1) * rule.kept_percent // 100
        yield Stretch(
            moment.replace(tzinfo=here).astimezone(UTC),
            (moment + length).replace(tzinfo=here).astimezone(UTC),
            WINDOW if kept else ANY,
            rule.cool_down_minutes,
        )


def _starts(rule: Rule, day: date, length: timedelta) -> Iterable[datetime]:
    """Every start of a shift; after a break the times count from its end."""
    moment, last = datetime.combine(day, rule.starts), datetime.combine(day, rule.ends)
    while moment + length <= last:
        pause = _break(rule, day)
        if pause and moment < pause[1] and moment + length > pause[0]:
            moment = pause[1]
            continue
        yield moment
        moment += length


def _break(rule: Rule, day: date) -> tuple[datetime, datetime] | None:
    if rule.break_starts is None or rule.break_ends is None:
        return None
    return datetime.combine(day, rule.break_starts), datetime.combine(day, rule.break_ends)


def _fits(rule: Rule, moment: datetime, length: timedelta, opening: Opening) -> bool:
    return opening[0] <= moment.time() and moment + length <= datetime.combine(moment.date(), opening[1])


def _without_overlaps(stretches: Iterable[Stretch]) -> list[Stretch]:
    kept: list[Stretch] = []
    for stretch in stretches:
        if not kept or stretch.starts_at >= kept[-1].ends_at:
            kept.append(stretch)
    return kept


def extras_shut(existing: Iterable[Standing], away: Sequence[tuple[date, date]], house: House) -> frozenset[int]:
    """The extra visits that cannot take place: the doctor is away that day, or the clinic has closed it."""
    here = ZoneInfo(house.zone)
    days = {one.id: one.starts_at.astimezone(here).date() for one in existing if one.channel == EXTRA}
    return frozenset(
        ident
        for ident, day in days.items()
        if any(first <= day <= last for first, last in away) or house.exceptions.get(day, True) is None
    )


def compare(existing: Iterable[Standing], wanted: Iterable[Stretch], shut: frozenset[int] = frozenset()) -> Difference:
    """What has to happen so that `existing` agrees with `wanted`, without touching what is held or booked.

    Extra visits stand outside the rules; `shut` are those that cannot take place all the same.
    """
    live, offered = list(existing), {(one.starts_at, one.ends_at): one for one in wanted}
    surplus = [one for one in live if _is_surplus(one, offered, shut)]
    vanish = tuple(one for one in surplus if not one.is_bound)
    gone = {one.id for one in vanish}
    stays = sorted((one for one in live if one.id not in gone), key=lambda one: one.starts_at)
    known = {(one.starts_at, one.ends_at) for one in stays}
    starts = [one.starts_at for one in stays]
    appear = (one for key, one in offered.items() if key not in known and not _overlaps(one, stays, starts))
    pairs = [(one, offered[one.starts_at, one.ends_at]) for one in stays if (one.starts_at, one.ends_at) in offered]
    pairs += [(one, _as_it_stands(one)) for one in stays if one.channel == EXTRA and one.id not in shut]
    return Difference(
        tuple(sorted(appear)),
        vanish,
        tuple(one for one in surplus if one.is_bound),
        tuple((old, new) for old, new in pairs if _differs(old, new)),
    )


def _is_surplus(one: Standing, offered: Mapping[tuple[datetime, datetime], Stretch], shut: frozenset[int]) -> bool:
    if one.channel == EXTRA:
        return one.id in shut
    return (one.starts_at, one.ends_at) not in offered


def _as_it_stands(one: Standing) -> Stretch:
    return Stretch(one.starts_at, one.ends_at, one.channel, one.cool_down_minutes)


def _overlaps(one: Stretch, stays: Sequence[Standing], starts: Sequence[datetime]) -> bool:
    place = bisect_left(starts, one.ends_at)
    return place > 0 and stays[place - 1].ends_at > one.starts_at


def _differs(old: Standing, new: Stretch) -> bool:
    if old.channel == EXTRA and new.channel != EXTRA:
        return False
    return (old.channel, old.cool_down_minutes, old.is_closing) != (new.channel, new.cool_down_minutes, False)
