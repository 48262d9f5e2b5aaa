"""How a visit ends, by its person or by the clock: its use is counted, and who left without an answer is journalled."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete
from sqlalchemy.orm import Session

from kiosk.clinic.day_counts import USES, count_use
from kiosk.clinic.journal import Event, record
from kiosk.clinic.places import Kiosk
from kiosk.clinic.visits import VisitRecord, visit_id

_TOLD = (
    VisitRecord.kiosk_id,
    VisitRecord.language,
    VisitRecord.step,
    VisitRecord.waiting_since,
    VisitRecord.alive_until,
    VisitRecord.voice,
    VisitRecord.large_type,
    VisitRecord.keys,
)


def end(session: Session, token: str, now: datetime) -> None:
    """Forget a visit; the database frees what it held."""
    for one in _taken(session, VisitRecord.id == visit_id(token)):
        _count(session, session.get_one(Kiosk, one.kiosk_id), one, now)


def end_at_kiosk(session: Session, kiosk_id: int, now: datetime) -> None:
    """Forget whatever visit runs at this kiosk; the database frees what it held."""
    for one in _taken(session, VisitRecord.kiosk_id == kiosk_id):
        _count(session, session.get_one(Kiosk, one.kiosk_id), one, now)


def sweep(session: Session, now: datetime) -> int:
    """Forget every visit whose time is over, and give their number.

    Whoever had identified and got no answer is journalled as having given up, at the step last seen and with the
    seconds until the clock ended it; without a ref, for nothing that is known without the cookie says who it was.
    """
    gone = [(session.get_one(Kiosk, one.kiosk_id), one) for one in _taken(session, VisitRecord.alive_until <= now)]
    for kiosk, one in sorted(gone, key=lambda pair: pair[0].building.organisation_id):  # as all lock the journals
        _count(session, kiosk, one, now)
        if one.waiting_since is not None:
            record(session, kiosk.building.organisation_id, _gave_up(one), now)
    return len(gone)


def _taken(session: Session, which: ColumnElement[bool]) -> list[Any]:
    """The visits meant, deleted in the same statement: two who sweep at once never count one twice."""
    taken = delete(VisitRecord).where(which).returning(*_TOLD).execution_options(synchronize_session=False)
    return list(session.execute(taken).all())


def _count(session: Session, kiosk: Kiosk, one: Any, now: datetime) -> None:
    names = ("visits", *(name for name in USES if getattr(one, name)))
    count_use(session, kiosk, one.language, names, now)


def _gave_up(one: Any) -> Event:
    seconds = int((one.alive_until - one.waiting_since).total_seconds())
    language = one.language or None
    return Event(
        "gave_up", kiosk_id=one.kiosk_id, language=language, step=one.step, seconds=seconds, details={"by": "clock"}
    )
