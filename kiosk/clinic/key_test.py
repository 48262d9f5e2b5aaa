"""The test of a kiosk's keys: staff ask for it, somebody presses each key there, and the board tells which answered."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.database import Base, Instant

OPEN_FOR = timedelta(minutes=10)


class KeyTest(Base):
    """The last test of one kiosk's keys: `wanted` names the functions that have a key, by spaces.

    `answered` is the instant of each function's first key, in ISO format.
    """

    __tablename__ = "key_test"

    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosk.id"), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    wanted: Mapped[str] = mapped_column(String(400))
    answered: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)

    @property
    def silent(self) -> list[str]:
        """The functions of which no key has answered."""
        return [name for name in self.wanted.split() if name not in self.answered]

    @property
    def answers(self) -> list[tuple[str, datetime]]:
        """The functions whose key has answered, and when."""
        told = [name for name in self.wanted.split() if name in self.answered]
        return [(name, datetime.fromisoformat(self.answered[name])) for name in told]

    def is_open(self, now: datetime) -> bool:
        """Whether the kiosk goes on asking for keys."""
        return bool(self.silent) and now - self.asked_at < OPEN_FOR

    def has_found_a_fault(self, now: datetime) -> bool:
        """Whether somebody pressed keys and some did not answer until the test was over."""
        return bool(self.answered and self.silent) and not self.is_open(now)


def find(session: Session, kiosk_id: int) -> KeyTest | None:
    """The last test of this kiosk's keys."""
    return session.get(KeyTest, kiosk_id)


def find_open(session: Session, kiosk_id: int, now: datetime) -> KeyTest | None:
    """The test that goes on at this kiosk."""
    found = find(session, kiosk_id)
    return found if found is not None and found.is_open(now) else None


def ask(session: Session, kiosk_id: int, wanted: Collection[str], now: datetime) -> None:
    """Let the kiosk ask for these keys, in this order, in place of an earlier test."""
    session.merge(KeyTest(kiosk_id=kiosk_id, asked_at=now, wanted=" ".join(wanted), answered={}))


def answer(session: Session, kiosk_id: int, names: Collection[str], now: datetime) -> None:
    """Keep that the keys of these functions have answered, where a test goes on that wants them."""
    found = find_open(session, kiosk_id, now)
    fresh = {name: now.isoformat() for name in names if found and name in found.silent}
    if found and fresh:
        found.answered = {**found.answered, **fresh}
