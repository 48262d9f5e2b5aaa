"""Signing by a service beside us: what it is asked, and what is believed of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kiosk.clinic.ports import CARD_PRESENTED, Basis
from kiosk.outside.markup import parse
from kiosk.outside.signing import CertificateVerifier, KeySigner, SignatureWrong
from kiosk.outside.signing_service import ServiceSigner, ServiceVerifier
from tests.outside import people
from tests.outside.conftest import Simulator
from tests.outside.mouth import Mouth

SERIALS = frozenset({"12ab"})
ENVELOPE = (
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wsu="http://docs.oasis-open.org/wss/'
    '2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"><soap:Header/><soap:Body wsu:Id="id-1"><a>b</a></soap:Body>'
    "</soap:Envelope>"
)


@pytest.fixture
def container(tmp_path: Path) -> Path:
    path = tmp_path / "organisation.p12"
    path.write_bytes(b"a key container")
    return path


@pytest.fixture
def signed(simulator: Simulator) -> Iterator[etree._Element]:
    yield parse(KeySigner(simulator.var / "simulator" / "gateway.pem").sign(etree.fromstring(ENVELOPE)))


def test_a_question_signed_by_the_service_is_taken(simulator: Simulator, mouth: Mouth, container: Path) -> None:
    key = simulator.var / "simulator" / "kiosk.pem"

    def sign(body: bytes) -> tuple[int, bytes]:
        asked = json.loads(body)
        xml = KeySigner(key).sign(etree.fromstring(asked["xml"])).decode()
        return 200, json.dumps({"xml": xml}).encode()

    mouth.answers.append(sign)
    outside = simulator.connected(signer_url=mouth.url, signer_key=container, signer_password="secret")
    assert outside.persons.find_person(people.PLAIN["iin"], Basis(CARD_PRESENTED))
    first = mouth.asked[0]
    assert first.path == "/wsse/sign"
    assert json.loads(first.body)["password"] == "secret"
    assert json.loads(first.body)["key"]


@pytest.mark.parametrize("said", [b"", b"[]", b"{}", b'{"xml": ""}', b'{"xml": 5}', b"\xff"])
def test_a_service_that_signs_nothing(mouth: Mouth, container: Path, said: bytes) -> None:
    mouth.says(said)
    with pytest.raises(SignatureWrong):
        ServiceSigner(mouth.url, 1.0, container, "secret").sign(etree.fromstring(ENVELOPE))


def test_no_service_and_no_container(mouth: Mouth, container: Path, tmp_path: Path) -> None:
    with pytest.raises(SignatureWrong):
        ServiceSigner("http://127.0.0.1:9", 1.0, container, "secret").sign(etree.fromstring(ENVELOPE))
    with pytest.raises(SignatureWrong):
        ServiceSigner(mouth.url, 1.0, tmp_path / "none.p12", "secret").sign(etree.fromstring(ENVELOPE))


def test_the_body_of_a_known_signer(mouth: Mouth, signed: etree._Element) -> None:
    mouth.says(b'{"valid": true, "signers": [{"serialNumber": "12ab"}]}')
    body = ServiceVerifier(mouth.url, 1.0, SERIALS).verify(signed)
    assert body.findtext("a") == "b"
    assert mouth.asked[0].path == "/wsse/verify"


@pytest.mark.parametrize(
    "said",
    [
        {"valid": False, "signers": [{"serialNumber": "12ab"}]},
        {"valid": "yes", "signers": [{"serialNumber": "12ab"}]},
        {"valid": True, "signers": [{"serialNumber": "34cd"}]},
        {"valid": True, "signers": [{"serialNumber": "12ab"}, {"serialNumber": "34cd"}]},
        {"valid": True, "signers": []},
        {"valid": True, "signers": "12ab"},
        {"valid": True},
        [],
    ],
)
def test_what_the_service_does_not_vouch_for(mouth: Mouth, signed: etree._Element, said: Any) -> None:
    mouth.says(json.dumps(said).encode())
    with pytest.raises(SignatureWrong):
        ServiceVerifier(mouth.url, 1.0, SERIALS).verify(signed)


def test_a_signature_over_something_else_is_not_even_asked_about(mouth: Mouth, signed: etree._Element) -> None:
    body = signed[1]
    other = etree.SubElement(signed[0], "other")
    other.set(body.keys()[0], "id-1")
    for envelope in (signed, etree.fromstring(ENVELOPE)):
        with pytest.raises(SignatureWrong):
            ServiceVerifier(mouth.url, 1.0, SERIALS).verify(envelope)
    assert mouth.asked == []


def test_detached_signatures_are_not_its_matter(mouth: Mouth) -> None:
    with pytest.raises(SignatureWrong):
        ServiceVerifier(mouth.url, 1.0, SERIALS).verify_bytes(b"content", "c2ln")


@pytest.mark.parametrize("signature", ["", "c2ln", "no base64", "ж"])
def test_a_detached_signature_that_is_none(simulator: Simulator, signature: str) -> None:
    with pytest.raises(SignatureWrong):
        CertificateVerifier(simulator.var / "simulator" / "trusted.pem").verify_bytes(b"content", signature)
