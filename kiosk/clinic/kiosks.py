"""Kiosks over their life: enrolled by a one-time code, revoked, heard from, and missed."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.clinic import key_test, self_test, visit_ends
from kiosk.clinic.places import Building, Kiosk, KioskDevice, device_hash
from kiosk.database import Base, Instant
from kiosk.sealing import token

CODE_LIVES, DEVICE_LIVES = timedelta(minutes=30), timedelta(days=400)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
SILENT_AFTER, SKEW_ALLOWED = timedelta(minutes=5), 60
OUT_OF_SERVICE, NOT_ENROLLED, NEVER_HEARD, SILENT, CLOCK_WRONG, ERRORS, VOICE_FAILED, KEYS_SILENT, WELL = (
    "out_of_service",
    "not_enrolled",
    "never_heard",
    "silent",
    "clock_wrong",
    "errors",
    "voice_failed",
    "keys_silent",
    "well",
)
SPEAKS, FAILED = VOICES = ("speaks", "failed")


class EnrolmentCode(Base):
    """A code that makes one browser a kiosk, once and soon; only its hash is kept."""

    __tablename__ = "enrolment_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosk.id"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class KioskHealth(Base):
    """The last that a kiosk told of itself."""

    __tablename__ = "kiosk_health"

    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosk.id"), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[str] = mapped_column(String(40), default="")
    skew_seconds: Mapped[int] = mapped_column(default=0)
    last_scan_at: Mapped[datetime | None] = mapped_column(Instant)
    errors: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(80), default="")
    voice: Mapped[str] = mapped_column(String(10), default="", server_default="")
    last_key_at: Mapped[datetime | None] = mapped_column(Instant)


@dataclass(frozen=True)
class Beat:
    """What a page tells of its kiosk: version, clock skew in seconds; errors, voice and keys since the last beat.

    `voice` is one of VOICES, or empty where nothing was to be said.
    """

    version: str = ""
    skew_seconds: int = 0
    errors: int = 0
    last_error: str = ""
    voice: str = ""
    key_pressed: bool = False


@dataclass(frozen=True)
class Standing:
    """How one kiosk stands: `state` is the first thing that is wrong with it, or well."""

    kiosk: Kiosk
    device: KioskDevice | None
    health: KioskHealth | None
    test: self_test.SelfTest | None
    keys: key_test.KeyTest | None
    state: str

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody should go and look; a kiosk put out of service by staff is known."""
        return self.state not in (WELL, OUT_OF_SERVICE)


def make_code(session: Session, kiosk_id: int, now: datetime) -> str:
    """A new one-time code for this kiosk, in place of unused older ones; shown once."""
    session.execute(
        update(EnrolmentCode)
        .where(EnrolmentCode.kiosk_id == kiosk_id, EnrolmentCode.used_at.is_(None))
        .values(used_at=now)
    )
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    session.add(EnrolmentCode(kiosk_id=kiosk_id, code_hash=_code_hash(code), made_at=now, expires_at=now + CODE_LIVES))
    session.flush()
    return code


def enrol(session: Session, code: str, now: datetime) -> tuple[Kiosk, str] | None:
    """The kiosk that this code enrols and the new device cookie; None for a wrong, used or late code."""
    spent = session.execute(
        update(EnrolmentCode)
        .where(
            EnrolmentCode.code_hash == _code_hash(code),
            EnrolmentCode.used_at.is_(None),
            EnrolmentCode.expires_at > now,
        )
        .values(used_at=now)
        .returning(EnrolmentCode.kiosk_id)
    ).scalar_one_or_none()
    if spent is None:
        return None
    revoke(session, spent, now)
    cookie = token()
    session.add(
        KioskDevice(kiosk_id=spent, token_hash=device_hash(cookie), enrolled_at=now, expires_at=now + DEVICE_LIVES)
    )
    session.flush()
    return session.get_one(Kiosk, spent), cookie


def revoke(session: Session, kiosk_id: int, now: datetime) -> None:
    """Take every device cookie of this kiosk back: its visit is over, and its next request shows the 403 page."""
    visit_ends.end_at_kiosk(session, kiosk_id, now)
    session.execute(
        update(KioskDevice)
        .where(KioskDevice.kiosk_id == kiosk_id, KioskDevice.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def beat(session: Session, kiosk_id: int, told: Beat, now: datetime) -> None:
    """Keep what a kiosk told of itself."""
    health = _health(session, kiosk_id, now)
    health.seen_at = now
    health.version, health.skew_seconds = told.version[:40], told.skew_seconds
    if told.voice:
        health.voice = told.voice
    if told.key_pressed:
        health.last_key_at = now
    if told.errors:
        health.errors += told.errors
        health.last_error = told.last_error[:80]


def forget_errors(session: Session, kiosk_id: int) -> int:
    """Count a kiosk's errors from nought again; returns how many there were."""
    health = session.get(KioskHealth, kiosk_id)
    if health is None:
        return 0
    before, health.errors, health.last_error = health.errors, 0, ""
    return before


def scanned(session: Session, kiosk_id: int, now: datetime) -> None:
    """A reader of this kiosk has just read something."""
    _health(session, kiosk_id, now).last_scan_at = now


def board(session: Session, buildings: list[Building], now: datetime) -> list[Standing]:
    """How every kiosk of these buildings stands."""
    idents = [one.id for one in buildings]
    kiosks = session.scalars(select(Kiosk).where(Kiosk.building_id.in_(idents)).order_by(Kiosk.building_id, Kiosk.id))
    found = list(kiosks)
    own = [one.id for one in found]
    health = {one.kiosk_id: one for one in session.scalars(select(KioskHealth).where(KioskHealth.kiosk_id.in_(own)))}
    devices: dict[int, KioskDevice] = {}
    for device in session.scalars(select(KioskDevice).where(KioskDevice.kiosk_id.in_(own)).order_by(KioskDevice.id)):
        if not device.revoked_at and not (device.expires_at and device.expires_at <= now):
            devices[device.kiosk_id] = device
    return [_standing(session, one, devices.get(one.id), health.get(one.id), now) for one in found]


def kiosks_in(session: Session, building_id: int) -> list[Kiosk]:
    """The kiosks of one building."""
    return list(session.scalars(select(Kiosk).where(Kiosk.building_id == building_id).order_by(Kiosk.id)))


def voice_is_down(session: Session, kiosk_id: int) -> bool:
    """Whether the voice failed when this kiosk last spoke or tested itself, and has not been heard since."""
    health, test = session.get(KioskHealth, kiosk_id), self_test.find(session, kiosk_id)
    return (health is not None and health.voice == FAILED) or (test is not None and bool(test.faults))


def last_healthy(standings: list[Standing]) -> dict[int, int]:
    """Buildings of several kiosks in which at most one still serves, and how many do."""
    by_building: dict[int, list[Standing]] = {}
    for one in standings:
        by_building.setdefault(one.kiosk.building_id, []).append(one)
    counts = {ident: sum(each.state == WELL for each in rows) for ident, rows in by_building.items() if len(rows) > 1}
    return {ident: count for ident, count in counts.items() if count <= 1}


def _standing(
    session: Session, kiosk: Kiosk, device: KioskDevice | None, health: KioskHealth | None, now: datetime
) -> Standing:
    test, keys = self_test.find(session, kiosk.id), key_test.find(session, kiosk.id)
    state = _told_state(kiosk, device, health, now)
    if state == WELL and health is not None:
        voice_failed = health.voice == FAILED or (test is not None and test.faults)
        keys_silent = keys is not None and keys.has_found_a_fault(now)
        state = VOICE_FAILED if voice_failed else KEYS_SILENT if keys_silent else WELL
    return Standing(kiosk, device, health, test, keys, state)


def _told_state(kiosk: Kiosk, device: KioskDevice | None, health: KioskHealth | None, now: datetime) -> str:
    """What setting, device and heartbeat say, before any test is asked."""
    if kiosk.effective_settings().out_of_service:
        return OUT_OF_SERVICE
    if device is None:
        return NOT_ENROLLED
    if health is None:
        return NEVER_HEARD
    if now - health.seen_at > SILENT_AFTER:
        return SILENT
    if abs(health.skew_seconds) > SKEW_ALLOWED:
        return CLOCK_WRONG
    return ERRORS if health.errors else WELL


def _health(session: Session, kiosk_id: int, now: datetime) -> KioskHealth:
    health = session.get(KioskHealth, kiosk_id)
    if health is None:
        empty = {"version": "", "last_error": "", "voice": "", "skew_seconds": 0, "errors": 0}
        health = KioskHealth(kiosk_id=kiosk_id, seen_at=now, **empty)
        session.add(health)
    return health


def _code_hash(code: str) -> str:
    clean = "".join(code.upper().split()).replace("-", "")
    return sha256(f"enrolment {clean}".encode()).hexdigest()
