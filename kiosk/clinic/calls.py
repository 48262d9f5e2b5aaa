"""Calls for help: asked at a kiosk, seen, coming, done by staff; without personal data."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from kiosk.clinic.places import Building, Kiosk
from kiosk.clinic.visits import VisitRecord
from kiosk.database import Base, Instant

ASKED, SEEN, COMING, UNANSWERED, DONE = "asked", "seen", "coming", "unanswered", "done"


class HelpCall(Base):
    """One call; `visit_id` ties it to the visit that asked, and to nobody; `waited` seconds until somebody came."""

    __tablename__ = "help_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosk.id"))
    visit_id: Mapped[str | None] = mapped_column(String(64), index=True)
    step: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    coming_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    waited: Mapped[int | None]
    taken_by: Mapped[str | None] = mapped_column(String(22))
    kiosk: Mapped[Kiosk] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (Index("ix_help_call_kiosk_id_asked_at", "kiosk_id", "asked_at"),)

    def state(self, now: datetime, patience: timedelta) -> str:
        """What the patient is told: asked, seen, coming, unanswered after `patience`, or done."""
        if self.done_at:
            return DONE
        if self.coming_at:
            return COMING
        if now - self.asked_at >= patience:
            return UNANSWERED
        return SEEN if self.seen_at else ASKED

    def is_escalated(self, now: datetime) -> bool:
        """Whether nobody is coming yet after the time that the clinic has set: then every desk hears of it."""
        settings = self.kiosk.effective_settings()
        limit = timedelta(seconds=min(settings.help_escalation, settings.help_patience))
        return self.coming_at is None and self.done_at is None and now - self.asked_at >= limit


def ask(session: Session, kiosk_id: int, visit_id: str, step: str, language: str, now: datetime) -> HelpCall | None:
    """The new call of this visit, or None where one is open already: pressing twice calls once."""
    session.get(VisitRecord, visit_id, with_for_update=True)  # two presses at once queue here
    if find_open(session, visit_id) is not None:
        return None
    call = HelpCall(kiosk_id=kiosk_id, visit_id=visit_id, step=step, language=language, asked_at=now)
    session.add(call)
    session.flush()
    return call


def find_open(session: Session, visit_id: str) -> HelpCall | None:
    """The call of this visit that is not done yet."""
    return session.scalar(
        select(HelpCall).where(HelpCall.visit_id == visit_id, HelpCall.done_at.is_(None)).order_by(HelpCall.id.desc())
    )


def open_calls(session: Session, organisation_id: int) -> list[HelpCall]:
    """All calls of an organisation that are not done, oldest first."""
    query = select(HelpCall).join(Kiosk, HelpCall.kiosk_id == Kiosk.id).join(Building, Kiosk.building_id == Building.id)
    query = query.where(Building.organisation_id == organisation_id, HelpCall.done_at.is_(None))
    return list(session.scalars(query.order_by(HelpCall.asked_at)))


def answered_since(session: Session, organisation_id: int, since: datetime) -> list[HelpCall]:
    """The calls of an organisation that were done since then, newest first."""
    query = select(HelpCall).join(Kiosk, HelpCall.kiosk_id == Kiosk.id).join(Building, Kiosk.building_id == Building.id)
    query = query.where(Building.organisation_id == organisation_id, HelpCall.done_at >= since)
    return list(session.scalars(query.order_by(HelpCall.done_at.desc()).limit(20)))


def answer(session: Session, call_id: int, step: str, now: datetime, by: str | None = None) -> HelpCall | None:
    """Mark a call seen, coming or done, once each, taken `by` the first who answers; None for an unknown call."""
    call = session.get(HelpCall, call_id)
    if call is None:
        return None
    call.taken_by = call.taken_by or by
    call.seen_at = call.seen_at or now
    if step in (COMING, DONE):
        call.coming_at = call.coming_at or now
        call.waited = int((call.coming_at - call.asked_at).total_seconds())
    if step == DONE:
        call.done_at = call.done_at or now
    return call
