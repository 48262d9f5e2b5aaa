"""Who is to be told: every change by staff of somebody's appointment, until the person has heard of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from kiosk.clinic.appointments import Appointment
from kiosk.clinic.people import Patient
from kiosk.database import Base, Instant

MOVED, CANCELLED, CHANGED = "moved", "cancelled", "changed"
WAITING, TOLD, REPLACED = "waiting", "told", "replaced"
PHONE, KIOSK = "phone", "kiosk"


class ToTell(Base):
    """One change that a patient has to hear of; `before` is what the appointment was, without the patient.

    A later change of the same appointment replaces what nobody has told yet, and begins where that began.
    """

    __tablename__ = "to_tell"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    new_appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    what: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(20), default="")
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[str] = mapped_column(String(22))
    made_at: Mapped[datetime] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(String(10), default=WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None] = mapped_column(Instant)
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    told_by: Mapped[str | None] = mapped_column(String(22))
    told_how: Mapped[str | None] = mapped_column(String(10))
    patient: Mapped[Patient] = relationship(lazy="joined", innerjoin=True)
    appointment: Mapped[Appointment] = relationship(foreign_keys=[appointment_id], lazy="joined", innerjoin=True)
    new_appointment: Mapped[Appointment | None] = relationship(foreign_keys=[new_appointment_id], lazy="joined")

    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'told', 'replaced')", name="status"),
        CheckConstraint("what IN ('moved', 'cancelled', 'changed')", name="what"),
        CheckConstraint("(status = 'told') = (told_at IS NOT NULL)", name="told"),
        Index("ix_to_tell_organisation_id_status", "organisation_id", "status"),
        Index("ix_to_tell_patient_id_status", "patient_id", "status"),
    )

    @property
    def was_at(self) -> datetime:
        """When the appointment was before the change."""
        return datetime.fromisoformat(self.before["starts_at"])

    @property
    def stands(self) -> Appointment | None:
        """The appointment that holds now, None where there is none any more."""
        return None if self.what == CANCELLED else self.new_appointment or self.appointment


@dataclass(frozen=True)
class Change:
    """What staff did to an appointment, why, who; `in_person` when the patient was there and so has heard it."""

    what: str
    reason: str
    made_by: str
    in_person: bool = False
    channel: str = ""


def note(
    session: Session, organisation_id: int, change: Change, old: Appointment, new: Appointment | None, now: datetime
) -> ToTell:
    """Enter a change by staff on the list, inside the transaction that makes it."""
    earlier = _untold(session, old)
    entry = ToTell(
        organisation_id=organisation_id,
        patient_id=old.patient_id,
        appointment_id=earlier.appointment_id if earlier else old.id,
        new_appointment_id=new.id if new else None,
        what=change.what,
        reason=change.reason,
        before=earlier.before if earlier else facts_of(old),
        made_by=change.made_by,
        made_at=now,
        status=WAITING,
        tries=0,
    )
    if earlier:
        earlier.status = REPLACED
    if change.in_person:
        entry.status, entry.told_at, entry.told_by, entry.told_how = TOLD, now, change.made_by, change.channel
    session.add(entry)
    session.flush()
    return entry


def facts_of(appointment: Appointment) -> dict[str, Any]:
    """When, with whom and where an appointment is, as it stands now."""
    doctor = appointment.doctor
    return {
        "starts_at": appointment.starts_at.isoformat(),
        "doctor_id": doctor.id,
        "room": doctor.room,
        "floor": doctor.floor,
        "building_id": doctor.building_id,
    }


def _untold(session: Session, old: Appointment) -> ToTell | None:
    query = select(ToTell).where(ToTell.patient_id == old.patient_id, ToTell.status == WAITING)
    query = query.where((ToTell.new_appointment_id == old.id) | (ToTell.appointment_id == old.id))
    return session.scalars(query.order_by(ToTell.id.desc())).first()


def waiting_for(session: Session, patient_ids: list[int]) -> list[ToTell]:
    """What these patients have not heard yet, oldest first."""
    query = select(ToTell).where(ToTell.patient_id.in_(patient_ids), ToTell.status == WAITING)
    return list(session.scalars(query.order_by(ToTell.made_at, ToTell.id)))


def waiting_in(session: Session, organisation_id: int) -> list[ToTell]:
    """The call list of an organisation: whoever has the earliest appointment first."""
    query = select(ToTell).where(ToTell.organisation_id == organisation_id, ToTell.status == WAITING)
    return sorted(session.scalars(query), key=lambda one: (one.before["starts_at"], one.id))


def tell(session: Session, ids: list[int], told_by: str, how: str, now: datetime) -> int:
    """Mark waiting entries told; whoever was told already stays as it was. Returns how many were marked."""
    done = session.execute(
        update(ToTell)
        .where(ToTell.id.in_(ids), ToTell.status == WAITING)
        .values(status=TOLD, told_at=now, told_by=told_by, told_how=how)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def not_reached(session: Session, ident: int, now: datetime) -> None:
    """Count one call that reached nobody: the entry goes on waiting."""
    session.execute(
        update(ToTell)
        .where(ToTell.id == ident, ToTell.status == WAITING)
        .values(tries=ToTell.tries + 1, tried_at=now)
        .execution_options(synchronize_session=False)
    )
