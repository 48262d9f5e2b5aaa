"""Sample documents of a clinic (standard, row 10): filled-in forms to read, hear and print at every kiosk."""

from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from kiosk.clinic.names import Names, NamesColumn
from kiosk.database import Base

LONGEST_TITLE, LONGEST_TEXT = 120, 6000
LARGEST_PAGE = 300 * 1024
PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


class SamplePage(Base):
    """The page of a sample in one language as a picture; its text is what the kiosk reads aloud of it."""

    __tablename__ = "sample_page"

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample_document.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    media: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    __table_args__ = (UniqueConstraint("sample_id", "language"),)


class SampleDocument(Base):
    """One sample: its title and its text in three languages, a paragraph a line, and a picture of it where there is."""

    __tablename__ = "sample_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    titles: Mapped[Names] = mapped_column(NamesColumn)
    texts: Mapped[Names] = mapped_column(NamesColumn)
    pages: Mapped[list[SamplePage]] = relationship(cascade="all, delete-orphan", order_by=SamplePage.language)

    def page(self, language: str) -> SamplePage | None:
        """The picture of this sample in `language`."""
        return next((one for one in self.pages if one.language == language), None)

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
    pages = {"pages": {one.language: one.digest for one in sample.pages}} if sample.pages else {}
    return {"position": sample.position, "titles": asdict(sample.titles), "texts": asdict(sample.texts), **pages}


def apply_sample(sample: SampleDocument, values: Mapping[str, Any]) -> None:
    """Give a sample the values of `plain_sample`."""
    sample.position = values["position"]
    sample.titles, sample.texts = Names(**values["titles"]), Names(**values["texts"])


def next_position(session: Session, organisation_id: int) -> int:
    """The place behind the last sample of a clinic."""
    return max((one.position for one in samples_of(session, organisation_id)), default=0) + 1


def media_of(content: bytes) -> str | None:
    """What kind of picture this is by its first bytes; None for what the kiosk cannot show."""
    return next((media for media, begin in PICTURES.items() if content.startswith(begin)), None)


def put_page(sample: SampleDocument, language: str, content: bytes | None) -> None:
    """Give a sample the picture of this language, or take it away; raises ValueError for what is no picture."""
    sample.pages = [one for one in sample.pages if one.language != language]
    if content is None:
        return
    media = media_of(content)
    if media is None:
        raise ValueError("picture")
    digest = sha256(content).hexdigest()
    sample.pages.append(SamplePage(language=language, media=media, digest=digest, content=content))
