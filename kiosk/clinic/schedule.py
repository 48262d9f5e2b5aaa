"""Doctor, District, Schedule, Absence, Slot: who receives whom, where and when."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kiosk.clinic.names import Names, NamesColumn
from kiosk.clinic.places import Building
from kiosk.database import Base, Instant

FREE, BOOKED, WITHDRAWN = "free", "booked", "withdrawn"
ANY, WINDOW, EXTRA = "any", "window", "extra"
LEAVE, ILLNESS, TRAINING, OTHER = "leave", "illness", "training", "other"
REASONS = (LEAVE, ILLNESS, TRAINING, OTHER)


class DoctorKind(StrEnum):
    """The three kinds of doctor that the service covers (regulations 2013, appointment, p. 1)."""

    THERAPIST = "district_therapist"
    PAEDIATRICIAN = "district_paediatrician"
    GENERAL_PRACTITIONER = "general_practitioner"


class Doctor(Base):
    """A doctor who receives patients in one room of one building.

    `version` counts the changes of the doctor, rules and absences: who saves on an older one has not seen the newest.
    """

    __tablename__ = "doctor"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"))
    kind: Mapped[str] = mapped_column(String(40))
    names: Mapped[Names] = mapped_column(NamesColumn)
    room: Mapped[str] = mapped_column(String(20))
    floor: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("doctor.id"))
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    building: Mapped[Building] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (Index("ix_doctor_organisation_id_kind", "organisation_id", "kind"),)


class District(Base):
    """A district (участок) of an organisation, with a doctor for adults and one for children."""

    __tablename__ = "district"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[str] = mapped_column(String(10))
    adult_doctor_id: Mapped[int | None] = mapped_column(ForeignKey("doctor.id"))
    child_doctor_id: Mapped[int | None] = mapped_column(ForeignKey("doctor.id"))

    __table_args__ = (UniqueConstraint("organisation_id", "number"),)


class Schedule(Base):
    """One weekly shift in wall-clock time of the doctor's building; weekday 0 is Monday.

    Weeks count from the one of `valid_from`. `kept_percent` of the times are kept for window, phone and urgent visits.
    An extra day is a shift of one day only, which the building's usual hours do not bind.
    """

    __tablename__ = "schedule"

    id: Mapped[int] = mapped_column(primary_key=True)
    doctor_id: Mapped[int] = mapped_column(ForeignKey("doctor.id"), index=True)
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]
    slot_minutes: Mapped[int] = mapped_column(default=15)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    every_weeks: Mapped[int] = mapped_column(default=1, server_default="1")
    break_starts: Mapped[time | None]
    break_ends: Mapped[time | None]
    kept_percent: Mapped[int] = mapped_column(default=0, server_default="0")
    cool_down_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    is_extra: Mapped[bool] = mapped_column(default=False, server_default=text("false"))

    __table_args__ = (
        CheckConstraint("every_weeks BETWEEN 1 AND 8", name="every_weeks"),
        CheckConstraint("kept_percent BETWEEN 0 AND 100", name="kept_percent"),
        CheckConstraint("cool_down_minutes BETWEEN 0 AND 1440", name="cool_down_minutes"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("starts < ends", name="order"),
        CheckConstraint("slot_minutes BETWEEN 5 AND 120", name="minutes"),
    )


class Absence(Base):
    """Days, first and last included, on which a doctor does not receive; a substitute may receive the patients."""

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    doctor_id: Mapped[int] = mapped_column(ForeignKey("doctor.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(40), default=LEAVE)
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("doctor.id"))

    __table_args__ = (CheckConstraint("first_day <= last_day", name="order"),)


class DayException(Base):
    """The clinic's own word on a day of one building: closed, or open from `opens` to `closes`."""

    __tablename__ = "day_exception"

    id: Mapped[int] = mapped_column(primary_key=True)
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"))
    day: Mapped[date]
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    reason: Mapped[Names] = mapped_column(NamesColumn)

    __table_args__ = (
        UniqueConstraint("building_id", "day"),
        CheckConstraint("(opens IS NULL) = (closes IS NULL)", name="both"),
        CheckConstraint("opens IS NULL OR opens < closes", name="order"),
    )


class Slot(Base):
    """A stored stretch of a doctor's time; `held_by` is a visit, and holds only while that visit is alive.

    Kiosks offer only what `channel` gives to any, and after a cancelling not before `reopens_at`. A slot that no rule
    offers any more while it is held or booked `is_closing`: it is withdrawn as soon as it is free.
    """

    __tablename__ = "slot"

    id: Mapped[int] = mapped_column(primary_key=True)
    doctor_id: Mapped[int] = mapped_column(ForeignKey("doctor.id"))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(String(10), default=FREE, server_default=FREE)
    held_by: Mapped[str | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"))
    channel: Mapped[str] = mapped_column(String(10), default=ANY, server_default=ANY)
    cool_down_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    reopens_at: Mapped[datetime | None] = mapped_column(Instant)
    is_closing: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    doctor: Mapped[Doctor] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint("status IN ('free', 'booked', 'withdrawn')", name="status"),
        CheckConstraint("channel IN ('any', 'window', 'extra')", name="channel"),
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("held_by IS NULL OR status = 'free'", name="held_is_free"),
        Index("ix_slot_doctor_id_starts_at", "doctor_id", "starts_at"),
        Index(
            "ix_slot_free",
            "doctor_id",
            "starts_at",
            sqlite_where=text("status = 'free'"),
            postgresql_where=text("status = 'free'"),
        ),
        Index(
            "uq_slot_held_by",
            "held_by",
            unique=True,
            sqlite_where=text("held_by IS NOT NULL"),
            postgresql_where=text("held_by IS NOT NULL"),
        ),
    )
