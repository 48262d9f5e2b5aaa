"""Signatures over the envelope's Body: the ports, and their fulfilment by an RSA key and certificates in files."""

from base64 import b64decode, b64encode
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from lxml import etree
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConstructionMethod,
    SignatureMethod,
)
from signxml.signer import SignatureReference, XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from kiosk import clock
from kiosk.outside.markup import hardened

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
DS = "http://www.w3.org/2000/09/xmldsig#"
_PROFILE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
_BASE64 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"
_PREFIXES = ["xsi", "t"]  # used in xsi:type only, where canonicalisation would not see them


class SignatureWrong(Exception):
    """Not signed, changed after signing, or signed by a stranger."""


class Signer(Protocol):
    """Signs for us."""

    def sign(self, envelope: etree._Element) -> bytes:
        """The envelope with a WS-Security signature over its Body; raises SignatureWrong where none can be made."""


class Verifier(Protocol):
    """Knows whom we trust."""

    def verify(self, envelope: etree._Element) -> etree._Element:
        """The Body that was signed, and nothing but it; raises SignatureWrong."""

    def verify_bytes(self, content: bytes, signature: str) -> None:
        """Hold a detached base64 signature against `content`; raises SignatureWrong."""


class KeySigner:
    """Signs with the RSA key in a PEM file that also holds its certificate."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def sign(self, envelope: etree._Element) -> bytes:
        """Fulfils Signer."""
        try:
            key, certificate = _key(self._path, self._path.stat().st_mtime_ns)
        except (OSError, ValueError, TypeError):
            raise SignatureWrong from None
        security = _security(envelope)
        token = _token(security, certificate)
        signer = XMLSigner(
            method=SignatureConstructionMethod.detached,
            c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
        )
        body = SignatureReference(URI=f"#{_body_id(envelope)}", inclusive_ns_prefixes=_PREFIXES)
        security.append(
            signer.sign(envelope, key=key, reference_uri=[body], key_info=_key_info(token), id_attribute="Id")
        )
        content: bytes = etree.tostring(envelope, encoding="UTF-8", xml_declaration=True)
        return content


class CertificateVerifier:
    """Trusts the certificates in a PEM file, each by itself: chains are for the one who fills the file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def verify(self, envelope: etree._Element) -> etree._Element:
        """Fulfils Verifier."""
        rules = SignatureConfiguration(
            location=f"./{{{SOAP}}}Header/{{{WSSE}}}Security/",
            signature_methods=frozenset({SignatureMethod.RSA_SHA256, SignatureMethod.RSA_SHA512}),
            digest_algorithms=frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA512}),
            verification_time=clock.now(),
        )
        for certificate in self._trusted():
            try:
                signed = XMLVerifier().verify(
                    envelope, x509_cert=certificate, expect_config=rules, id_attribute="Id", parser=hardened()
                )
            except Exception:  # noqa: S112  (whatever makes the library stumble is no signature of this key)
                continue
            body = signed[0].signed_xml if isinstance(signed, list) else signed.signed_xml
            if body is not None and body.get(f"{{{WSU}}}Id") == _body_id(envelope):
                return body
        raise SignatureWrong

    def verify_bytes(self, content: bytes, signature: str) -> None:
        """Fulfils Verifier."""
        for certificate in self._trusted():
            public = certificate.public_key()
            try:
                if isinstance(public, RSAPublicKey) and _in_force(certificate):
                    return public.verify(b64decode(signature, validate=True), content, PKCS1v15(), SHA256())
            except (InvalidSignature, ValueError):
                continue
        raise SignatureWrong

    def _trusted(self) -> list[x509.Certificate]:
        try:
            return _certificates(self._path, self._path.stat().st_mtime_ns)
        except (OSError, ValueError):
            raise SignatureWrong from None


@lru_cache(maxsize=8)
def _key(path: Path, changed: int) -> tuple[RSAPrivateKey, x509.Certificate]:
    content = path.read_bytes()
    key = load_pem_private_key(content, None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("The signing key must be an RSA key.")
    return key, x509.load_pem_x509_certificate(content)


@lru_cache(maxsize=8)
def _certificates(path: Path, changed: int) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(path.read_bytes())


def _in_force(certificate: x509.Certificate) -> bool:
    return certificate.not_valid_before_utc <= clock.now() <= certificate.not_valid_after_utc


def _security(envelope: etree._Element) -> etree._Element:
    header = envelope.find(f"{{{SOAP}}}Header")
    if header is None:
        raise SignatureWrong
    security = etree.SubElement(header, f"{{{WSSE}}}Security", nsmap={"wsse": WSSE})
    security.set(f"{{{SOAP}}}mustUnderstand", "1")
    return security


def _body_id(envelope: etree._Element) -> str:
    """The id of the one Body, by which a signature must name it."""
    bodies = envelope.findall(f"{{{SOAP}}}Body")
    name: str | None = bodies[0].get(f"{{{WSU}}}Id") if len(bodies) == 1 else None
    if not name:
        raise SignatureWrong
    return name


def _token(security: etree._Element, certificate: x509.Certificate) -> str:
    name = f"token-{uuid4()}"
    token = etree.SubElement(security, f"{{{WSSE}}}BinarySecurityToken", EncodingType=_BASE64, ValueType=_PROFILE)
    token.set(f"{{{WSU}}}Id", name)
    token.text = b64encode(certificate.public_bytes(Encoding.DER)).decode()
    return name


def _key_info(token: str) -> etree._Element:
    info = etree.Element(f"{{{DS}}}KeyInfo", nsmap={"ds": DS})
    reference = etree.SubElement(info, f"{{{WSSE}}}SecurityTokenReference", nsmap={"wsse": WSSE})
    etree.SubElement(reference, f"{{{WSSE}}}Reference", URI=f"#{token}", ValueType=_PROFILE)
    return info
