"""book(), move(), cancel(): the transactions that matter; what must never happen the database itself refuses."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from kiosk.clinic import journal
from kiosk.clinic.obstacles import (
    AlreadyBooked,
    AppointmentStarted,
    AppointmentUnknown,
    CardNeeded,
    Obstacle,
    PatientBusy,
    SlotPast,
    SlotTaken,
    VisitEnded,
)
from kiosk.clinic.people import Patient
from kiosk.clinic.schedule import BOOKED as SLOT_BOOKED
from kiosk.clinic.schedule import FREE, Doctor, Slot
from kiosk.clinic.visits import VisitRecord
from kiosk.database import Base, Instant, violated

BOOKED, MOVED, CANCELLED = "booked", "moved", "cancelled"
_ACTIVE = text("status = 'booked' AND closed_at IS NULL")


class Appointment(Base):
    """A booked visit to a doctor; active while booked and not closed, which happens after its time is over.

    Doctor, kind and times repeat the slot's, so that the database can refuse by them.
    """

    __tablename__ = "appointment"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(22), unique=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    doctor_id: Mapped[int] = mapped_column(ForeignKey("doctor.id"))
    doctor_kind: Mapped[str] = mapped_column(String(40))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(String(10), default=BOOKED)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    entry_number: Mapped[int]
    channel: Mapped[str] = mapped_column(String(20), default="kiosk")
    booked_at: Mapped[datetime] = mapped_column(Instant)
    booked_in: Mapped[str | None] = mapped_column(String(64))
    doctor: Mapped[Doctor] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint("status IN ('booked', 'moved', 'cancelled')", name="status"),
        CheckConstraint("starts_at < ends_at", name="order"),
        Index("uq_appointment_active_slot", "slot_id", unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE),
        Index(
            "uq_appointment_active_kind",
            "patient_id",
            "doctor_kind",
            unique=True,
            sqlite_where=_ACTIVE,
            postgresql_where=_ACTIVE,
        ),
        Index("ix_appointment_patient_id_starts_at", "patient_id", "starts_at"),
    )


REFUSALS: dict[str, type[Obstacle]] = {
    "uq_appointment_active_slot": SlotTaken,
    "uq_appointment_active_kind": AlreadyBooked,
    "appointment_patient_overlap": PatientBusy,
}


@dataclass(frozen=True)
class Act:
    """Who does it, for whom, from where and when: what every booking transaction is told."""

    organisation_id: int
    visit_id: str
    patient: Patient
    actor: Patient
    event: journal.Event
    now: datetime


def active_appointments(session: Session, patient_id: int, now: datetime) -> list[Appointment]:
    """The patient's coming appointments, earliest first."""
    query = select(Appointment).where(
        Appointment.patient_id == patient_id, Appointment.status == BOOKED, Appointment.ends_at > now
    )
    return list(session.scalars(query.order_by(Appointment.starts_at)))


def find_by_ref(session: Session, ref: str) -> Appointment | None:
    """The appointment of this ref."""
    return session.scalar(select(Appointment).where(Appointment.ref == ref))


def book(session: Session, slot_id: int, act: Act) -> Appointment:
    """Turn the visit's hold into an appointment and its journal entry; the same visit booking twice books once.

    Raises SlotTaken, AlreadyBooked, PatientBusy or VisitEnded; then nothing has changed.
    """
    before = find_made(session, slot_id, act)
    if before is not None:
        return before
    slot = _occupy(session, slot_id, act)
    _close_past(session, act)
    return _insert(session, slot, act, "booked")


def move(session: Session, ref: str, slot_id: int, act: Act, may_change_earlier: bool) -> Appointment:
    """Give up one appointment for the held slot, in one transaction: the old time goes only if the new one came."""
    before = find_made(session, slot_id, act)
    if before is not None:
        return before
    old = _changeable(session, ref, act, may_change_earlier)
    slot = _occupy(session, slot_id, act)
    _set_status(session, old, MOVED)
    _close_past(session, act)
    return _insert(session, slot, act, "moved", {"from": old.starts_at.isoformat(), "from_entry": old.entry_number})


def cancel(session: Session, ref: str, act: Act, may_change_earlier: bool) -> Appointment:
    """Cancel an appointment and free its slot; cancelling a cancelled one is answered with it."""
    appointment = _find(session, ref, act)
    if appointment.status == CANCELLED:
        return appointment
    appointment = _changeable(session, ref, act, may_change_earlier)
    _set_status(session, appointment, CANCELLED)
    event = replace(
        act.event,
        name="cancelled",
        doctor_id=appointment.doctor_id,
        starts_at=appointment.starts_at,
        details={**act.event.details, "entry": appointment.entry_number},
    )
    journal.record(session, act.organisation_id, event, act.now)
    return appointment


def _find(session: Session, ref: str, act: Act) -> Appointment:
    appointment = session.scalar(
        select(Appointment).where(Appointment.ref == ref, Appointment.patient_id == act.patient.id)
    )
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


def _occupy(session: Session, slot_id: int, act: Act) -> Slot:
    alive = select(VisitRecord.id).where(VisitRecord.id == act.visit_id, VisitRecord.alive_until > act.now).exists()
    taken = session.execute(
        update(Slot)
        .where(Slot.id == slot_id, Slot.status == FREE, Slot.held_by == act.visit_id, Slot.starts_at > act.now, alive)
        .values(status=SLOT_BOOKED, held_by=None)
        .execution_options(synchronize_session=False)
    )
    slot = session.get(Slot, slot_id, populate_existing=True)
    if taken.rowcount and slot:  # type: ignore[attr-defined]
        return slot
    if session.scalar(select(alive)) is False:
        raise VisitEnded
    raise SlotPast if slot and slot.starts_at <= act.now else SlotTaken


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


def _set_status(session: Session, appointment: Appointment, status: str) -> None:
    appointment.status = status
    session.execute(
        update(Slot)
        .where(Slot.id == appointment.slot_id, Slot.status == SLOT_BOOKED)
        .values(status=FREE)
        .execution_options(synchronize_session=False)
    )
    session.flush()


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
