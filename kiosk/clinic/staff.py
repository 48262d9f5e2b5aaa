"""StaffMember, Role: who works at the second door, what they may do, and where."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.clinic.names import Names
from kiosk.clinic.places import Building, Organisation
from kiosk.database import Base, Instant
from kiosk.sealing import token


class Role(StrEnum):
    """What a member of staff does for a living here."""

    REGISTRAR = "registrar"
    SCHEDULE_KEEPER = "schedule_keeper"
    BUILDING_ADMINISTRATOR = "building_administrator"
    ORGANISATION_ADMINISTRATOR = "organisation_administrator"
    AUDITOR = "auditor"


class StaffMember(Base):
    """One account; without `building_id` its scope is the whole organisation."""

    __tablename__ = "staff_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(22), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"))
    login: Mapped[str] = mapped_column(String(40), unique=True)
    role: Mapped[str] = mapped_column(String(30))
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    last_step: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        CheckConstraint(
            "role IN ('registrar', 'schedule_keeper', 'building_administrator', "
            "'organisation_administrator', 'auditor')",
            name="role",
        ),
        CheckConstraint("role <> 'building_administrator' OR building_id IS NOT NULL", name="building_of_role"),
    )

    def reaches(self, building_id: int) -> bool:
        """Whether a building of the same organisation lies in this person's scope."""
        return self.building_id is None or self.building_id == building_id


class RecoveryCode(Base):
    """One of ten codes for the day when the telephone is lost; each opens once."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class StaffSession(Base):
    """A signed-in browser: only the hash of its cookie is kept; it ends when idle and after a working day."""

    __tablename__ = "staff_session"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)


class SignInTries(Base):
    """Sign-ins that failed from one address (hashed) in one window of ten minutes."""

    __tablename__ = "sign_in_tries"

    source: Mapped[str] = mapped_column(String(64), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


def find_member(session: Session, login: str) -> StaffMember | None:
    """The account of this login."""
    return session.scalar(select(StaffMember).where(StaffMember.login == login))


def buildings_of(session: Session, member: StaffMember) -> list[Building]:
    """The buildings in this person's scope, oldest first."""
    query = select(Building).where(Building.organisation_id == member.organisation_id).order_by(Building.id)
    return [one for one in session.scalars(query) if member.reaches(one.id)]


def members_of(session: Session, organisation_id: int) -> list[StaffMember]:
    """Everybody with an account here, by login."""
    query = select(StaffMember).where(StaffMember.organisation_id == organisation_id).order_by(StaffMember.login)
    return list(session.scalars(query))


def logins(session: Session, organisation_id: int) -> dict[str, str]:
    """Ref to login for everybody who ever had an account here."""
    query = select(StaffMember.ref, StaffMember.login).where(StaffMember.organisation_id == organisation_id)
    return dict(session.execute(query).tuples().all())


def has_administrator(session: Session, organisation_id: int) -> bool:
    """Whether somebody administers this organisation already."""
    query = select(StaffMember.id).where(
        StaffMember.organisation_id == organisation_id, StaffMember.role == Role.ORGANISATION_ADMINISTRATOR.value
    )
    return session.scalars(query).first() is not None


def settle_organisation(session: Session, code: str, name: str) -> Organisation:
    """The organisation with this code, made with one `name` in all languages where there is none."""
    found = session.scalar(select(Organisation).where(Organisation.code == code))
    if found is not None:
        return found
    made = Organisation(code=code, names=Names(name, name, name), address=Names("", "", ""))
    session.add(made)
    session.flush()
    return made


def new_ref() -> str:
    """A random name for a person, which says nothing about them."""
    return token()[:22]
