"""Foreign input of every kind: our parsers answer, or say silence, and never anything else."""

import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from kiosk.clinic.identity import is_iin
from kiosk.clinic.obstacles import Obstacle, RegisterSilent
from kiosk.clinic.ports import CARD_PRESENTED, Basis
from kiosk.outside.markup import MarkupWrong, parse
from kiosk.outside.signing import CertificateVerifier, KeySigner, SignatureWrong
from tests.outside import people
from tests.outside.conftest import Simulator
from tests.outside.mouth import Mouth

IIN = people.PLAIN["iin"]
CARD = Basis(CARD_PRESENTED)
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
few = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
BOMBS = {
    "entities": b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>',
    "outside file": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    "outside type": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    "undeclared entity": b"<a>&x;</a>",
    "depth": b"<a>" * 20_000 + b"</a>" * 20_000,
    "huge field": b"<a>" + b"x" * 10_000_000 + b"</a>",
    "huge attribute": b'<a b="' + b"x" * 10_000_000 + b'"/>',
    "utf-16": '<?xml version="1.0" encoding="UTF-16"?><a>ә</a>'.encode("utf-16"),
    "utf-16 bomb": '<!DOCTYPE a [<!ENTITY x "ha">]><a>&x;</a>'.encode("utf-16"),
    "windows-1251": '<?xml version="1.0" encoding="windows-1251"?><a>привет</a>'.encode("windows-1251"),
    "truncated": b"<a><b>",
    "two roots": b"<a/><a/>",
    "zero byte": b"<a>\x00</a>",
    "nothing": b"",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_bombs_are_refused_on_both_sides(simulator: Simulator, mouth: Mouth, bomb: bytes) -> None:
    with pytest.raises(MarkupWrong):
        parse(bomb)
    mouth.says(bomb)
    with pytest.raises(RegisterSilent):
        simulator.connected(persons_url=mouth.url).persons.find_person(IIN, CARD)
    answer = simulator.client.post(simulator.url + "/persons", content=bomb)
    assert answer.status_code == 413 or (answer.status_code == 500 and b"Fault" in answer.content)


@few
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<a>{text}</a>".encode()))
def test_any_bytes_are_xml_or_refused(content: bytes) -> None:
    with suppress(MarkupWrong):
        assert parse(content).tag


@few
@given(data=st.data())
def test_a_mutilated_envelope_is_never_believed(simulator: Simulator, data: st.DataObject) -> None:
    whole = _signed(simulator)
    begin = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(begin + 1, min(len(whole), begin + 200)))
    mutilated = whole[:begin] + data.draw(st.binary(max_size=20)) + whole[end:]
    verifier = CertificateVerifier(simulator.var / "simulator" / "trusted.pem")
    try:
        body = verifier.verify(parse(mutilated))
    except (MarkupWrong, SignatureWrong):
        return
    assert etree.tostring(body, method="c14n") == etree.tostring(verifier.verify(parse(whole)), method="c14n")


def _signed(simulator: Simulator) -> bytes:
    text = (
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wsu="http://docs.oasis-open.org/'
        'wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"><soap:Header/><soap:Body wsu:Id="id-1"><a>truth</a>'
        "</soap:Body></soap:Envelope>"
    )
    return KeySigner(simulator.var / "simulator" / "gateway.pem").sign(etree.fromstring(text))


def _xml_text() -> st.SearchStrategy[str]:
    return st.text(st.characters(min_codepoint=32, max_codepoint=0x4FF, exclude_categories=["Cc", "Cs"]), max_size=30)


@few
@given(
    text=st.sampled_from(["", "0", "99", "00000", "1900-13-01", "x" * 400, people.NOBODY]) | _xml_text(),
    place=st.integers(0, 60),
)
def test_a_well_signed_answer_with_any_text_is_right_or_silence(
    simulator: Simulator, mouth: Mouth, text: str, place: int
) -> None:
    changed: list[str] = []

    def change(body: bytes) -> tuple[int, bytes]:
        envelope = etree.fromstring(simulator.forward("/persons", body))
        answered = envelope.find(f"{SOAP}Body")
        assert answered is not None
        leaves = [leaf for leaf in answered.iter() if len(leaf) == 0]
        leaves[place % len(leaves)].text = text
        changed.append(leaves[place % len(leaves)].tag)
        envelope[0].clear()
        return 200, KeySigner(simulator.var / "simulator" / "gateway.pem").sign(envelope)

    mouth.answers[:] = [change]
    try:
        answer = simulator.connected(persons_url=mouth.url).persons.find_person(IIN, CARD)
    except RegisterSilent:
        assert changed
        return
    assert changed and answer is not None and answer.person.iin == IIN


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [path, *(place for key in keys for place in _places(value[key], (*path, key)))]


def _replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copied = value.copy()
    copied[path[0]] = _replaced(value[path[0]], path[1:], new)
    return copied


def _altered(answer: Any, data: st.DataObject) -> bytes:
    return json.dumps(_replaced(answer, data.draw(st.sampled_from(_places(answer))), data.draw(json_values))).encode()


def _recorded(simulator: Simulator, path: str, body: dict[str, Any]) -> Any:
    headers = {"Authorization": "Bearer test"}
    return simulator.client.post(simulator.url + path, json=body, headers=headers).json()


@few
@given(data=st.data())
def test_any_json_about_attachments_is_right_or_an_obstacle(
    simulator: Simulator, mouth: Mouth, data: st.DataObject
) -> None:
    said = _recorded(simulator, "/attachments/person/search4/1/10", {"fioiin": IIN})
    mouth.answers.clear()
    mouth.says(_altered(said, data))
    outside = simulator.connected(attachments_url=mouth.url, json_signed=False)
    try:
        answer = outside.attachments.get_attachments(IIN, CARD)
    except Obstacle:
        return
    for one in answer.attachments:
        assert one.status in ("active", "requested") and one.organisation and one.organisation_name
        assert all(isinstance(text, str) for text in (one.organisation, one.organisation_name, one.district))
        assert one.since is None or isinstance(one.since, date)


@few
@given(data=st.data())
def test_any_json_about_documents_is_right_or_silence(simulator: Simulator, mouth: Mouth, data: st.DataObject) -> None:
    shown = simulator.post("/api/presentations", {"phone": people.PLAIN["phone"], "kind": "qr"}).json()["payload"]
    said = _recorded(simulator, "/documents/presentation", {"payload": shown})
    mouth.answers.clear()
    mouth.says(_altered(said, data))
    outside = simulator.connected(documents_url=mouth.url, json_signed=False)
    try:
        answer = outside.documents.find_presented(shown)
    except RegisterSilent:
        return
    assert answer is None or (is_iin(answer.iin) and answer.document.number and answer.document.kind)


@few
@given(body=st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_the_simulators_interface_survives_any_body(simulator: Simulator, body: bytes) -> None:
    for path in ("/api/clock", "/api/faults", "/api/presentations", "/api/messages/1/reply"):
        answer = simulator.client.post(simulator.url + path, content=body)
        assert answer.status_code in (400, 404), (path, answer.text)
        assert answer.json()["error"]
