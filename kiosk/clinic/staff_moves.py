"""Moves by staff: patients of an absent doctor go to the nearest free time, each in a transaction of its own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.clinic.appointments import Appointment, find_by_ref
from kiosk.clinic.booking import Act, cancel, move
from kiosk.clinic.in_doubt import reason_for, trust
from kiosk.clinic.journal import Event
from kiosk.clinic.moving import proposals
from kiosk.clinic.obstacles import AppointmentUnknown, Obstacle, SlotUnknown
from kiosk.clinic.people import Patient
from kiosk.clinic.publishing import publish_ahead
from kiosk.clinic.schedule import EXTRA, Slot
from kiosk.clinic.to_tell import SCHEDULE
from kiosk.database import settle, transaction

CHANNEL = "staff"


@dataclass(frozen=True)
class Mover:
    """Who moves: the ref and role of a member of staff, and their clock."""

    ref: str
    role: str
    now: Callable[[], datetime]


def move_one(ref: str, slot_id: int, mover: Mover) -> Appointment:
    """Move one appointment to one of the times that are proposed for it; raises an Obstacle."""

    def deed(work: Session) -> Appointment:
        appointment = _coming(work, ref)
        if slot_id not in {one.slot_id for one in proposals(work, appointment, mover.now(), 60)}:
            raise SlotUnknown
        return move(work, ref, slot_id, _act(work, appointment, mover), True)

    return settle(deed)


def cancel_one(ref: str, mover: Mover) -> Appointment:
    """Cancel one appointment; raises an Obstacle."""
    return settle(lambda work: cancel(work, ref, _act(work, _coming(work, ref), mover), True))


def may_keep(session: Session, appointment: Appointment) -> bool:
    """Whether the doctor is there at that time, only by no rule any more: then it may stay as an extra visit."""
    return appointment.doctor.is_active and reason_for(session, appointment) == SCHEDULE


def keep_one(session: Session, ref: str, mover: Mover) -> Appointment:
    """Let a booking stand as an extra visit, outside the rules; whoever heard a doubt hears that it is over."""
    appointment = _coming(session, ref)
    if not may_keep(session, appointment):
        raise SlotUnknown
    slot = session.get_one(Slot, appointment.slot_id)
    slot.channel, slot.is_closing = EXTRA, False
    trust(session, [appointment], mover.ref, mover.now())
    publish_ahead(session, appointment.doctor.organisation_id, mover.now(), [appointment.doctor_id], mover.ref)
    return appointment


def move_nearest(ref: str, mover: Mover) -> Appointment | None:
    """Move one appointment to the nearest time that can be got, or None where there is none."""
    with transaction() as work:
        offered = [one.slot_id for one in proposals(work, _coming(work, ref), mover.now(), 12)]
    for slot_id in offered:
        try:
            return move_one(ref, slot_id, mover)
        except Obstacle:
            continue
    return None


def _coming(session: Session, ref: str) -> Appointment:
    appointment = find_by_ref(session, ref)
    if appointment is None:
        raise AppointmentUnknown
    return appointment


def _act(session: Session, appointment: Appointment, mover: Mover) -> Act:
    patient = session.get_one(Patient, appointment.patient_id)
    reason = reason_for(session, appointment)
    details = {"staff": mover.ref, "role": mover.role, "reason": reason}
    event = Event("moved", channel=CHANNEL, patient_ref=patient.ref, details=details)
    act = Act(appointment.doctor.organisation_id, f"staff {mover.ref}", patient, patient, event, mover.now(), mover.ref)
    return replace(act, reason=reason)
