"""book(), move(), cancel(): the transactions that matter; what must never happen the database itself refuses."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kiosk.clinic import journal, to_tell
from kiosk.clinic.appointments import BOOKED, CANCELLED, MOVED, Appointment, active_appointments, find_by_ref
from kiosk.clinic.obstacles import (
    AlreadyBooked,
    AppointmentStarted,
    AppointmentUnknown,
    CardNeeded,
    Obstacle,
    PatientBusy,
    SlotPast,
    SlotTaken,
)
from kiosk.clinic.occupancy import give_back, occupy
from kiosk.clinic.people import Patient
from kiosk.clinic.schedule import BOOKED as SLOT_BOOKED
from kiosk.clinic.schedule import EXTRA, Slot
from kiosk.database import violated

__all__ = [
    "BOOKED",
    "CANCELLED",
    "MOVED",
    "REFUSALS",
    "Act",
    "Appointment",
    "active_appointments",
    "book",
    "book_extra",
    "cancel",
    "find_by_ref",
    "find_made",
    "move",
]


REFUSALS: dict[str, type[Obstacle]] = {
    "uq_appointment_active_slot": SlotTaken,
    "uq_appointment_active_kind": AlreadyBooked,
    "appointment_patient_overlap": PatientBusy,
}


@dataclass(frozen=True)
class Act:
    """Who does it, for whom, from where and when: what every booking transaction is told.

    With `by_staff` a member of staff acts (`visit_id` is then no visit's, only theirs): a free slot is taken without a
    hold, and whoever is not `in_person` (at the window, on the phone) has to be told of what changed, and why.
    """

    organisation_id: int
    visit_id: str
    patient: Patient
    actor: Patient
    event: journal.Event
    now: datetime
    by_staff: str | None = None
    in_person: bool = False
    reason: str = ""

    @property
    def holder(self) -> str | None:
        """The visit whose hold is turned into an appointment; None for staff, who need none."""
        return None if self.by_staff is not None else self.visit_id


def book(session: Session, slot_id: int, act: Act) -> Appointment:
    """Turn the visit's hold into an appointment and its journal entry; the same visit booking twice books once.

    Raises SlotTaken, AlreadyBooked, PatientBusy or VisitEnded; then nothing has changed.
    """
    _queue(session, act)
    before = find_made(session, slot_id, act)
    if before is not None:
        return before
    slot = occupy(session, slot_id, act.holder, act.now)
    _close_past(session, act)
    return _insert(session, slot, act, "booked")


def move(session: Session, ref: str, slot_id: int, act: Act, may_change_earlier: bool) -> Appointment:
    """Give up one appointment for the held slot, in one transaction: the old time goes only if the new one came."""
    _queue(session, act)
    before = find_made(session, slot_id, act)
    if before is not None:
        return before
    old = _changeable(session, ref, act, may_change_earlier)
    slot = occupy(session, slot_id, act.holder, act.now)
    _set_status(session, old, MOVED, act.now)
    _close_past(session, act)
    made = _insert(session, slot, act, "moved", {"from": old.starts_at.isoformat(), "from_entry": old.entry_number})
    _note(session, act, to_tell.MOVED, old, made)
    return made


def cancel(session: Session, ref: str, act: Act, may_change_earlier: bool) -> Appointment:
    """Cancel an appointment and free its slot; cancelling a cancelled one is answered with it."""
    _queue(session, act)
    appointment = _find(session, ref, act)
    if appointment.status == CANCELLED:
        return appointment
    appointment = _changeable(session, ref, act, may_change_earlier)
    _set_status(session, appointment, CANCELLED, act.now)
    event = replace(
        act.event,
        name="cancelled",
        doctor_id=appointment.doctor_id,
        starts_at=appointment.starts_at,
        details={**act.event.details, "entry": appointment.entry_number},
    )
    journal.record(session, act.organisation_id, event, act.now)
    _note(session, act, to_tell.CANCELLED, appointment, None)
    return appointment


def book_extra(session: Session, doctor_id: int, starts_at: datetime, minutes: int, act: Act) -> Appointment:
    """Book a deliberate extra visit: it brings its own slot, for a stretch in which the doctor has none.

    Raises SlotPast, SlotTaken where the doctor's time overlaps, AlreadyBooked or PatientBusy.
    """
    if starts_at <= act.now:
        raise SlotPast
    _queue(session, act)
    slot = Slot(
        doctor_id=doctor_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        status=SLOT_BOOKED,
        channel=EXTRA,
    )
    session.add(slot)
    try:
        session.flush()
    except IntegrityError as error:
        raise SlotTaken from error
    _close_past(session, act)
    return _insert(session, slot, act, "booked", {"extra": True})


def _note(session: Session, act: Act, what: str, old: Appointment, new: Appointment | None) -> None:
    if act.by_staff is not None:
        change = to_tell.Change(what, act.reason, act.by_staff, act.in_person, act.event.channel)
        to_tell.note(session, act.organisation_id, change, old, new, act.now)
    else:
        to_tell.no_longer(session, old)


def _queue(session: Session, act: Act) -> None:
    """Whatever changes one patient's appointments queues at the patient's row: what is read after this holds."""
    patient = select(Patient.id).where(Patient.id == act.patient.id)
    session.execute(patient.with_for_update(key_share=True))


def _find(session: Session, ref: str, act: Act) -> Appointment:
    query = select(Appointment).where(Appointment.ref == ref, Appointment.patient_id == act.patient.id)
    appointment = session.scalar(query.execution_options(populate_existing=True))
    if appointment is None:
        raise AppointmentUnknown
    return appointment


def _changeable(session: Session, ref: str, act: Act, may_change_earlier: bool) -> Appointment:
    appointment = _find(session, ref, act)
    if appointment.status != BOOKED:
        raise AppointmentUnknown
    if appointment.starts_at <= act.now:
        raise AppointmentStarted
    if not may_change_earlier and appointment.booked_in != act.visit_id:
        raise CardNeeded
    return appointment


def find_made(session: Session, slot_id: int, act: Act) -> Appointment | None:
    """The appointment that this very visit has made of this slot."""
    return session.scalar(
        select(Appointment).where(
            Appointment.slot_id == slot_id,
            Appointment.booked_in == act.visit_id,
            Appointment.patient_id == act.patient.id,
            Appointment.status == BOOKED,
        )
    )


def _close_past(session: Session, act: Act) -> None:
    session.execute(
        update(Appointment)
        .where(
            Appointment.patient_id == act.patient.id,
            Appointment.status == BOOKED,
            Appointment.closed_at.is_(None),
            Appointment.ends_at <= act.now,
        )
        .values(closed_at=act.now)
    )


def _set_status(session: Session, appointment: Appointment, status: str, now: datetime) -> None:
    appointment.status = status
    give_back(session, appointment.slot_id, now)


def _insert(session: Session, slot: Slot, act: Act, name: str, details: dict[str, object] | None = None) -> Appointment:
    event = replace(act.event, name=name, doctor_id=slot.doctor_id, starts_at=slot.starts_at)
    event = replace(event, details={**act.event.details, **(details or {})})
    entry = journal.record(session, act.organisation_id, event, act.now)
    appointment = Appointment(
        ref=secrets.token_urlsafe(16),
        slot_id=slot.id,
        patient_id=act.patient.id,
        actor_id=act.actor.id,
        doctor_id=slot.doctor_id,
        doctor_kind=slot.doctor.kind,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        status=BOOKED,
        entry_number=entry.entry_number,
        channel=event.channel,
        booked_at=act.now,
        booked_in=act.visit_id,
    )
    session.add(appointment)
    try:
        session.flush()
    except IntegrityError as error:
        raise REFUSALS.get(violated(error), SlotTaken) from error
    return appointment
