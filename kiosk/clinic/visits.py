"""The visit at rest: who it belongs to and how long it lives, with its content as noise to everybody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, false, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.clinic.obstacles import VisitEnded
from kiosk.database import Base, Instant
from kiosk.sealing import Broken, Keys, derive, seal, unseal


class VisitRecord(Base):
    """One visit; `id` is a hash of the cookie's random id, `alive_until` the one clock of visit and hold.

    What is not sealed says nothing of who it is: it lets a dead visit be counted without its cookie (see Outline).
    """

    __tablename__ = "visit"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosk.id"))
    started_at: Mapped[datetime] = mapped_column(Instant)
    alive_until: Mapped[datetime] = mapped_column(Instant, index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(2), default="", server_default="")
    step: Mapped[str] = mapped_column(String(20), default="", server_default="")
    waiting_since: Mapped[datetime | None] = mapped_column(Instant)
    voice: Mapped[bool] = mapped_column(default=False, server_default=false())
    large_type: Mapped[bool] = mapped_column(default=False, server_default=false())
    keys: Mapped[bool] = mapped_column(default=False, server_default=false())


@dataclass(frozen=True)
class Outline:
    """What rests unsealed of a visit: language, step, how long somebody waits for an answer, which help is used.

    `waiting_since` is the identification of a person without an answer yet; `used` are among the counts of use.
    """

    language: str = ""
    step: str = ""
    waiting_since: datetime | None = None
    used: tuple[str, ...] = ()

    def columns(self) -> dict[str, Any]:
        """The columns to set: what was used once in a visit stays used."""
        told = {"language": self.language, "step": self.step, "waiting_since": self.waiting_since}
        return {**told, **dict.fromkeys(self.used, True)}


@dataclass(frozen=True)
class Written:
    """A visit as it is written at an instant: its content, how long it lives from then, and its outline."""

    content: dict[str, Any]
    at: datetime
    life: timedelta
    outline: Outline = Outline()

    def columns(self, key: bytes, ident: str) -> dict[str, Any]:
        """The columns to set, the content sealed under `key` for the row `ident`."""
        sealed = seal(key, self.content, ident)
        return {"sealed": sealed, "alive_until": self.at + self.life, **self.outline.columns()}


def visit_id(token: str) -> str:
    """The row that a visit cookie names."""
    return sha256(f"visit {token}".encode()).hexdigest()


@dataclass(frozen=True)
class Living:
    """A living visit: its content, until when it lives unless it is marked again, whether its keys were noted."""

    content: dict[str, Any]
    alive_until: datetime
    keys: bool = False


def find_living(session: Session, keys: Keys, token: str, kiosk_id: int, now: datetime) -> Living | None:
    """The living visit of this cookie on this kiosk, or None when there is none."""
    row = session.execute(
        select(VisitRecord.id, VisitRecord.sealed, VisitRecord.alive_until, VisitRecord.keys).where(
            VisitRecord.id == visit_id(token), VisitRecord.kiosk_id == kiosk_id, VisitRecord.alive_until > now
        )
    ).one_or_none()
    if row is None:
        return None
    try:
        return Living(unseal(_key(keys, token), row.sealed, row.id), row.alive_until, row.keys)
    except Broken:
        return None


def begin(session: Session, keys: Keys, token: str, kiosk_id: int, written: Written) -> None:
    """Make a visit of this cookie on this kiosk."""
    ident = visit_id(token)
    session.add(
        VisitRecord(id=ident, kiosk_id=kiosk_id, started_at=written.at, **written.columns(_key(keys, token), ident))
    )
    session.flush()


def reread(session: Session, keys: Keys, token: str, now: datetime) -> dict[str, Any]:
    """What is kept of a living visit at this moment, and nobody writes it before this transaction ends.

    Raises VisitEnded for one that is over.
    """
    ident = visit_id(token)
    mine = select(VisitRecord.sealed).where(VisitRecord.id == ident, VisitRecord.alive_until > now)
    sealed = session.scalar(mine.with_for_update(key_share=True))
    if sealed is None:
        raise VisitEnded
    return unseal(_key(keys, token), sealed, ident)


def save(session: Session, keys: Keys, token: str, written: Written) -> None:
    """Keep what is written and mark the visit alive; raises VisitEnded for one that is over: it is never revived."""
    ident = visit_id(token)
    saved = session.execute(
        update(VisitRecord)
        .where(VisitRecord.id == ident, VisitRecord.alive_until > written.at)
        .values(written.columns(_key(keys, token), ident))
    )
    if not saved.rowcount:  # type: ignore[attr-defined]
        raise VisitEnded


def mark_alive(session: Session, token: str, now: datetime, life: timedelta, step: str = "") -> bool:
    """Put the end of a living visit at `now + life`, seen at `step`; False when it is over."""
    seen = {"step": step} if step else {}
    marked = session.execute(
        update(VisitRecord)
        .where(VisitRecord.id == visit_id(token), VisitRecord.alive_until > now)
        .values(alive_until=now + life, **seen)
    )
    return bool(marked.rowcount)  # type: ignore[attr-defined]


def note_keys(session: Session, token: str, now: datetime) -> None:
    """A key of the keypad was pressed in this visit."""
    mine = update(VisitRecord).where(VisitRecord.id == visit_id(token), VisitRecord.alive_until > now)
    session.execute(mine.values(keys=True))


def _key(keys: Keys, token: str) -> bytes:
    return derive(keys.visit + token.encode(), "visit content")
