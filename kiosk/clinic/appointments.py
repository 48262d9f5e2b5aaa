"""Appointment: a booked visit to a doctor, and how to find one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from kiosk.clinic.schedule import WITHDRAWN, Doctor, Slot
from kiosk.database import Base, Instant

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


def active_appointments(session: Session, patient_id: int, now: datetime) -> list[Appointment]:
    """The patient's coming appointments, earliest first."""
    query = select(Appointment).where(
        Appointment.patient_id == patient_id, Appointment.status == BOOKED, Appointment.ends_at > now
    )
    return list(session.scalars(query.order_by(Appointment.starts_at)))


def find_by_ref(session: Session, ref: str) -> Appointment | None:
    """The appointment of this ref."""
    return session.scalar(select(Appointment).where(Appointment.ref == ref))


def to_be_moved(session: Session, doctor_ids: list[int], now: datetime) -> list[Appointment]:
    """The coming appointments on slots that no rule offers any more, by doctor and time."""
    query = select(Appointment).join(Slot, Slot.id == Appointment.slot_id)
    query = query.where(
        Slot.doctor_id.in_(doctor_ids), Slot.is_closing, Appointment.status == BOOKED, Appointment.starts_at > now
    )
    return list(session.scalars(query.order_by(Appointment.doctor_id, Appointment.starts_at)))


def booked_on(session: Session, slot_ids: list[int]) -> list[Appointment]:
    """The standing appointments on these slots, in order of time."""
    query = select(Appointment).where(Appointment.slot_id.in_(slot_ids), Appointment.status == BOOKED)
    return list(session.scalars(query.order_by(Appointment.starts_at)))


def coming_with(session: Session, doctor_id: int, now: datetime) -> list[Appointment]:
    """Everybody's coming appointments with one doctor."""
    query = select(Appointment).where(
        Appointment.doctor_id == doctor_id, Appointment.status == BOOKED, Appointment.starts_at > now
    )
    return list(session.scalars(query.order_by(Appointment.starts_at)))


def coming_in(session: Session, building_id: int, now: datetime) -> list[Appointment]:
    """Everybody's coming appointments in one building."""
    query = select(Appointment).join(Doctor, Doctor.id == Appointment.doctor_id)
    query = query.where(Doctor.building_id == building_id, Appointment.status == BOOKED, Appointment.starts_at > now)
    return list(session.scalars(query.order_by(Appointment.starts_at)))


def slots_between(
    session: Session, doctor_ids: list[int], begin: datetime, end: datetime
) -> list[tuple[Slot, Appointment | None]]:
    """Every live slot of these doctors in a stretch of time, in order, each with its standing appointment."""
    query = (
        select(Slot, Appointment)
        .outerjoin(Appointment, (Appointment.slot_id == Slot.id) & (Appointment.status == BOOKED))
        .where(Slot.doctor_id.in_(doctor_ids), Slot.status != WITHDRAWN, Slot.starts_at >= begin, Slot.starts_at < end)
    )
    return [(slot, booked) for slot, booked in session.execute(query.order_by(Slot.starts_at))]
