"""The simulator's keys: its own, a stranger's, and one it hands to the kiosk; made once, kept in files."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

_VALID = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)  # whatever date the demo plays


@dataclass(frozen=True)
class KeyPair:
    """A private key with its certificate."""

    private: RSAPrivateKey
    certificate: x509.Certificate


@dataclass(frozen=True)
class Keys:
    """Ours, the stranger's, and the kiosk's certificate, by which its questions are known."""

    own: KeyPair
    stranger: KeyPair
    kiosk: KeyPair


def make_keys(folder: Path) -> Keys:
    """The keys in `folder`, made where they are missing; `trusted.pem` there is for the kiosk to trust."""
    folder.mkdir(parents=True, exist_ok=True)
    keys = Keys(*(_pair(folder / f"{name}.pem", name) for name in ("gateway", "stranger", "kiosk")))
    _keep(folder / "trusted.pem", keys.own.certificate.public_bytes(Encoding.PEM))
    return keys


def _pair(path: Path, name: str) -> KeyPair:
    if not path.exists():
        _keep(path, _new(f"Qabyldau simulator: {name}"))
    content = path.read_bytes()
    private = load_pem_private_key(content, None)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError(f"{path} holds no RSA key.")
    return KeyPair(private, x509.load_pem_x509_certificate(content))


def _new(name: str) -> bytes:
    private = generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_VALID[0])
        .not_valid_after(_VALID[1])
        .sign(private, SHA256())
    )
    secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + certificate.public_bytes(Encoding.PEM)


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all, because the kiosk may look at any moment."""
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    draft.replace(path)
