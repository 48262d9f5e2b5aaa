"""LocalList, LocalPerson, LocalProblem: versions of a clinic's list; the one made current last holds."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.clinic.ports import IdentityDocument
from kiosk.database import Base, Instant
from kiosk.sealing import Keys, keyed_hash, seal, unseal

LOADING, READY, FAILED = "loading", "ready", "failed"


class LocalList(Base):
    """One import of one clinic's list: how far it has come, how it reads its columns, when it was made current."""

    __tablename__ = "local_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    as_of: Mapped[date]
    imported_at: Mapped[datetime] = mapped_column(Instant)
    imported_by: Mapped[str] = mapped_column(String(80))
    progress_at: Mapped[datetime] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(String(10), default=LOADING)
    failure: Mapped[str | None] = mapped_column(String(40))
    made_current_at: Mapped[datetime | None] = mapped_column(Instant)
    rows_total: Mapped[int | None]
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_kept: Mapped[int] = mapped_column(default=0)
    rows_left_out: Mapped[int] = mapped_column(default=0)
    mapping: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)

    __table_args__ = (
        CheckConstraint("status IN ('loading', 'ready', 'failed')", name="status"),
        CheckConstraint("made_current_at IS NULL OR status = 'ready'", name="current_is_ready"),
        Index("ix_local_list_organisation_id_made_current_at", "organisation_id", "made_current_at"),
    )


class LocalPerson(Base):
    """One person of one version: a keyed hash to find the row by, and one sealed ciphertext."""

    __tablename__ = "local_person"

    list_id: Mapped[int] = mapped_column(ForeignKey("local_list.id"), primary_key=True)
    iin_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class LocalProblem(Base):
    """What is wrong with one row of the file, without a word of what the row says."""

    __tablename__ = "local_problem"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("local_list.id"), index=True)
    row: Mapped[int]
    field: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(20))
    left_out: Mapped[bool]


@dataclass(frozen=True)
class Member:
    """One person as the clinic's list has them."""

    iin: str
    surname: str
    name: str
    patronymic: str
    birth_date: date
    sex: str
    phone: str
    documents: tuple[IdentityDocument, ...]
    district: str
    since: date | None


def find_current(session: Session, organisation_id: int) -> LocalList | None:
    """The version that holds: the one made current last."""
    made = LocalList.made_current_at
    query = select(LocalList).where(LocalList.organisation_id == organisation_id, made.is_not(None))
    return session.scalar(query.order_by(made.desc(), LocalList.id.desc()).limit(1))


def find_member(session: Session, keys: Keys, list_id: int, iin: str) -> Member | None:
    """The person with this IIN in this version."""
    row = session.get(LocalPerson, (list_id, keyed_hash(keys.iin, iin)))
    if row is None:
        return None
    return _member(unseal(keys.patient, row.sealed, _bound(list_id, row.iin_hash)))


def sealed_row(keys: Keys, list_id: int, member: Member) -> dict[str, Any]:
    """The columns of a LocalPerson for `member`; it opens only in this version and under this IIN."""
    iin_hash = keyed_hash(keys.iin, member.iin)
    plain = {**asdict(member), "documents": [_plain(asdict(one)) for one in member.documents]}
    sealed = seal(keys.patient, _plain(plain), _bound(list_id, iin_hash))
    return {"list_id": list_id, "iin_hash": iin_hash, "sealed": sealed}


def _bound(list_id: int, iin_hash: str) -> str:
    return f"local {list_id} {iin_hash}"


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in values.items()}


def _member(plain: dict[str, Any]) -> Member:
    documents = tuple(IdentityDocument(**{**one, "expires": _day(one["expires"])}) for one in plain["documents"])
    dates = {"birth_date": date.fromisoformat(plain["birth_date"]), "since": _day(plain["since"])}
    return Member(**{**plain, **dates, "documents": documents})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
