"""What only the adapters and the simulator can be asked of digital documents; test_ports asks what all are asked."""

import pytest

from kiosk.clinic.obstacles import RegisterSilent
from kiosk.clinic.ports import (
    DENIED,
    INVALID,
    NOT_FOUND,
    PENDING,
    VALID,
    ConsentAnswer,
    ConsentToken,
    DigitalDocuments,
)
from kiosk.outside import Outside
from tests.outside import people
from tests.outside.conftest import Simulator

IIN, PHONE = people.PLAIN["iin"], people.PLAIN["phone"]


@pytest.fixture
def documents(outside: Outside) -> DigitalDocuments:
    return outside.documents


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def agreed(documents: DigitalDocuments, simulator: Simulator, who: dict[str, str]) -> ConsentToken:
    asked = documents.request_consent(who["iin"])
    token = documents.submit_code(asked.request_id, simulator.code(who["phone"])).token
    assert token is not None
    return token


def test_after_a_wrong_code_the_request_still_waits(documents: DigitalDocuments, simulator: Simulator) -> None:
    asked = documents.request_consent(IIN)
    code = simulator.code(PHONE)
    documents.submit_code(asked.request_id, wrong(code))
    assert documents.find_consent(asked.request_id).state == PENDING
    assert documents.submit_code(asked.request_id, code).state == VALID


def test_the_former_code_is_wrong_and_a_new_one_has_its_tries(
    documents: DigitalDocuments, simulator: Simulator
) -> None:
    asked = documents.request_consent(IIN)
    first = simulator.code(PHONE)
    for _ in range(3):
        documents.submit_code(asked.request_id, wrong(first))
    simulator.advance(61)
    again = documents.send_again(asked.request_id)
    assert (again.state, again.tries_left) == (PENDING, 3)
    if simulator.code(PHONE) != first:
        assert documents.submit_code(asked.request_id, first).state == INVALID
    assert documents.submit_code(asked.request_id, simulator.code(PHONE)).state == VALID


def test_a_used_code_says_the_same_again_and_a_strangers_code_nothing(
    documents: DigitalDocuments, simulator: Simulator
) -> None:
    asked = documents.request_consent(IIN)
    other = documents.request_consent(people.PASSPORT["iin"])
    code, foreign = simulator.code(PHONE), simulator.code(people.PASSPORT["phone"])
    if code != foreign:
        assert documents.submit_code(asked.request_id, foreign).state == INVALID
    assert documents.submit_code(asked.request_id, code).state == VALID
    assert documents.submit_code(asked.request_id, code).state == VALID
    assert documents.submit_code(asked.request_id, wrong(code)).state == INVALID
    assert documents.find_consent(other.request_id).state == PENDING


def reply(simulator: Simulator, documents: DigitalDocuments, text: str) -> ConsentAnswer:
    asked = documents.request_consent(IIN)
    notification = simulator.messages(PHONE, "notification")[-1]
    simulator.post(f"/api/messages/{notification['id']}/reply", {"text": text})
    return documents.find_consent(asked.request_id)


@pytest.mark.parametrize("text", ["1", " Иә. ", "ДА", "yes"])
def test_a_short_message_agrees(documents: DigitalDocuments, simulator: Simulator, text: str) -> None:
    answer = reply(simulator, documents, text)
    assert answer.state == VALID and answer.token
    assert documents.find_document(IIN, answer.token)


@pytest.mark.parametrize("text", ["0", "Жоқ", "нет", "NO"])
def test_a_short_message_refuses(documents: DigitalDocuments, simulator: Simulator, text: str) -> None:
    answer = reply(simulator, documents, text)
    assert answer.state == DENIED and answer.token is None and answer.may_repeat_at is None


def test_who_is_not_in_the_mobile_base_cannot_be_asked(documents: DigitalDocuments, simulator: Simulator) -> None:
    for iin in (people.WITHOUT_BASE["iin"], people.SPARSE["iin"], people.DECEASED["iin"], people.NOBODY):
        asked = documents.request_consent(iin)
        assert (asked.state, asked.sends_left, asked.token) == (NOT_FOUND, 0, None)
    assert simulator.messages(people.WITHOUT_BASE["phone"], "code") == []


def test_a_token_opens_nobody_elses_document(documents: DigitalDocuments, simulator: Simulator) -> None:
    token = agreed(documents, simulator, people.PLAIN)
    with pytest.raises(RegisterSilent):
        documents.find_document(people.PASSPORT["iin"], token)


@pytest.mark.parametrize("kind", ["code", "qr"])
def test_what_a_phone_shows_is_its_owners_document(
    documents: DigitalDocuments, simulator: Simulator, kind: str
) -> None:
    shown = simulator.post("/api/presentations", {"phone": PHONE, "kind": kind}).json()["payload"]
    answer = documents.find_presented(shown)
    assert answer is not None
    assert (answer.iin, answer.document.number) == (IIN, "314150001")
    simulator.advance(301)
    assert documents.find_presented(shown) is None


@pytest.mark.parametrize("payload", ["", "no such payload", "ж" * 1025, "x" * 2049, "'; --\x00<&"])
def test_what_nobody_showed_is_nobodys(documents: DigitalDocuments, payload: str) -> None:
    assert documents.find_presented(payload) is None
