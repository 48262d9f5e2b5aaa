"""Keys and seals: everything personal leaves memory only as one authenticated ciphertext or a keyed hash."""

import hmac
import json
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class Broken(Exception):
    """A seal that this key did not make, or that somebody has changed."""


@dataclass(frozen=True)
class Keys:
    """One key for each use, all derived from the master key."""

    iin: bytes
    patient: bytes
    visit: bytes
    session: bytes
    demo_kiosk: bytes
    staff: bytes

    @classmethod
    def of(cls, master: bytes) -> "Keys":
        """Derive them all."""
        return cls(*(derive(master, name) for name in ("iin", "patient", "visit", "session", "demo kiosk", "staff")))


def derive(master: bytes, purpose: str) -> bytes:
    """A 32-byte key for one `purpose`, so that no two uses share a key."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(master)


def keyed_hash(key: bytes, text: str) -> str:
    """64 hex digits that only a holder of `key` can make from `text`."""
    return hmac.new(key, text.encode(), sha256).hexdigest()


def token() -> str:
    """A new random id of 256 bits for a cookie."""
    return secrets.token_urlsafe(32)


def seal(key: bytes, value: dict[str, Any], bound_to: str) -> bytes:
    """Encrypt a JSON `value` so that it opens only with `key` and beside the id it is `bound_to`."""
    nonce = secrets.token_bytes(_NONCE)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def unseal(key: bytes, sealed: bytes, bound_to: str) -> dict[str, Any]:
    """The value that `seal` took; raises Broken for any other key, id or content."""
    try:
        plain = AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())
    except (InvalidTag, ValueError):
        raise Broken from None
    value: dict[str, Any] = json.loads(plain)
    return value
