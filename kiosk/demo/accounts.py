"""The demo's staff: one account for each role, with a password and a TOTP secret made from the demo's key."""

from base64 import b32encode
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.clinic.places import Building
from kiosk.clinic.sign_in import NewMember, enrol
from kiosk.clinic.staff import Role, find_member
from kiosk.sealing import Keys, keyed_hash

ROLES = {
    "registrar": Role.REGISTRAR,
    "schedules": Role.SCHEDULE_KEEPER,
    "building": Role.BUILDING_ADMINISTRATOR,
    "organisation": Role.ORGANISATION_ADMINISTRATOR,
    "auditor": Role.AUDITOR,
}


@dataclass(frozen=True)
class Account:
    """What `make run` prints."""

    login: str
    password: str
    totp_secret: str
    role: str

    def plain(self) -> dict[str, str]:
        """As JSON would have it."""
        return asdict(self)


def accounts(keys: Keys) -> list[Account]:
    """The demo's accounts: the same at every start with the same key, other ones with another."""
    return [_account(keys, login, role) for login, role in ROLES.items()]


def settle_accounts(session: Session, keys: Keys, organisation_id: int, now: datetime) -> None:
    """Add the demo's accounts that are missing; only the building administrator is bound to one building."""
    first = select(Building.id).where(Building.organisation_id == organisation_id).order_by(Building.id)
    building_id = session.scalars(first).first()
    for one in accounts(keys):
        if find_member(session, one.login) is None:
            role = Role(one.role)
            here = building_id if role is Role.BUILDING_ADMINISTRATOR else None
            new = NewMember(organisation_id, one.login, one.password, role, here, one.totp_secret)
            enrol(session, keys, new, now)


def _account(keys: Keys, login: str, role: Role) -> Account:
    password = keyed_hash(keys.demo_kiosk, f"demo password {login}")[:16]
    secret = b32encode(sha256(keyed_hash(keys.demo_kiosk, f"demo totp {login}").encode()).digest()[:20]).decode()
    return Account(login, "-".join(password[i : i + 4] for i in range(0, 16, 4)), secret, role.value)
