"""Organisation, Building, Kiosk: where a machine stands, whom it serves, and how it is known."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from kiosk.clinic.kiosk_settings import KioskSettings, merge
from kiosk.clinic.names import Names, NamesColumn
from kiosk.database import Base, Instant

PARTS = ("reader", "keypad", "jack", "printer")


class Organisation(Base):
    """A provider of primary health care (standard, row 1)."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    names: Mapped[Names] = mapped_column(NamesColumn)
    address: Mapped[Names] = mapped_column(NamesColumn)
    phones: Mapped[str] = mapped_column(String(200), default="")
    is_sample: Mapped[bool] = mapped_column(default=False)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Building(Base):
    """One house of an organisation, with its own zone and hours."""

    __tablename__ = "building"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    names: Mapped[Names] = mapped_column(NamesColumn)
    address: Mapped[Names] = mapped_column(NamesColumn)
    zone: Mapped[str] = mapped_column(String(40), default="Asia/Almaty")
    hours: Mapped[list[Any]] = mapped_column(JSON)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    phones: Mapped[str] = mapped_column(String(200), default="", server_default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    rooms: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


class Kiosk(Base):
    """A machine in a lobby."""

    __tablename__ = "kiosk"

    id: Mapped[int] = mapped_column(primary_key=True)
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"))
    names: Mapped[Names] = mapped_column(NamesColumn)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    ways: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    building: Mapped[Building] = relationship(lazy="joined", innerjoin=True)

    def position(self, part: str) -> Names | None:
        """Where one of its PARTS is found by touch, in the clinic's words; None where nobody has said."""
        said = self.ways.get(part)
        return Names(**said) if said else None

    def effective_settings(self) -> KioskSettings:
        """What holds here, after organisation, building and kiosk."""
        return merge(self.building.organisation.settings, self.building.settings, self.settings)[0]


class KioskDevice(Base):
    """A browser that was enrolled as a kiosk: only the hash of its cookie is kept."""

    __tablename__ = "kiosk_device"

    id: Mapped[int] = mapped_column(primary_key=True)
    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosk.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    enrolled_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    kiosk: Mapped[Kiosk] = relationship(lazy="joined", innerjoin=True)


def device_hash(token: str) -> str:
    """How a device cookie is stored."""
    return sha256(f"kiosk device {token}".encode()).hexdigest()


def find_kiosk(session: Session, token: str, now: datetime) -> Kiosk | None:
    """The kiosk that this device cookie belongs to, unless it was revoked or has expired."""
    device = session.scalar(select(KioskDevice).where(KioskDevice.token_hash == device_hash(token)))
    if device is None or device.revoked_at or (device.expires_at and device.expires_at <= now):
        return None
    return device.kiosk


def is_device(session: Session, token: str) -> bool:
    """Whether this cookie was ever given to a kiosk, living or not."""
    return session.scalar(select(KioskDevice.id).where(KioskDevice.token_hash == device_hash(token))) is not None


def find_organisation(session: Session, code: str) -> Organisation | None:
    """The organisation of this code."""
    return session.scalar(select(Organisation).where(Organisation.code == code))
