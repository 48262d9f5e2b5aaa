"""Figures: does the service keep its ten minutes, and where do people get no further?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import inf
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from kiosk.clinic.calls import HelpCall
from kiosk.clinic.day_counts import COUNTED, COUNTS, FROM_VISITS, HAPPENED, STEPS, TIMES
from kiosk.clinic.journal import CHANNELS
from kiosk.clinic.journal_search import Scope, bounds
from kiosk.clinic.names import LANGUAGES
from kiosk.clinic.places import Building, Kiosk

CALL_STEPS = (30, 60, 120, 300)
_SPLIT = {"channel": CHANNELS, "language": LANGUAGES}  # by what bookings are told apart


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
    used: Counter[str]

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
    """Calls for help: how many, how many somebody came to, and after how many seconds (median).

    `times` has one number for each stretch of waiting that ends at one of CALL_STEPS (seconds), and one for longer.
    """

    asked: int
    came: int
    in_time: int
    median_seconds: int | None
    times: tuple[int, ...]


def count(session: Session, scope: Scope, cut: Cut) -> Figures:
    """Everything that the day counts tell of this cut, in one pass over them, which needs no sorting."""
    columns = COUNTS.c
    sums = [func.coalesce(func.sum(columns[name]), 0).label(name) for name in COUNTED]
    for one in ("channel", "language"):
        for value in _SPLIT[one]:
            booked = case((columns[one] == value, columns.booked), else_=0)
            sums.append(func.coalesce(func.sum(booked), 0).label(f"{one} {value}"))
    return _summed(session.execute(select(*sums).where(*_cut(scope, cut))).mappings().one())


def count_calls(session: Session, scope: Scope, cut: Cut) -> CallFigures:
    """The calls for help of this cut."""
    begin, end = bounds(scope, cut.first, cut.last)
    query = select(HelpCall.kiosk_id, HelpCall.waited, func.count())
    query = query.join(Kiosk, HelpCall.kiosk_id == Kiosk.id).join(Building, Kiosk.building_id == Building.id)
    query = query.where(
        Building.organisation_id == scope.organisation_id, HelpCall.asked_at >= begin, HelpCall.asked_at < end
    )
    if scope.building_id is not None:
        query = query.where(Building.id == scope.building_id)
    if cut.kiosk_id is not None:
        query = query.where(Kiosk.id == cut.kiosk_id)
    if cut.language:
        query = query.where(HelpCall.language == cut.language)
    return _calls_of(session, session.execute(query.group_by(HelpCall.kiosk_id, HelpCall.waited)).all())


def _calls_of(session: Session, rows: Sequence[Any]) -> CallFigures:
    """From how many calls of each kiosk waited how many seconds; None for those that nobody came to."""
    patience = {ident: _patience(session, ident) for ident in {row[0] for row in rows}}
    waits: Counter[int] = Counter()
    in_time = 0
    for ident, waited, number in rows:
        if waited is not None:
            waits[waited] += number
            in_time += number if waited < patience[ident] else 0
    asked, came = sum(number for _ident, _waited, number in rows), sum(waits.values())
    times = tuple(
        sum(number for waited, number in waits.items() if low <= waited < high)
        for low, high in pairwise((0, *CALL_STEPS, inf))
    )
    return CallFigures(asked, came, in_time, _middle(waits), times)


def _middle(waits: Counter[int]) -> int | None:
    """The lower median of counted seconds."""
    passed, half = 0, (sum(waits.values()) + 1) // 2
    for seconds in sorted(waits):
        passed += waits[seconds]
        if passed >= half:
            return seconds
    return None


def _patience(session: Session, kiosk_id: int) -> int:
    return session.get_one(Kiosk, kiosk_id).effective_settings().help_patience


def _cut(scope: Scope, cut: Cut) -> list[ColumnElement[bool]]:
    columns = COUNTS.c
    wanted = {
        columns.organisation_id: scope.organisation_id,
        columns.building_id: scope.building_id,
        columns.kiosk_id: cut.kiosk_id,
        columns.channel: cut.channel or None,
        columns.language: cut.language or None,
    }
    equal = [column == value for column, value in wanted.items() if value is not None]
    return [columns.day.between(cut.first, cut.last), *equal]


def _summed(whole: Mapping[Any, Any]) -> Figures:
    return Figures(
        events=Counter({name: whole[name] for name in HAPPENED} | {"refused": whole["refused_1"] + whole["refused_2"]}),
        times=tuple(whole[name] for name in TIMES),
        grounds=Counter({1: whole["refused_1"], 2: whole["refused_2"]}),
        left_at=Counter({step: whole[f"left_{step}"] for step in STEPS}),
        channels=Counter({value: whole[f"channel {value}"] for value in CHANNELS}),
        languages=Counter({value: whole[f"language {value}"] for value in LANGUAGES}),
        used=Counter({name: whole[name] for name in FROM_VISITS}),
    )
