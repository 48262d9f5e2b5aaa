"""What staff did, for the journal: who, what, before and after, and never a patient's data."""

from typing import Any

from kiosk.clinic.journal import Event, JournalEntry, record
from kiosk.staff.blueprint import at_my_building, me, now

CHANNEL = "staff"


def changed(work: Any, what: str, before: dict[str, Any], after: dict[str, Any]) -> JournalEntry | None:
    """Journal a change by staff inside its transaction; only what differs is kept, and nothing when nothing does."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    if not keys:
        return None
    return staff_event(
        work,
        "changed",
        what=what,
        before={key: before.get(key) for key in keys},
        after={key: after.get(key) for key in keys},
    )


def looked(work: Any, what: str, **facts: Any) -> JournalEntry:
    """Journal that staff looked at personal data: `what` page, and which entries, by number or ref."""
    return staff_event(work, "looked", what=what, **facts)


def staff_event(work: Any, name: str, **details: Any) -> JournalEntry:
    """Journal one event of the staff door with the ref and role of whoever is signed in."""
    member = me()
    facts = {**details, "staff": member.ref, "role": member.role, **at_my_building()}
    return record(work, member.organisation_id, Event(name, channel=CHANNEL, details=facts), now())
