"""How often a kiosk may try: counted in the database, so that all workers share one count."""

from datetime import datetime

from sqlalchemy import ForeignKey, delete, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.clinic.obstacles import TooManyTries
from kiosk.database import Base, put_if_absent

WINDOW = 600


class Tries(Base):
    """Identifications tried at one kiosk in one window of ten minutes (`window` = epoch seconds / 600)."""

    __tablename__ = "tries"

    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosk.id"), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


def count_try(session: Session, kiosk_id: int, limit: int, now: datetime) -> None:
    """Count one try inside the caller's transaction; raises TooManyTries beyond `limit` in ten minutes."""
    window = int(now.timestamp()) // WINDOW
    put_if_absent(session, Tries, kiosk_id=kiosk_id, window=window, count=0)
    counted = session.execute(
        update(Tries)
        .where(Tries.kiosk_id == kiosk_id, Tries.window == window, Tries.count < limit)
        .values(count=Tries.count + 1)
    )
    if not counted.rowcount:  # type: ignore[attr-defined]
        raise TooManyTries
    session.execute(delete(Tries).where(Tries.kiosk_id == kiosk_id, Tries.window < window))
