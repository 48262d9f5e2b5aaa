"""Recounting: the day counts held against the journal, and made anew from it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kiosk.clinic.day_counts import COUNTS, FROM_JOURNAL, HAPPENED, Place, add, house_of, names_of, place_of
from kiosk.clinic.journal import JournalEntry as Entry

_COLUMNS = (
    Entry.organisation_id,
    Entry.at,
    Entry.event,
    Entry.ground,
    Entry.step,
    Entry.seconds,
    Entry.kiosk_id,
    Entry.doctor_id,
    Entry.channel,
    Entry.language,
    Entry.details["building"].as_integer().label("building_id"),
)


def differing(session: Session, organisation_id: int) -> list[Place]:
    """The places whose counts are not what the journal says."""
    said, kept = _said(session, organisation_id), dict(_kept(session, organisation_id))
    return sorted(place for place in said.keys() | kept.keys() if said.get(place) != kept.get(place))


def recount(session: Session, organisation_id: int) -> None:
    """Make the counts that come from the journal anew; what only visits know stays."""
    mine = update(COUNTS).where(COUNTS.c.organisation_id == organisation_id)
    session.execute(mine.values(dict.fromkeys(FROM_JOURNAL, 0)))
    for place, counts in _said(session, organisation_id).items():
        add(session, place, counts)


def _said(session: Session, organisation_id: int) -> dict[Place, Counter[str]]:
    houses: dict[Any, tuple[int, str]] = {}
    counts: dict[Place, Counter[str]] = {}
    query = select(*_COLUMNS).where(Entry.organisation_id == organisation_id, Entry.event.in_((*HAPPENED, "refused")))
    for row in session.execute(query.execution_options(yield_per=5000)):
        which = (row.kiosk_id, row.doctor_id, row.building_id)
        if which not in houses:
            houses[which] = house_of(session, *which)
        place = place_of(row, *houses[which])
        counts.setdefault(place, Counter()).update(names_of(row.event, row.ground, row.step, row.seconds))
    return counts


def _kept(session: Session, organisation_id: int) -> Iterator[tuple[Place, Counter[str]]]:
    for row in session.execute(select(COUNTS).where(COUNTS.c.organisation_id == organisation_id)).mappings():
        counts = Counter({name: row[name] for name in FROM_JOURNAL if row[name]})
        if counts:
            yield Place(*(row[name] for name in Place._fields)), counts
