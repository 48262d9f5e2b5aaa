"""Import drafts: the rows of a file between its preview and its saving; nobody but their owner sees them."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.database import Base, Instant

LIFE = timedelta(days=1)


class ImportDraft(Base):
    """The rows of one uploaded table, as texts by their column's name."""

    __tablename__ = "import_draft"

    ref: Mapped[str] = mapped_column(String(22), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime] = mapped_column(Instant)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


def keep_draft(session: Session, staff_id: int, kind: str, rows: list[dict[str, str]], now: datetime) -> ImportDraft:
    """Keep an uploaded table for its preview, and forget yesterday's."""
    session.execute(delete(ImportDraft).where(ImportDraft.made_at < now - LIFE))
    draft = ImportDraft(ref=secrets.token_urlsafe(16), staff_id=staff_id, kind=kind, made_at=now, rows=rows)
    session.add(draft)
    session.flush()
    return draft


def find_draft(session: Session, staff_id: int, ref: str) -> ImportDraft | None:
    """One's own draft of this ref."""
    return session.scalar(select(ImportDraft).where(ImportDraft.ref == ref, ImportDraft.staff_id == staff_id))
