"""Bookings made on the clinic's own list while the gateway was silent: marked, and checked when it answers again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from kiosk.clinic.attachment import attached_here
from kiosk.clinic.booking import BOOKED, Appointment
from kiosk.clinic.identity import Reading
from kiosk.clinic.obstacles import Obstacle, RegisterSilent
from kiosk.clinic.people import judge
from kiosk.clinic.places import Organisation
from kiosk.clinic.ports import Basis, Registers
from kiosk.clinic.refusals import Refusal
from kiosk.clinic.schedule import Doctor
from kiosk.database import Base, Instant, db, transaction
from kiosk.sealing import Keys, seal, unseal

WAITING, CONFIRMED, DIFFERS = "waiting", "confirmed", "differs"


class UnconfirmedBooking(Base):
    """A mark on one appointment; `sealed` is what was relied upon, and opens only beside its appointment."""

    __tablename__ = "unconfirmed_booking"

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    since: Mapped[datetime] = mapped_column(Instant)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[str] = mapped_column(String(10), default=WAITING)
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    differences: Mapped[list[str]] = mapped_column(JSON, default=list)
    appointment: Mapped[Appointment] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (CheckConstraint("status IN ('waiting', 'confirmed', 'differs')", name="status"),)


@dataclass(frozen=True)
class Relied:
    """What a booking rests on: who was identified by what, who is to be seen; no document where the gateway said so."""

    actor: str
    patient: str
    basis: str
    document: dict[str, Any] | None


def mark(session: Session, keys: Keys, appointment: Appointment, relied: Relied, place: int, now: datetime) -> None:
    """Mark an appointment of the organisation `place` inside the transaction that books it; twice is once."""
    if session.get(UnconfirmedBooking, appointment.id) is None:
        sealed = seal(keys.patient, vars(relied), _bound(appointment))
        session.add(UnconfirmedBooking(appointment_id=appointment.id, organisation_id=place, since=now, sealed=sealed))


def waiting(session: Session, organisation_id: int, building_id: int | None = None) -> list[UnconfirmedBooking]:
    """The standing appointments that still wait for the gateway's word, oldest first; or those of one building."""
    return _standing(session, organisation_id, building_id, WAITING)


def differing(session: Session, organisation_id: int, building_id: int | None = None) -> list[UnconfirmedBooking]:
    """The standing appointments where the gateway said otherwise: for staff to settle with the patient."""
    return _standing(session, organisation_id, building_id, DIFFERS)


@dataclass(frozen=True)
class Rechecked:
    """How many bookings were found as the list said, otherwise, or could not be asked about."""

    confirmed: int
    differing: int
    waiting: int


def recheck_all(keys: Keys, organisation: Organisation, registers: Registers, now: Callable[[], datetime]) -> Rechecked:
    """Ask the gateway about every waiting booking, each kept by itself, until it is silent again.

    A difference is listed for staff; it is never a refusal, and nothing is cancelled by itself.
    """
    code, counts = organisation.code, {CONFIRMED: 0, DIFFERS: 0}
    asked = [(one.appointment_id, _opened(keys, one)) for one in waiting(db.session(), organisation.id)]
    for ident, relied in asked:
        try:
            differences = list(dict.fromkeys(_differences(relied, code, registers, now().date())))
        except RegisterSilent:
            break
        with transaction() as work:
            marked = work.get_one(UnconfirmedBooking, ident)
            marked.status = DIFFERS if differences else CONFIRMED
            marked.differences, marked.checked_at = differences, now()
            counts[marked.status] += 1
    return Rechecked(counts[CONFIRMED], counts[DIFFERS], len(asked) - sum(counts.values()))


def _opened(keys: Keys, marked: UnconfirmedBooking) -> Relied:
    return Relied(**unseal(keys.patient, marked.sealed, _bound(marked.appointment)))


def _differences(relied: Relied, code: str, registers: Registers, day: date) -> Iterator[str]:
    basis = Basis(relied.basis)
    if relied.document:
        try:
            judge(_reading(relied), registers.persons.find_person(relied.actor, basis), day)
        except (Obstacle, Refusal) as reason:
            yield _name(reason)
    try:
        attached_here(registers.attachments.get_attachments(relied.patient, basis), code)
    except (Obstacle, Refusal) as reason:
        yield _name(reason)


def _name(reason: Exception) -> str:
    if isinstance(reason, RegisterSilent):
        raise reason
    return type(reason).__name__


def _reading(relied: Relied) -> Reading:
    document = relied.document or {}
    expires = document.get("expires")
    reading = Reading(document["kind"], relied.actor, document["number"], None)
    return replace(reading, expires=date.fromisoformat(expires)) if expires else reading


def _bound(appointment: Appointment) -> str:
    return f"unconfirmed {appointment.ref}"


def _standing(session: Session, organisation_id: int, building_id: int | None, status: str) -> list[UnconfirmedBooking]:
    query = (
        select(UnconfirmedBooking)
        .join(Appointment, Appointment.id == UnconfirmedBooking.appointment_id)
        .where(
            UnconfirmedBooking.organisation_id == organisation_id,
            UnconfirmedBooking.status == status,
            Appointment.status == BOOKED,
        )
        .order_by(UnconfirmedBooking.since)
    )
    if building_id is not None:
        query = query.join(Doctor, Doctor.id == Appointment.doctor_id).where(Doctor.building_id == building_id)
    return list(session.scalars(query))
