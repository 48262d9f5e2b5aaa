"""Counts over the journal: does the service keep its ten minutes, and where do people get no further?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from kiosk.clinic.calls import HelpCall
from kiosk.clinic.journal import NUMBERED, JournalEntry
from kiosk.clinic.journal_search import Scope, bounds, during, within
from kiosk.clinic.places import Building, Kiosk
from kiosk.clinic.schedule import FREE, WITHDRAWN, Doctor, Slot

ANSWERS = (*NUMBERED, "no_free_time")
STEPS_OF_TIME = (60, 120, 180, 300, 600)


@dataclass(frozen=True)
class Cut:
    """Which part of the journal is counted: days of the wall, both included, and where, how, in which language."""

    first: date
    last: date
    kiosk_id: int | None = None
    channel: str = ""
    language: str = ""


@dataclass(frozen=True)
class Figures:
    """The counts; `times` has one number for each of STEPS_OF_TIME and one for everything longer."""

    events: Counter[str]
    times: tuple[int, ...]
    grounds: Counter[int]
    left_at: Counter[str]
    channels: Counter[str]
    languages: Counter[str]

    @property
    def answered(self) -> int:
        """Answers given after an identification."""
        return sum(self.times)

    @property
    def within_limit(self) -> int:
        """Answers given within the standard's ten minutes (row 3)."""
        return sum(self.times[:-1])

    @property
    def share_within(self) -> float | None:
        """Their share in per cent; None where nobody was answered yet."""
        return 100 * self.within_limit / self.answered if self.answered else None


@dataclass(frozen=True)
class CallFigures:
    """Calls for help: how many, how many somebody came to, and after how many seconds (median)."""

    asked: int
    came: int
    in_time: int
    median_seconds: int | None


@dataclass(frozen=True)
class Fullness:
    """A doctor's coming days: how many have times, and how many of those have none left."""

    doctor: Doctor
    days: int
    full: int


def count(session: Session, scope: Scope, cut: Cut) -> Figures:
    """Everything that the journal tells of this cut, in one pass."""
    bucket = case(*[(JournalEntry.seconds <= step, index) for index, step in enumerate(STEPS_OF_TIME)], else_=5)
    entry = JournalEntry
    columns = (entry.event, entry.ground, entry.step, entry.channel, entry.language)
    timed = case((entry.seconds.is_(None), None), else_=bucket)
    query = select(*columns, timed, func.count()).where(*within(scope), *_cut(scope, cut)).group_by(*columns, timed)
    return _summed([(*row,) for row in session.execute(query)])


def count_calls(session: Session, scope: Scope, cut: Cut) -> CallFigures:
    """The calls for help of this cut."""
    begin, end = bounds(scope, cut.first, cut.last)
    query = select(HelpCall).join(Kiosk, HelpCall.kiosk_id == Kiosk.id).join(Building, Kiosk.building_id == Building.id)
    query = query.where(
        Building.organisation_id == scope.organisation_id, HelpCall.asked_at >= begin, HelpCall.asked_at < end
    )
    if scope.building_id is not None:
        query = query.where(Building.id == scope.building_id)
    if cut.kiosk_id is not None:
        query = query.where(Kiosk.id == cut.kiosk_id)
    calls = [one for one in session.scalars(query) if cut.language in ("", one.language)]
    waits = [(one.coming_at - one.asked_at).total_seconds() for one in calls if one.coming_at]
    patience = {one.kiosk_id: one.kiosk.effective_settings().help_patience for one in calls}
    in_time = sum(
        (one.coming_at - one.asked_at).total_seconds() < patience[one.kiosk_id] for one in calls if one.coming_at
    )
    return CallFigures(len(calls), len(waits), in_time, int(median(waits)) if waits else None)


def fullness(session: Session, doctors: Sequence[Doctor], begin: datetime, end: datetime) -> list[Fullness]:
    """For each doctor the days between two instants that have times, and those among them without a free one.

    Days are counted in UTC, which in Kazakhstan (UTC+5) is the wall's day from five in the morning on.
    """
    day, free = func.date(Slot.starts_at), func.sum(case((Slot.status == FREE, 1), else_=0))
    query = select(Slot.doctor_id, free).where(Slot.starts_at >= begin, Slot.starts_at < end, Slot.status != WITHDRAWN)
    days: Counter[int] = Counter()
    full: Counter[int] = Counter()
    for doctor_id, left in session.execute(query.group_by(Slot.doctor_id, day)):
        days[doctor_id] += 1
        full[doctor_id] += left == 0
    return [Fullness(one, days[one.id], full[one.id]) for one in doctors if one.is_active]


def _cut(scope: Scope, cut: Cut) -> list[ColumnElement[bool]]:
    conditions = during(scope, cut.first, cut.last)
    if cut.kiosk_id is not None:
        conditions.append(JournalEntry.kiosk_id == cut.kiosk_id)
    if cut.channel:
        conditions.append(JournalEntry.channel == cut.channel)
    if cut.language:
        conditions.append(JournalEntry.language == cut.language)
    return conditions


def _summed(rows: Iterable[tuple[str, int | None, str | None, str, str | None, int | None, int]]) -> Figures:
    times = [0] * (len(STEPS_OF_TIME) + 1)
    events: Counter[str] = Counter()
    grounds: Counter[int] = Counter()
    left_at: Counter[str] = Counter()
    channels: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for event, ground, step, channel, language, bucket, number in rows:
        events[event] += number
        if ground is not None:
            grounds[ground] += number
        if event == "gave_up":
            left_at[step or ""] += number
        if event == "booked":
            channels[channel] += number
            languages[language or ""] += number
        if event in ANSWERS and bucket is not None:
            times[bucket] += number
    return Figures(events, tuple(times), grounds, left_at, channels, languages)
