"""A slot is taken for an appointment, and given back: single statements, so that the database says who came first."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from kiosk.clinic.obstacles import SlotPast, SlotTaken, VisitEnded
from kiosk.clinic.schedule import BOOKED, EXTRA, FREE, WITHDRAWN, Slot
from kiosk.clinic.visits import VisitRecord


def occupy(session: Session, slot_id: int, visit_id: str | None, now: datetime) -> Slot:
    """Take what this visit holds while it lives; without a visit staff take what nobody alive holds.

    Raises VisitEnded, SlotPast or SlotTaken; then nothing has changed.
    """
    taken = session.execute(
        update(Slot)
        .where(Slot.id == slot_id, Slot.status == FREE, Slot.starts_at > now, *_may_take(visit_id, now))
        .values(status=BOOKED, held_by=None)
        .execution_options(synchronize_session=False)
    )
    slot = session.get(Slot, slot_id, populate_existing=True)
    if taken.rowcount and slot:  # type: ignore[attr-defined]
        return slot
    if visit_id is not None and session.scalar(select(_alive(visit_id, now))) is False:
        raise VisitEnded
    raise SlotPast if slot and slot.starts_at <= now else SlotTaken


def give_back(session: Session, slot_id: int, now: datetime) -> None:
    """Free a booked slot: at rest for its cool-down, or withdrawn where no rule offers it any more."""
    slot = session.get_one(Slot, slot_id, populate_existing=True)
    ends = slot.is_closing or slot.channel == EXTRA
    rest = timedelta(minutes=slot.cool_down_minutes)
    session.execute(
        update(Slot)
        .where(Slot.id == slot.id, Slot.status == BOOKED)
        .values(status=WITHDRAWN if ends else FREE, reopens_at=now + rest if rest and not ends else None)
        .execution_options(synchronize_session=False)
    )
    session.flush()


def _may_take(visit_id: str | None, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Both visits and staff take only what rules still offer."""
    if visit_id is not None:
        return (Slot.held_by == visit_id, _alive(visit_id, now), Slot.is_closing.is_(False))
    held = select(VisitRecord.id).where(VisitRecord.id == Slot.held_by, VisitRecord.alive_until > now).exists()
    return (~held, Slot.is_closing.is_(False))


def _alive(visit_id: str, now: datetime) -> ColumnElement[bool]:
    return select(VisitRecord.id).where(VisitRecord.id == visit_id, VisitRecord.alive_until > now).exists()
