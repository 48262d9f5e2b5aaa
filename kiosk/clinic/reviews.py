"""Reviews: a person looks again at what the kiosk decided by itself, and may reverse it; the journal only grows."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.clinic.journal import Event, JournalEntry, record

REVERSED_HOLDS = timedelta(days=1)
REASONS = ("register_late", "wrong_person", "served_where_they_live", "other")


class ReviewedAlready(Exception):
    """This refusal was reversed before."""


def recent_refusals(
    session: Session, organisation_id: int, now: datetime, days: int = 14
) -> list[tuple[JournalEntry, bool]]:
    """The refusals of the last days, newest first, each with whether it was reversed."""
    query = select(JournalEntry).where(
        JournalEntry.organisation_id == organisation_id,
        JournalEntry.at >= now - timedelta(days=days),
        JournalEntry.event.in_(("refused", "reversed")),
    )
    entries = list(session.scalars(query.order_by(JournalEntry.sequence.desc())))
    gone = {one.details.get("entry") for one in entries if one.event == "reversed"}
    return [(one, one.entry_number in gone) for one in entries if one.event == "refused"]


def reverse(
    session: Session, organisation_id: int, entry_number: int, reason: str, event: Event, now: datetime
) -> JournalEntry:
    """Reverse one refusal with an entry of its own, which names it; raises LookupError or ReviewedAlready."""
    known = {one.entry_number: (one, gone) for one, gone in recent_refusals(session, organisation_id, now)}
    if entry_number not in known or reason not in REASONS:
        raise LookupError(entry_number)
    refusal, gone = known[entry_number]
    if gone:
        raise ReviewedAlready
    details = {**event.details, "entry": entry_number, "ground": refusal.ground, "reason": reason}
    event = replace(event, name="reversed", patient_ref=refusal.patient_ref, details=details)
    return record(session, organisation_id, event, now)


def is_let_in(session: Session, organisation_id: int, patient_ref: str, now: datetime) -> bool:
    """Whether a person reversed this patient's refusal within the last day, so that the window may book."""
    query = select(JournalEntry.id).where(
        JournalEntry.organisation_id == organisation_id,
        JournalEntry.at >= now - REVERSED_HOLDS,
        JournalEntry.event == "reversed",
        JournalEntry.patient_ref == patient_ref,
    )
    return session.scalars(query).first() is not None
