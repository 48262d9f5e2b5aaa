"""Signing in: password (argon2), one-time code (TOTP) or recovery code, lockout, and sessions that end."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pyotp import TOTP, random_base32
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kiosk.clinic.limits import WINDOW
from kiosk.clinic.staff import RecoveryCode, Role, SignInTries, StaffMember, StaffSession, find_member, new_ref
from kiosk.sealing import Keys, keyed_hash, seal, token, unseal

FAILURES, LOCKED_FOR = 5, timedelta(minutes=15)
IDLE, WORKING_DAY, MARK_EVERY = timedelta(minutes=30), timedelta(hours=10), timedelta(minutes=1)
STEP = 30
RECOVERY_CODES = 10
SHORTEST_PASSWORD = 12
_hasher = PasswordHasher()


@dataclass(frozen=True)
class Credentials:
    """What was typed, where from, and the instants at which its code may be right."""

    login: str
    knows_password: bool
    code: str
    source: str
    moments: tuple[datetime, ...]
    code_once: bool = True
    tries_per_window: int = 30


@dataclass(frozen=True)
class Enrolled:
    """A new account with its secrets, which are shown once."""

    member: StaffMember
    totp_secret: str
    recovery_codes: tuple[str, ...]


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, until when at most, and whether the last sign of work is too old or due to be marked."""

    member: StaffMember
    until: datetime
    is_idle: bool
    is_due: bool


@dataclass(frozen=True)
class NewMember:
    """Whom to enrol."""

    organisation_id: int
    login: str
    password: str
    role: Role
    building_id: int | None = None
    totp_secret: str = ""


def enrol(session: Session, keys: Keys, new: NewMember, now: datetime) -> Enrolled:
    """Make an account; its secrets leave this function once, and only hashes and a seal stay."""
    secret = new.totp_secret or random_base32()
    member = StaffMember(
        ref=new_ref(),
        organisation_id=new.organisation_id,
        building_id=new.building_id,
        login=new.login,
        role=new.role.value,
        password_hash=_hasher.hash(new.password),
        totp_sealed=seal(keys.staff, {"totp": secret}, new.login),
        created_at=now,
    )
    session.add(member)
    session.flush()
    return Enrolled(member, secret, renew_recovery_codes(session, keys, member))


def renew_recovery_codes(session: Session, keys: Keys, member: StaffMember) -> tuple[str, ...]:
    """Ten new recovery codes in place of the old ones."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == member.id))
    codes = tuple(f"{secrets.randbelow(10**10):010}" for _ in range(RECOVERY_CODES))
    session.add_all(RecoveryCode(staff_id=member.id, code_hash=_code_hash(keys, member, one)) for one in codes)
    session.flush()
    return codes


def knows_password(session: Session, login: str, password: str) -> bool:
    """Whether this password is this login's; asked before the transaction, because it is slow on purpose."""
    member = find_member(session, login)
    try:  # somebody unknown costs the same time as somebody known
        return _hasher.verify(member.password_hash if member else _nobody(), password) and member is not None
    except (VerificationError, InvalidHashError):
        return False


def judge(session: Session, keys: Keys, typed: Credentials, now: datetime) -> StaffMember | None:
    """The member whose credentials these are, or None; counts failures, which the caller must commit."""
    if not may_try(session, typed.source, typed.tries_per_window, now):
        return None
    member = find_member(session, typed.login)
    if member is None or not member.is_active or (member.locked_until and member.locked_until > now):
        count_try(session, typed.source, now)
        return None
    if typed.knows_password and _code_is_right(session, keys, member, typed, now):
        member.failures, member.locked_until = 0, None
        return member
    count_try(session, typed.source, now)
    member.failures += 1
    if member.failures >= FAILURES:
        member.failures, member.locked_until = 0, now + LOCKED_FOR
    return None


def begin(session: Session, member: StaffMember, now: datetime) -> str:
    """A new session for `member`: its cookie. Ended ones are swept out."""
    session.execute(delete(StaffSession).where(StaffSession.seen_at <= now - WORKING_DAY))
    cookie = token()
    session.add(StaffSession(id=_session_id(cookie), staff_id=member.id, begun_at=now, seen_at=now))
    session.flush()
    return cookie


def find_signed_in(session: Session, cookie: str, now: datetime) -> SignedIn | None:
    """Who this cookie belongs to, from sign-in to the end of a working day."""
    query = select(StaffSession, StaffMember).join(StaffMember, StaffSession.staff_id == StaffMember.id)
    row = session.execute(query.where(StaffSession.id == _session_id(cookie))).one_or_none()
    if row is None:
        return None
    living, member = row
    until, since = living.begun_at + WORKING_DAY, now - living.seen_at
    if not member.is_active or now >= until:
        return None
    return SignedIn(member, until, is_idle=since >= IDLE, is_due=since >= MARK_EVERY)


def whose(session: Session, cookie: str) -> StaffMember | None:
    """Who last worked in this browser and did not sign out, however long ago."""
    query = select(StaffMember).join(StaffSession, StaffSession.staff_id == StaffMember.id)
    return session.scalar(query.where(StaffSession.id == _session_id(cookie), StaffMember.is_active))


def mark_seen(session: Session, cookie: str, now: datetime) -> None:
    """Somebody still works here."""
    session.execute(update(StaffSession).where(StaffSession.id == _session_id(cookie)).values(seen_at=now))


def end(session: Session, cookie: str) -> None:
    """Sign this browser out."""
    session.execute(delete(StaffSession).where(StaffSession.id == _session_id(cookie)))


def end_all(session: Session, member: StaffMember) -> None:
    """Sign every browser of `member` out: after a new password, or when they leave."""
    session.execute(delete(StaffSession).where(StaffSession.staff_id == member.id))


def renew_secrets(session: Session, keys: Keys, member: StaffMember, password: str) -> Enrolled:
    """New password, one-time secret and recovery codes for `member`, whom it signs out everywhere and unlocks."""
    secret = random_base32()
    member.password_hash = _hasher.hash(password)
    member.totp_sealed = seal(keys.staff, {"totp": secret}, member.login)
    member.failures, member.locked_until = 0, None
    end_all(session, member)
    return Enrolled(member, secret, renew_recovery_codes(session, keys, member))


@cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))


def _code_is_right(session: Session, keys: Keys, member: StaffMember, typed: Credentials, now: datetime) -> bool:
    code = "".join(typed.code.split())
    if len(code) == RECOVERY_CODES:
        return _spend(session, keys, member, code, now)
    step = _matching_step(unseal(keys.staff, member.totp_sealed, member.login)["totp"], code, typed.moments)
    if step is None or (typed.code_once and step <= member.last_step):
        return False
    member.last_step = step
    return True


def _matching_step(secret: str, code: str, moments: Iterable[datetime]) -> int | None:
    for moment in moments:
        for near in (0, -1, 1):
            at = int(moment.timestamp()) + near * STEP
            if TOTP(secret).verify(code, for_time=at):
                return at // STEP
    return None


def _spend(session: Session, keys: Keys, member: StaffMember, code: str, now: datetime) -> bool:
    spent = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.staff_id == member.id,
            RecoveryCode.code_hash == _code_hash(keys, member, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
    )
    return bool(spent.rowcount)  # type: ignore[attr-defined]


def _code_hash(keys: Keys, member: StaffMember, code: str) -> str:
    return keyed_hash(keys.staff, f"recovery {member.ref} {code}")


def _session_id(cookie: str) -> str:
    return sha256(f"staff session {cookie}".encode()).hexdigest()


def _source(name: str) -> str:
    return sha256(f"sign-in from {name}".encode()).hexdigest()


def may_try(session: Session, source: str, limit: int, now: datetime) -> bool:
    """Whether fewer than `limit` tries from this source have failed in these ten minutes."""
    row = session.get(SignInTries, (_source(source), int(now.timestamp()) // WINDOW))
    return row is None or row.count < limit


def count_try(session: Session, source: str, now: datetime) -> None:
    """Remember one failed try from this source."""
    key = (_source(source), int(now.timestamp()) // WINDOW)
    row = session.get(SignInTries, key)
    if row is None:
        session.execute(delete(SignInTries).where(SignInTries.window < key[1]))
        row = SignInTries(source=key[0], window=key[1], count=0)
        session.add(row)
    row.count += 1
    session.flush()
