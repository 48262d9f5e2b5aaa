"""The visit at rest: who it belongs to and how long it lives, with its content as noise to everybody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.clinic.obstacles import VisitEnded
from kiosk.database import Base, Instant
from kiosk.sealing import Broken, Keys, derive, seal, unseal


class VisitRecord(Base):
    """One visit; `id` is a hash of the cookie's random id, `alive_until` the one clock of visit and hold."""

    __tablename__ = "visit"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosk.id"))
    started_at: Mapped[datetime] = mapped_column(Instant)
    alive_until: Mapped[datetime] = mapped_column(Instant, index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


def visit_id(token: str) -> str:
    """The row that a visit cookie names."""
    return sha256(f"visit {token}".encode()).hexdigest()


@dataclass(frozen=True)
class Living:
    """A living visit: its content, and until when it lives unless it is marked again."""

    content: dict[str, Any]
    alive_until: datetime


def find_living(session: Session, keys: Keys, token: str, kiosk_id: int, now: datetime) -> Living | None:
    """The living visit of this cookie on this kiosk, or None when there is none."""
    row = session.execute(
        select(VisitRecord.id, VisitRecord.sealed, VisitRecord.alive_until).where(
            VisitRecord.id == visit_id(token), VisitRecord.kiosk_id == kiosk_id, VisitRecord.alive_until > now
        )
    ).one_or_none()
    if row is None:
        return None
    try:
        return Living(unseal(_key(keys, token), row.sealed, row.id), row.alive_until)
    except Broken:
        return None


def begin(
    session: Session, keys: Keys, token: str, kiosk_id: int, content: dict[str, Any], now: datetime, life: timedelta
) -> None:
    """Make a visit that lives for `life` from now, and sweep out those that have ended."""
    session.execute(delete(VisitRecord).where(VisitRecord.alive_until <= now))
    ident = visit_id(token)
    sealed = seal(_key(keys, token), content, ident)
    session.add(VisitRecord(id=ident, kiosk_id=kiosk_id, started_at=now, alive_until=now + life, sealed=sealed))
    session.flush()


def save(session: Session, keys: Keys, token: str, content: dict[str, Any], now: datetime, life: timedelta) -> None:
    """Keep `content` and mark the visit alive; raises VisitEnded for one that is over: it is never revived."""
    ident = visit_id(token)
    saved = session.execute(
        update(VisitRecord)
        .where(VisitRecord.id == ident, VisitRecord.alive_until > now)
        .values(sealed=seal(_key(keys, token), content, ident), alive_until=now + life)
    )
    if not saved.rowcount:  # type: ignore[attr-defined]
        raise VisitEnded


def mark_alive(session: Session, token: str, now: datetime, life: timedelta) -> bool:
    """Put the end of a living visit at `now + life`; False when it is over."""
    marked = session.execute(
        update(VisitRecord)
        .where(VisitRecord.id == visit_id(token), VisitRecord.alive_until > now)
        .values(alive_until=now + life)
    )
    return bool(marked.rowcount)  # type: ignore[attr-defined]


def end(session: Session, token: str) -> None:
    """Forget a visit; the database frees what it held."""
    session.execute(delete(VisitRecord).where(VisitRecord.id == visit_id(token)))


def end_at_kiosk(session: Session, kiosk_id: int) -> None:
    """Forget whatever visit runs at this kiosk; the database frees what it held."""
    session.execute(delete(VisitRecord).where(VisitRecord.kiosk_id == kiosk_id))


def _key(keys: Keys, token: str) -> bytes:
    return derive(keys.visit + token.encode(), "visit content")
