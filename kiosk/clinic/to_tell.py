"""Who is to be told: every change by staff of somebody's appointment, until the person has heard of it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from kiosk.clinic.appointments import Appointment
from kiosk.clinic.names import Names
from kiosk.clinic.people import Patient
from kiosk.database import Base, Instant

MOVED, CANCELLED, CHANGED = "moved", "cancelled", "changed"
WAITING, TOLD, REPLACED = "waiting", "told", "replaced"
PHONE, KIOSK = "phone", "kiosk"
# Why a booking that stands is "changed"; any other reason says why the doctor does not receive at its time.
KIND, DOCTOR, PLACE, STANDS = "kind", "doctor", "place", "stands"
_MILD = (KIND, DOCTOR, PLACE)  # the later, the graver
WHERE = ("room", "floor", "building_id", "address")
SCHEDULE, PUBLICATION = "schedule", "publication"


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
    def names_before(self) -> Names:
        """The doctor's names as they were."""
        plain = self.before.get("doctor")
        return Names(**plain) if plain else self.appointment.doctor.names

    @property
    def kind_before(self) -> str:
        """The doctor's kind as it was."""
        return str(self.before.get("kind") or self.appointment.doctor_kind)

    @property
    def address_before(self) -> Names:
        """The building's address as it was."""
        plain = self.before.get("address")
        return Names(**plain) if plain else self.appointment.doctor.building.address

    @property
    def is_elsewhere(self) -> bool:
        """Whether the booking that stands is at another place than it was."""
        now = facts_of(self.stands) if self.stands else self.before
        return any(self.before.get(name, now[name]) != now[name] for name in WHERE)

    @property
    def is_in_doubt(self) -> bool:
        """Whether the booking still stands although the doctor does not receive at its time any more."""
        return self.what == CHANGED and self.reason not in (*_MILD, STANDS)

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
    """Enter a change by staff on the list, inside the transaction that makes it.

    Another room or name never hides a graver change that nobody has told yet.
    """
    earlier = _untold(session, old)
    graver = earlier if earlier and not _is_graver(change, earlier) else change
    follows = earlier is not None and earlier.appointment_id != old.id
    entry = ToTell(
        organisation_id=organisation_id,
        patient_id=old.patient_id,
        appointment_id=earlier.appointment_id if earlier else old.id,
        new_appointment_id=new.id if new else old.id if follows else None,
        what=graver.what,
        reason=graver.reason,
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


def _is_graver(change: Change, earlier: ToTell) -> bool:
    if change.reason not in _MILD:
        return True
    both_mild = earlier.what == CHANGED and earlier.reason in _MILD
    return both_mild and _MILD.index(change.reason) > _MILD.index(earlier.reason)


def facts_of(appointment: Appointment) -> dict[str, Any]:
    """When, with whom and where an appointment is, as it stands now."""
    doctor = appointment.doctor
    return {
        "starts_at": appointment.starts_at.isoformat(),
        "doctor_id": doctor.id,
        "kind": doctor.kind,
        "room": doctor.room,
        "floor": doctor.floor,
        "building_id": doctor.building_id,
        "doctor": asdict(doctor.names),
        "address": asdict(doctor.building.address),
    }


def note_all(
    session: Session, organisation_id: int, change: Change, appointments: list[Appointment], now: datetime
) -> list[ToTell]:
    """Enter the same change of several bookings that stand."""
    return [note(session, organisation_id, change, one, None, now) for one in appointments]


def no_longer(session: Session, old: Appointment) -> None:
    """The patient has given this booking up: nobody needs to hear any more what staff changed about it."""
    earlier = _untold(session, old)
    if earlier:
        earlier.status = REPLACED


def entries_of(appointment: Appointment) -> Any:
    """The query of what was entered about this appointment, or led to it, and was not replaced."""
    return select(ToTell).where(
        ToTell.patient_id == appointment.patient_id,
        ToTell.status != REPLACED,
        (ToTell.new_appointment_id == appointment.id) | (ToTell.appointment_id == appointment.id),
    )


def _untold(session: Session, old: Appointment) -> ToTell | None:
    return session.scalars(entries_of(old).where(ToTell.status == WAITING).order_by(ToTell.id.desc())).first()


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
