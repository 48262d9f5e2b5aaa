"""People: who stands here, judged against the register, and the sealed record of a patient."""

import secrets
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy import LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.clinic.identity import BARCODE, Reading, birth_date
from kiosk.clinic.obstacles import (
    CardItselfNeeded,
    DocumentDiffers,
    DocumentDoubted,
    DocumentExpired,
    DocumentNumberNeeded,
    PersonDeceased,
    PersonUnknown,
)
from kiosk.clinic.ports import LOCAL_LIST, Person, PersonAnswer
from kiosk.database import Base, Instant, put_if_absent
from kiosk.sealing import Keys, keyed_hash, seal, unseal

FULL_AGE = 18


class Patient(Base):
    """A patient at rest: a random ref, a keyed hash to find the row by, and one sealed ciphertext."""

    __tablename__ = "patient"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(22), unique=True)
    iin_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(Instant)


def judge(reading: Reading, answer: PersonAnswer | None, today: date) -> Person:
    """The person whose document this is, by IIN, number and expiry alone; raises what stands in the way.

    Of the registered children only those stay for whom a parent may still act.
    """
    if reading.kind == BARCODE or not reading.document_number:
        raise DocumentNumberNeeded
    if answer is None:
        raise PersonUnknown
    if answer.source == LOCAL_LIST and not answer.documents:
        return _judge_card_alone(reading, answer, today)
    if not answer.alive:
        raise PersonDeceased
    document = next((one for one in answer.documents if one.number == reading.document_number), None)
    if document is None or document.kind != reading.kind:
        raise DocumentDiffers
    if document.status in ("replaced", "invalid"):
        raise DocumentDoubted
    if reading.expires and document.expires and reading.expires != document.expires:
        raise DocumentDiffers
    if document.status == "expired" or (document.expires and document.expires < today):
        raise DocumentExpired
    if document.status != "valid":
        raise DocumentDoubted
    return replace(answer.person, children=minors(answer.person.children, today))


def _judge_card_alone(reading: Reading, answer: PersonAnswer, today: date) -> Person:
    """A list without document numbers leaves the card's own arithmetic and date; typed numbers have neither."""
    if reading.expires is None:
        raise CardItselfNeeded
    if reading.expires < today:
        raise DocumentExpired
    return answer.person


def minors(iins: tuple[str, ...], today: date) -> tuple[str, ...]:
    """Those under 18 by their IIN; one that names no birth date stays."""
    born = {iin: birth_date(iin) for iin in iins}
    return tuple(iin for iin, day in born.items() if day is None or age_on(today, day) < FULL_AGE)


def age_on(day: date, born: date) -> int:
    """Full years on `day`; somebody born on 29 February has the birthday on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def remember(session: Session, keys: Keys, person: Person, now: datetime) -> Patient:
    """The sealed record of `person`, made or brought up to date."""
    patient = find_patient(session, keys, person.iin) or _meet(session, keys, person, now)
    patient.sealed = seal(keys.patient, _plain(person), patient.ref)
    patient.updated_at = now
    session.flush()
    return patient


def _meet(session: Session, keys: Keys, person: Person, now: datetime) -> Patient:
    ref, iin_hash = secrets.token_urlsafe(16), keyed_hash(keys.iin, person.iin)
    sealed = seal(keys.patient, _plain(person), ref)
    put_if_absent(session, Patient, ref=ref, iin_hash=iin_hash, sealed=sealed, updated_at=now)
    return session.scalars(select(Patient).where(Patient.iin_hash == iin_hash)).one()


def find_patient(session: Session, keys: Keys, iin: str) -> Patient | None:
    """The record of this IIN, if there is one."""
    return session.scalar(select(Patient).where(Patient.iin_hash == keyed_hash(keys.iin, iin)))


def open_patient(keys: Keys, patient: Patient) -> Person:
    """The person under the seal."""
    return person_from(unseal(keys.patient, patient.sealed, patient.ref))


def _plain(person: Person) -> dict[str, object]:
    return {**asdict(person), "birth_date": person.birth_date.isoformat(), "children": []}


def person_from(plain: dict[str, object]) -> Person:
    """A Person from the JSON form that a seal holds."""
    born = date.fromisoformat(str(plain["birth_date"]))
    children = tuple(str(child) for child in plain["children"])  # type: ignore[attr-defined]
    return Person(**{**plain, "birth_date": born, "children": children})  # type: ignore[arg-type]
