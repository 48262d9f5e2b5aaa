"""The gateway's envelope on the wire: what we send, what we believe, and what its other side takes."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from lxml import etree

from kiosk.clinic.obstacles import RegisterSilent
from kiosk.clinic.ports import CARD_PRESENTED, Basis
from kiosk.outside.markup import check, parse
from kiosk.outside.signing import CertificateVerifier, KeySigner
from kiosk.outside.wiring import Services
from tests.outside import people
from tests.outside.conftest import Simulator
from tests.outside.mouth import Mouth

IIN = people.PLAIN["iin"]
CARD = Basis(CARD_PRESENTED, correlation="from-button-to-journal")
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"


@pytest.fixture
def between(simulator: Simulator, mouth: Mouth) -> Mouth:
    """Somebody on the line to the persons register who passes everything on."""
    mouth.answers.append(lambda body: (200, simulator.forward("/persons", body)))
    return mouth


def test_a_question_carries_ids_routing_our_zone_and_our_signature(simulator: Simulator, between: Mouth) -> None:
    simulator.connected(persons_url=between.url).persons.find_person(IIN, CARD)
    person, family = between.asked
    assert person.path == family.path == "/"
    body = CertificateVerifier(simulator.var / "simulator" / "kiosk.pem").verify(parse(person.body))
    check(body[0], "sync_channel")
    info = body[0].find("request/requestInfo")
    assert info is not None
    said = {child.tag: child.text for child in info}
    assert UUID(said["messageId"])
    assert said["correlationId"] == "from-button-to-journal"
    assert said["serviceId"] == said["routeId"] == "GBDFLUniversal_token"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+05:00", said["messageDate"] or "")
    assert b"from-button-to-journal" in family.body
    assert said["messageId"].encode() not in family.body


def test_no_url_and_no_header_carries_a_personal_number(simulator: Simulator, mouth: Mouth) -> None:
    mouth.says(b"nonsense")
    outside = simulator.connected(
        persons_url=mouth.url, consent_url=mouth.url, attachments_url=mouth.url, documents_url=mouth.url
    )
    for ask in (
        lambda: outside.persons.find_person(IIN, CARD),
        lambda: outside.attachments.get_attachments(IIN, CARD),
        lambda: outside.documents.request_consent(IIN),
        lambda: outside.documents.find_presented("shown"),
    ):
        with pytest.raises(RegisterSilent):
            ask()
    assert len(mouth.asked) == 4
    assert not [one for one in mouth.asked if IIN in one.path + str(one.headers)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ғазиза".encode(), "Ғалима".encode()),
        (b"<code>00</code>", b"<code>07</code>"),
        (b"SCSS001", b"SCSS002"),
        (b"<ds:SignatureValue>", b"<ds:SignatureValue>AAAA"),
        (b"<ds:DigestValue>", b"<ds:DigestValue>AAAA"),
        (b"</soap:Header>", b"</soap:Header><soap:Body/>"),
    ],
)
def test_an_answer_changed_on_its_way_is_silence(
    simulator: Simulator, mouth: Mouth, before: bytes, after: bytes
) -> None:
    def change(body: bytes) -> tuple[int, bytes]:
        content = simulator.forward("/persons", body)
        assert before in content
        return 200, content.replace(before, after)

    mouth.answers.append(change)
    with pytest.raises(RegisterSilent):
        simulator.connected(persons_url=mouth.url).persons.find_person(IIN, CARD)


def test_a_signed_body_beside_a_forged_one_is_silence(simulator: Simulator, mouth: Mouth) -> None:
    def wrap(body: bytes) -> tuple[int, bytes]:
        envelope = etree.fromstring(simulator.forward("/persons", body))
        true = envelope.find(f"{SOAP}Body")
        assert true is not None
        forged = etree.fromstring(etree.tostring(true).replace("Ғазиза".encode(), "Ғалима".encode()))
        forged.set("{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd}Id", "forged")
        envelope.replace(true, forged)
        envelope[0].append(true)
        return 200, etree.tostring(envelope)

    mouth.answers.append(wrap)
    with pytest.raises(RegisterSilent):
        simulator.connected(persons_url=mouth.url).persons.find_person(IIN, CARD)


def test_the_answer_to_a_former_question_is_silence(simulator: Simulator, between: Mouth) -> None:
    outside = simulator.connected(persons_url=between.url)
    assert outside.persons.find_person(IIN, CARD)
    former = simulator.forward("/persons", between.asked[0].body)
    between.answers[:] = [lambda _: (200, former)]
    with pytest.raises(RegisterSilent):
        outside.persons.find_person(IIN, CARD)


def test_a_recorded_answer_with_the_same_correlation_is_silence(simulator: Simulator, mouth: Mouth) -> None:
    recorded: list[bytes] = []

    def record(body: bytes) -> tuple[int, bytes]:
        recorded.append(simulator.forward("/persons", body))
        return 200, recorded[-1]

    mouth.answers.append(record)
    outside = simulator.connected(persons_url=mouth.url)
    assert outside.persons.find_person(IIN, CARD)
    mouth.answers[:] = [lambda _: (200, recorded[0])]
    with pytest.raises(RegisterSilent):
        outside.persons.find_person(IIN, CARD)


def test_the_gateway_takes_no_message_twice(simulator: Simulator, between: Mouth) -> None:
    simulator.connected(persons_url=between.url).persons.find_person(IIN, CARD)
    again = simulator.forward("/persons", between.asked[0].body)
    assert b"SCE002" in again and "Ғазиза".encode() not in again


def test_the_gateway_knows_no_other_service(simulator: Simulator, between: Mouth) -> None:
    services = Services(*["NO_SUCH_SERVICE"] * 5)
    outside = simulator.connected(persons_url=between.url, services=services)
    with pytest.raises(RegisterSilent):
        outside.persons.find_person(IIN, CARD)
    assert len(between.asked) == 1


def resigned(simulator: Simulator, question: bytes, key: Path, before: bytes, after: bytes) -> bytes:
    envelope = etree.fromstring(question.replace(before, after))
    header = envelope.find(f"{SOAP}Header")
    assert header is not None
    for child in list(header):
        header.remove(child)
    return simulator.forward("/persons", KeySigner(key).sign(envelope))


@pytest.mark.parametrize(
    ("key", "before", "after", "sentence"),
    [
        ("kiosk", b"+05:00</messageDate>", b"+06:00</messageDate>", b"+05:00"),
        ("kiosk", b"<serviceId>", b"<serviceIds/><serviceId>", b"schema"),
        ("kiosk", b"<iin>", b"<iin>x", b"schema"),
        ("stranger", b"<a>", b"<a>", b"known sender"),
    ],
)
def test_the_gateway_takes_only_what_was_agreed(
    simulator: Simulator, between: Mouth, key: str, before: bytes, after: bytes, sentence: bytes
) -> None:
    simulator.connected(persons_url=between.url).persons.find_person(IIN, CARD)
    pem = simulator.var / "simulator" / f"{key}.pem"
    said = resigned(simulator, between.asked[0].body, pem, before, after)
    assert b"Fault" in said and sentence in said
    assert IIN.encode() not in said


def test_without_keys_nothing_is_sent_and_nothing_believed(
    simulator: Simulator, between: Mouth, tmp_path: Path
) -> None:
    (tmp_path / "empty.pem").write_text("")
    for missing in (tmp_path / "none.pem", tmp_path / "empty.pem"):
        with pytest.raises(RegisterSilent):
            simulator.connected(persons_url=between.url, signing_key=missing).persons.find_person(IIN, CARD)
        assert between.asked == []
        with pytest.raises(RegisterSilent):
            simulator.connected(trusted=missing).persons.find_person(IIN, CARD)
        with pytest.raises(RegisterSilent):
            simulator.connected(trusted=missing).attachments.get_attachments(IIN, CARD)
