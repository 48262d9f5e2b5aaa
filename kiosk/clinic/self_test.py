"""The daily self-test of a kiosk: what its page and its server found while nobody was there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.database import Base, Instant

EVERY, AGAIN = timedelta(hours=20), timedelta(minutes=10)
SOUND = "sound"


@dataclass(frozen=True)
class Found:
    """What a self-test found: the parts that failed, and what the browser counts; -1 where it does not tell."""

    faults: tuple[str, ...]
    sound_outputs: int = -1
    touch_points: int = -1


class SelfTest(Base):
    """The last self-test of one kiosk: `faults` names what failed (voice_kk, voice_ru, voice_en, sound), by spaces.

    `sound_outputs` and `touch_points` are what the browser counts; -1 where it does not tell.
    """

    __tablename__ = "self_test"

    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosk.id"), primary_key=True)
    tested_at: Mapped[datetime] = mapped_column(Instant)
    faults: Mapped[str] = mapped_column(String(60), default="")
    sound_outputs: Mapped[int] = mapped_column(default=-1)
    touch_points: Mapped[int] = mapped_column(default=-1)

    @property
    def failed(self) -> list[str]:
        """The parts that failed."""
        return self.faults.split()


def is_due(session: Session, kiosk_id: int, now: datetime) -> bool:
    """Whether this kiosk should test itself at its next quiet moment: daily, and soon again after a fault."""
    last = session.get(SelfTest, kiosk_id)
    return last is None or now - last.tested_at >= (AGAIN if last.faults else EVERY)


def keep(session: Session, kiosk_id: int, found: Found, now: datetime) -> None:
    """Keep the newest result in place of the last."""
    result = SelfTest(kiosk_id=kiosk_id, tested_at=now, faults=" ".join(found.faults))
    result.sound_outputs, result.touch_points = found.sound_outputs, found.touch_points
    session.merge(result)


def ask(session: Session, kiosk_id: int) -> None:
    """Let the last result go: the kiosk tests itself at its next sign of life before an empty first screen."""
    last = find(session, kiosk_id)
    if last is not None:
        session.delete(last)


def find(session: Session, kiosk_id: int) -> SelfTest | None:
    """The last self-test of this kiosk."""
    return session.get(SelfTest, kiosk_id)
