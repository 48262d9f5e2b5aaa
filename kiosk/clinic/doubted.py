"""Doubted documents: what a kiosk may not decide waits here for a person; only that makes a refusal on ground 1."""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, LargeBinary, String, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from kiosk.clinic import journal
from kiosk.clinic.identity import Reading
from kiosk.clinic.legal import edition_on
from kiosk.clinic.people import person_from, remember
from kiosk.clinic.places import Kiosk
from kiosk.clinic.ports import Person, PersonAnswer
from kiosk.database import Base, Instant
from kiosk.sealing import Keys, keyed_hash, seal, unseal

WAITING, REFUSED, DISMISSED = "waiting", "refused", "dismissed"
_WAITING = text("status = 'waiting'")


class DoubtedDocument(Base):
    """One case: a document that the register does not confirm; what it says is sealed, one waits per person.

    `building_id` is where it was presented; None at a window that serves the whole organisation.
    """

    __tablename__ = "doubted_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(22), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kiosk_id: Mapped[int | None] = mapped_column(ForeignKey("kiosk.id"))
    building_id: Mapped[int | None]
    iin_hash: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(20))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(String(10), default=WAITING)
    decided_by: Mapped[str | None] = mapped_column(String(22))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    entry_number: Mapped[int | None]
    kiosk: Mapped[Kiosk | None] = relationship(lazy="joined")

    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'refused', 'dismissed')", name="status"),
        Index(
            "uq_doubted_document_waiting",
            "organisation_id",
            "iin_hash",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )


@dataclass(frozen=True)
class Presented:
    """Where a document was presented: at a kiosk, or at the window of a building or of the whole organisation."""

    organisation_id: int
    building_id: int | None
    kiosk_id: int | None = None


@dataclass(frozen=True)
class Doubt:
    """What the person deciding sees: whose, which document, what the register said against it."""

    person: Person
    kind: str
    number: str
    listed: tuple[dict[str, Any], ...]
    message_id: str


class DecidedAlready(Exception):
    """Somebody else has decided this case."""


def wait_for_staff(
    session: Session,
    keys: Keys,
    place: Presented,
    reason: str,
    reading: Reading,
    answer: PersonAnswer,
    now: datetime,
) -> DoubtedDocument:
    """The waiting case of this person at `place`, with the newest presented document."""
    iin_hash = keyed_hash(keys.iin, reading.iin)
    query = select(DoubtedDocument).where(
        DoubtedDocument.organisation_id == place.organisation_id,
        DoubtedDocument.iin_hash == iin_hash,
        DoubtedDocument.status == WAITING,
    )
    case = session.scalars(query).first()
    if case is None:
        case = DoubtedDocument(ref=secrets.token_urlsafe(16), organisation_id=place.organisation_id, iin_hash=iin_hash)
        session.add(case)
    case.kiosk_id, case.building_id = place.kiosk_id, place.building_id
    case.reason, case.made_at, case.status = reason, now, WAITING
    case.sealed = seal(keys.patient, _plain(reading, answer), f"doubted {case.ref}")
    session.flush()
    return case


def _plain(reading: Reading, answer: PersonAnswer) -> dict[str, Any]:
    person = {**asdict(answer.person), "birth_date": answer.person.birth_date.isoformat(), "children": []}
    listed = [
        {"kind": one.kind, "number": one.number, "status": one.status, "expires": str(one.expires or "")}
        for one in answer.documents
    ]
    return {
        "person": person,
        "kind": reading.kind,
        "number": reading.document_number,
        "listed": listed,
        "message_id": answer.message_id,
    }


def waiting(session: Session, organisation_id: int, building_id: int | None) -> list[DoubtedDocument]:
    """The cases that wait for a decision in an organisation, or in one building of it, oldest first."""
    query = select(DoubtedDocument).where(*_within(organisation_id, building_id), DoubtedDocument.status == WAITING)
    return list(session.scalars(query.order_by(DoubtedDocument.made_at)))


def find_case(session: Session, organisation_id: int, building_id: int | None, ref: str) -> DoubtedDocument | None:
    """The case of this ref in an organisation, or in one building of it."""
    mine = _within(organisation_id, building_id)
    return session.scalar(select(DoubtedDocument).where(DoubtedDocument.ref == ref, *mine))


def _within(organisation_id: int, building_id: int | None) -> list[ColumnElement[bool]]:
    mine = [DoubtedDocument.organisation_id == organisation_id]
    return mine if building_id is None else [*mine, DoubtedDocument.building_id == building_id]


def opened(keys: Keys, case: DoubtedDocument) -> Doubt:
    """What is under the seal of a case."""
    plain = unseal(keys.patient, case.sealed, f"doubted {case.ref}")
    return Doubt(
        person_from(plain["person"]), plain["kind"], plain["number"], tuple(plain["listed"]), plain["message_id"]
    )


def decide(
    session: Session, keys: Keys, case: DoubtedDocument, refused: bool, event: journal.Event, now: datetime
) -> journal.JournalEntry:
    """Refuse on ground 1, or dismiss; the decision is journalled with who made it (`event` says that).

    Raises DecidedAlready when somebody else was faster.
    """
    status = REFUSED if refused else DISMISSED
    made = session.execute(
        update(DoubtedDocument)
        .where(DoubtedDocument.id == case.id, DoubtedDocument.status == WAITING)
        .values(status=status, decided_by=event.details["staff"], decided_at=now)
        .execution_options(synchronize_session=False)
    )
    if not made.rowcount:  # type: ignore[attr-defined]
        raise DecidedAlready
    doubt = opened(keys, case)
    patient = remember(session, keys, doubt.person, now)
    event = replace(event, patient_ref=patient.ref, messages=(doubt.message_id,), kiosk_id=case.kiosk_id)
    event = replace(event, details={**event.details, "reason": case.reason})
    if refused:
        event = replace(event, name="refused", ground=1, text_version=edition_on(now.date()).version)
    else:
        event = replace(event, name="dismissed")
    entry = journal.record(session, case.organisation_id, event, now)
    session.refresh(case)
    case.entry_number = entry.entry_number
    return entry
