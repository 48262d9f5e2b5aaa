"""Our own signatures: what holds, and which certificates are no longer or not yet trusted."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree

from kiosk import clock
from kiosk.clinic.obstacles import RegisterSilent
from kiosk.clinic.ports import CARD_PRESENTED, Basis
from kiosk.config import from_environment
from kiosk.outside import connect
from kiosk.outside.markup import parse
from kiosk.outside.signing import CertificateVerifier, KeySigner, SignatureWrong

ENVELOPE = (
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wsu="http://docs.oasis-open.org/wss/'
    '2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"><soap:Header/><soap:Body wsu:Id="id-1"><a>b</a></soap:Body>'
    "</soap:Envelope>"
)


def make_pair(path: Path, begins: int, ends: int, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> Path:
    """A key with a certificate in force from `begins` to `ends`, in days from now."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(clock.now() + timedelta(days=begins))
    certificate = builder.not_valid_after(clock.now() + timedelta(days=ends)).sign(key, SHA256())
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def signed(path: Path) -> etree._Element:
    return parse(KeySigner(path).sign(etree.fromstring(ENVELOPE)))


def test_what_we_sign_is_what_we_read(tmp_path: Path, key: rsa.RSAPrivateKey) -> None:
    pem = make_pair(tmp_path / "key.pem", -1, 1, key)
    assert CertificateVerifier(pem).verify(signed(pem)).findtext("a") == "b"


def test_one_of_several_trusted_certificates_is_enough(tmp_path: Path, key: rsa.RSAPrivateKey) -> None:
    other = make_pair(tmp_path / "other.pem", -1, 1, rsa.generate_private_key(65537, 2048))
    pem = make_pair(tmp_path / "key.pem", -1, 1, key)
    both = tmp_path / "both.pem"
    both.write_bytes(other.read_bytes() + pem.read_bytes())
    assert CertificateVerifier(both).verify(signed(pem)).findtext("a") == "b"
    with pytest.raises(SignatureWrong):
        CertificateVerifier(other).verify(signed(pem))


@pytest.mark.parametrize(("begins", "ends"), [(-2, -1), (1, 2)])
def test_a_certificate_out_of_force(tmp_path: Path, key: rsa.RSAPrivateKey, begins: int, ends: int) -> None:
    pem = make_pair(tmp_path / "key.pem", begins, ends, key)
    with pytest.raises(SignatureWrong):
        CertificateVerifier(pem).verify(signed(pem))
    with pytest.raises(SignatureWrong):
        CertificateVerifier(pem).verify_bytes(b"content", "c2ln")


def test_only_rsa_keys_sign(tmp_path: Path) -> None:
    pem = make_pair(tmp_path / "key.pem", -1, 1, ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(SignatureWrong):
        signed(pem)


def test_nothing_of_the_demos_is_left_outside_the_demo(tmp_path: Path) -> None:
    settings = from_environment(
        {
            "DATABASE_URL": "sqlite:////nowhere",
            "KIOSK_KEY": "k" * 43,
            "KIOSK_VAR": str(tmp_path),
            "KIOSK_PERSONS_URL": "http://127.0.0.1:9",
            "KIOSK_ATTACHMENTS_URL": "http://127.0.0.1:9",
        }
    )
    outside = connect(settings)
    for ask in (
        lambda: outside.persons.find_person("1" * 12, Basis(CARD_PRESENTED)),
        lambda: outside.documents.request_consent("1" * 12),
        lambda: outside.documents.find_presented("123456"),
    ):
        with pytest.raises(RegisterSilent):
            ask()
