"""Reception: whom a member of staff serves right now at the window or on the phone; sealed, and soon forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.database import Base, Instant
from kiosk.sealing import Broken, Keys, derive, seal, unseal

LIFE = timedelta(minutes=20)


class Reception(Base):
    """One person at one member of staff's desk; without that browser's cookie its content is noise."""

    __tablename__ = "reception"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(Instant)
    alive_until: Mapped[datetime] = mapped_column(Instant)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Desk:
    """Whose desk: the server's keys, the member of staff, and the cookie of the browser."""

    keys: Keys
    staff_id: int
    cookie: str

    @property
    def ident(self) -> str:
        """The row of this browser's reception."""
        return sha256(f"reception {self.cookie}".encode()).hexdigest()

    @property
    def key(self) -> bytes:
        """The key of its seal."""
        return derive(self.keys.visit + self.cookie.encode(), "reception content")


def find_content(session: Session, desk: Desk, now: datetime) -> dict[str, Any] | None:
    """What this desk knows of the person before it, or None."""
    row = session.scalar(
        select(Reception).where(
            Reception.id == desk.ident, Reception.staff_id == desk.staff_id, Reception.alive_until > now
        )
    )
    if row is None:
        return None
    try:
        return unseal(desk.key, row.sealed, row.id)
    except Broken:
        return None


def keep(session: Session, desk: Desk, content: dict[str, Any], now: datetime) -> None:
    """Keep what is known of the person for some minutes more."""
    session.execute(delete(Reception).where(Reception.alive_until <= now))
    row = session.get(Reception, desk.ident)
    if row is None:
        row = Reception(id=desk.ident, staff_id=desk.staff_id, begun_at=now)
        session.add(row)
    row.sealed, row.alive_until = seal(desk.key, content, desk.ident), now + LIFE
    session.flush()


def end(session: Session, desk: Desk) -> None:
    """Forget the person."""
    session.execute(delete(Reception).where(Reception.id == desk.ident))
