"""Reviews: a person looks again at what the kiosk decided by itself, and may reverse it; the journal only grows."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from kiosk.clinic.journal import Event, JournalEntry, record
from kiosk.clinic.journal_search import Scope, within

REVERSED_HOLDS, REVIEWED_FOR = timedelta(days=1), timedelta(days=14)
PAGE = 30
REASONS = ("register_late", "wrong_person", "served_where_they_live", "other")


class ReviewedAlready(Exception):
    """This refusal was reversed before."""


def recent_refusals(session: Session, scope: Scope, now: datetime) -> list[tuple[JournalEntry, bool]]:
    """The newest refusals of two weeks, at most a page of them, each with whether it was reversed."""
    query = _refusals(scope, now).order_by(JournalEntry.at.desc(), JournalEntry.id.desc())
    gone = _reversed(session, scope.organisation_id, now)
    return [(one, one.entry_number in gone) for one in session.scalars(query.limit(PAGE))]


def waiting(session: Session, scope: Scope, now: datetime) -> int:
    """How many refusals of two weeks nobody has reversed."""
    query = _refusals(scope, now).with_only_columns(func.count())
    gone = _reversed(session, scope.organisation_id, now)
    return session.scalar(query.where(JournalEntry.entry_number.not_in(gone))) or 0


def _refusals(scope: Scope, now: datetime) -> Select[JournalEntry]:
    return _since(scope.organisation_id, now - REVIEWED_FOR, "refused").where(*within(scope))


def _since(organisation_id: int, since: datetime, event: str) -> Select[JournalEntry]:
    return select(JournalEntry).where(
        JournalEntry.organisation_id == organisation_id, JournalEntry.event == event, JournalEntry.at >= since
    )


def _reversed(session: Session, organisation_id: int, now: datetime) -> set[int]:
    entries = session.scalars(_since(organisation_id, now - REVIEWED_FOR, "reversed"))
    return {one.details["entry"] for one in entries}


def reverse(
    session: Session, scope: Scope, entry_number: int, reason: str, event: Event, now: datetime
) -> JournalEntry:
    """Reverse one refusal with an entry of its own, which names it; raises LookupError or ReviewedAlready."""
    refusal = session.scalar(_refusals(scope, now).where(JournalEntry.entry_number == entry_number))
    if refusal is None or reason not in REASONS:
        raise LookupError(entry_number)
    if entry_number in _reversed(session, scope.organisation_id, now):
        raise ReviewedAlready
    details = {**event.details, "entry": entry_number, "ground": refusal.ground, "reason": reason}
    event = replace(event, name="reversed", patient_ref=refusal.patient_ref, details=details)
    return record(session, scope.organisation_id, event, now)


def is_let_in(session: Session, organisation_id: int, patient_ref: str, now: datetime) -> bool:
    """Whether a person reversed this patient's refusal within the last day, so that the window may book."""
    query = select(JournalEntry.id).where(
        JournalEntry.organisation_id == organisation_id,
        JournalEntry.at >= now - REVERSED_HOLDS,
        JournalEntry.event == "reversed",
        JournalEntry.patient_ref == patient_ref,
    )
    return session.scalars(query).first() is not None
