"""Bookings whose doctor does not receive at their time any more, and those whose doctor does after all."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.clinic.appointments import Appointment
from kiosk.clinic.schedule import Absence
from kiosk.clinic.to_tell import (
    CHANGED,
    MOVED,
    PLACE,
    REPLACED,
    SCHEDULE,
    STANDS,
    TOLD,
    WHERE,
    Change,
    ToTell,
    entries_of,
    facts_of,
    note,
)


def doubt(session: Session, appointments: list[Appointment], made_by: str, now: datetime) -> None:
    """The doctor does not receive at these times any more: the patients hear of it even if nobody moves them."""
    for one in appointments:
        change = Change(CHANGED, reason_for(session, one), made_by)
        note(session, one.doctor.organisation_id, change, one, None, now)


def trust(session: Session, appointments: list[Appointment], made_by: str, now: datetime) -> None:
    """The doctor receives at these times after all: who has heard the doubt hears that too, the others need not."""
    for one in appointments:
        last = session.scalars(entries_of(one).order_by(ToTell.id.desc())).first()
        if last is None or not last.is_in_doubt:
            continue
        left = _left_to_tell(last, one)
        last.status = last.status if last.status == TOLD else REPLACED
        session.flush()
        if left:
            entry = note(session, one.doctor.organisation_id, Change(*left, made_by), one, None, now)
            entry.appointment_id, entry.before = last.appointment_id, last.before
            entry.new_appointment_id = last.new_appointment_id
    session.flush()


def _left_to_tell(doubted: ToTell, appointment: Appointment) -> tuple[str, str] | None:
    """What remains to be said once a doubt is over."""
    if doubted.status == TOLD:
        return CHANGED, STANDS
    if doubted.new_appointment_id is not None:
        return MOVED, SCHEDULE
    present = facts_of(appointment)
    elsewhere = any(doubted.before.get(name) != present[name] for name in WHERE[:3])
    return (CHANGED, PLACE) if elsewhere else None


def reason_for(session: Session, appointment: Appointment) -> str:
    """Why the doctor does not receive at that time: the absence's reason, else a changed schedule."""
    day = appointment.starts_at.astimezone(ZoneInfo(appointment.doctor.building.zone)).date()
    query = select(Absence.reason).where(
        Absence.doctor_id == appointment.doctor_id, Absence.first_day <= day, Absence.last_day >= day
    )
    return session.scalars(query.order_by(Absence.id)).first() or SCHEDULE
