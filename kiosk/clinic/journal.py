"""The journal: «дәрігердің қабылдауына алдын ала жазылу журналы»; added once, chained, never changed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.clinic.day_counts import count_entry
from kiosk.database import Base, Instant, put_if_absent

NUMBERED = ("booked", "moved", "cancelled", "refused")
STAFF_EVENTS = ("signed_in", "sign_in_failed", "signed_out", "changed", "looked", "told", "reversed", "dismissed")
EVENTS = (*NUMBERED, "identified", "no_free_time", "gave_up", "help_called", "consent_withdrawn", *STAFF_EVENTS)
CHANNELS = ("kiosk", "window", "phone", "staff", "command", "demo")
FIRST_HASH = "0" * 64


class JournalEntry(Base):
    """One row: `sequence` per organisation without gaps; `entry_number` only for what the standard's journal holds."""

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    sequence: Mapped[int]
    entry_number: Mapped[int | None]
    event: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Instant)
    kiosk_id: Mapped[int | None] = mapped_column(ForeignKey("kiosk.id"))
    channel: Mapped[str] = mapped_column(String(20), default="kiosk")
    language: Mapped[str | None] = mapped_column(String(2))
    basis: Mapped[str | None] = mapped_column(String(40))
    ground: Mapped[int | None]
    text_version: Mapped[str | None] = mapped_column(String(80))
    patient_ref: Mapped[str | None] = mapped_column(String(22))
    actor_ref: Mapped[str | None] = mapped_column(String(22))
    doctor_id: Mapped[int | None] = mapped_column(ForeignKey("doctor.id"))
    starts_at: Mapped[datetime | None] = mapped_column(Instant)
    seconds: Mapped[int | None]
    step: Mapped[str | None] = mapped_column(String(20))
    messages: Mapped[list[str]] = mapped_column(JSON, default=list)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    @property
    def list_day(self) -> date | None:
        """The day of the clinic's own list that the entry rests on, if it does."""
        _, found, day = str(self.details.get("source", "")).rpartition("local list of ")
        return date.fromisoformat(day) if found else None

    __table_args__ = (
        UniqueConstraint("organisation_id", "sequence"),
        CheckConstraint(
            "(entry_number IS NOT NULL) = (event IN ('booked', 'moved', 'cancelled', 'refused'))", name="numbered"
        ),
        CheckConstraint(
            "event <> 'refused' OR (ground IS NOT NULL AND ground IN (1, 2) AND text_version IS NOT NULL)",
            name="refused_with_ground",
        ),
        CheckConstraint("event = 'refused' OR ground IS NULL", name="ground_only_refused"),
        Index("ix_journal_organisation_id_at", "organisation_id", "at"),
        Index("ix_journal_organisation_id_event_at", "organisation_id", "event", "at"),
        Index("ix_journal_organisation_id_channel_at", "organisation_id", "channel", "at"),
        Index("ix_journal_organisation_id_doctor_id_at", "organisation_id", "doctor_id", "at"),
        Index("ix_journal_patient_ref", "patient_ref"),
        Index(
            "uq_journal_organisation_id_entry_number",
            "organisation_id",
            "entry_number",
            unique=True,
            sqlite_where=text("entry_number IS NOT NULL"),
            postgresql_where=text("entry_number IS NOT NULL"),
        ),
    )


class JournalHead(Base):
    """Where an organisation's chain ends; the row that writers of one organisation queue at."""

    __tablename__ = "journal_head"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(default=0)
    entry_number: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default=FIRST_HASH)


@dataclass(frozen=True)
class Event:
    """What happened, in words of the clinic and with random refs only: no name, no IIN, no hash of one."""

    name: str
    kiosk_id: int | None = None
    channel: str = "kiosk"
    language: str | None = None
    basis: str | None = None
    ground: int | None = None
    text_version: str | None = None
    patient_ref: str | None = None
    actor_ref: str | None = None
    doctor_id: int | None = None
    starts_at: datetime | None = None
    seconds: int | None = None
    step: str | None = None
    messages: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


def record(session: Session, organisation_id: int, event: Event, now: datetime) -> JournalEntry:
    """Add `event` to the organisation's chain, inside the transaction of what it records."""
    head = _head(session, organisation_id)
    head.sequence += 1
    head.entry_number += event.name in NUMBERED
    facts = {key: value for key, value in vars(event).items() if key not in ("name", "messages")}
    entry = JournalEntry(
        organisation_id=organisation_id,
        sequence=head.sequence,
        entry_number=head.entry_number if event.name in NUMBERED else None,
        event=event.name,
        at=now,
        messages=list(event.messages),
        previous_hash=head.hash,
        **facts,
    )
    entry.hash = head.hash = _hash(entry)
    session.add(entry)
    session.flush()
    count_entry(session, entry)
    return entry


def _head(session: Session, organisation_id: int) -> JournalHead:
    """The end of the chain, locked until the transaction ends; made with the organisation's first entry."""
    lock: dict[str, Any] = {"with_for_update": True, "populate_existing": True}
    head = session.get(JournalHead, organisation_id, **lock)
    if head is None:
        put_if_absent(
            session, JournalHead, organisation_id=organisation_id, sequence=0, entry_number=0, hash=FIRST_HASH
        )
        head = session.get_one(JournalHead, organisation_id, **lock)
    return head


def broken_links(session: Session, organisation_id: int) -> Iterator[int]:
    """The sequence numbers at which the chain does not hold: changed, missing or reordered rows, or a lost tail."""
    expected, previous = 1, FIRST_HASH
    rows = select(JournalEntry).where(JournalEntry.organisation_id == organisation_id)
    for entry in session.scalars(rows.order_by(JournalEntry.sequence).execution_options(yield_per=500)):
        if entry.sequence != expected or entry.previous_hash != previous or entry.hash != _hash(entry):
            yield entry.sequence
        expected, previous = entry.sequence + 1, entry.hash
    head = session.get(JournalHead, organisation_id)
    if ((head.sequence, head.hash) if head else (0, FIRST_HASH)) != (expected - 1, previous):
        yield expected


def _hash(entry: JournalEntry) -> str:
    columns = [column.key for column in JournalEntry.__table__.columns if column.key not in ("id", "hash")]
    canonical = {name: _plain(getattr(entry, name)) for name in columns}
    return sha256(json.dumps(canonical, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value
