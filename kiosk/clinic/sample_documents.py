"""Sample documents of a clinic (standard, row 10): filled-in forms to read, hear and print at every kiosk."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.clinic.names import Names, NamesColumn
from kiosk.database import Base

LONGEST_TITLE, LONGEST_TEXT = 120, 6000


class SampleDocument(Base):
    """One sample: its title and its text in three languages, a paragraph a line."""

    __tablename__ = "sample_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    titles: Mapped[Names] = mapped_column(NamesColumn)
    texts: Mapped[Names] = mapped_column(NamesColumn)

    def paragraphs(self, language: str) -> list[str]:
        """The text in `language`, line by line, without the empty ones."""
        return [one.strip() for one in self.texts.in_(language).splitlines() if one.strip()]


def samples_of(session: Session, organisation_id: int) -> list[SampleDocument]:
    """The samples of a clinic, in the order its staff gave them."""
    query = select(SampleDocument).where(SampleDocument.organisation_id == organisation_id)
    return list(session.scalars(query.order_by(SampleDocument.position, SampleDocument.id)))


def find_sample(session: Session, organisation_id: int, ident: int) -> SampleDocument | None:
    """One sample of this clinic; another clinic's is None."""
    found = session.get(SampleDocument, ident)
    return found if found is not None and found.organisation_id == organisation_id else None


def plain_sample(sample: SampleDocument) -> dict[str, Any]:
    """A sample as JSON has it: for the journal's before and after, and to notice another editor."""
    return {"position": sample.position, "titles": asdict(sample.titles), "texts": asdict(sample.texts)}


def apply_sample(sample: SampleDocument, values: Mapping[str, Any]) -> None:
    """Give a sample the values of `plain_sample`."""
    sample.position = values["position"]
    sample.titles, sample.texts = Names(**values["titles"]), Names(**values["texts"])


def next_position(session: Session, organisation_id: int) -> int:
    """The place behind the last sample of a clinic."""
    return max((one.position for one in samples_of(session, organisation_id)), default=0) + 1
