"""Time, size, repetition and rest on the line to a state system."""

import logging

import pytest

from kiosk.clinic.obstacles import RegisterSilent
from kiosk.clinic.ports import CARD_PRESENTED, Basis
from kiosk.outside.patience import FAILURES
from tests.outside import people
from tests.outside.conftest import Simulator
from tests.outside.mouth import Mouth

IIN, PHONE = people.PLAIN["iin"], people.PLAIN["phone"]
CARD = Basis(CARD_PRESENTED)


def test_who_is_turned_away_once_asks_again_under_a_new_id(simulator: Simulator, mouth: Mouth) -> None:
    mouth.says(b"", 503)
    mouth.answers.append(lambda body: (200, simulator.forward("/persons", body)))
    answer = simulator.connected(persons_url=mouth.url).persons.find_person(IIN, CARD)
    assert answer is not None and answer.person.iin == IIN
    first, second, _family = mouth.asked
    assert first.body != second.body


def test_nobody_asks_a_third_time(simulator: Simulator, mouth: Mouth) -> None:
    mouth.says(b"", 503)
    with pytest.raises(RegisterSilent):
        simulator.connected(persons_url=mouth.url).persons.find_person(IIN, CARD)
    assert len(mouth.asked) == 2


def test_what_reaches_a_phone_or_costs_a_try_is_never_repeated(simulator: Simulator, mouth: Mouth) -> None:
    mouth.says(b"", 503)
    documents = simulator.connected(consent_url=mouth.url).documents
    for ask in (
        lambda: documents.request_consent(IIN),
        lambda: documents.submit_code("some-request", "123456"),
    ):
        with pytest.raises(RegisterSilent):
            ask()
    assert len(mouth.asked) == 2
    with pytest.raises(RegisterSilent):
        simulator.connected(consent_url=mouth.url).documents.send_again("some-request")
    assert len(mouth.asked) == 3


def test_a_broken_answer_is_not_asked_for_again(simulator: Simulator, mouth: Mouth) -> None:
    mouth.says(b"<broken")
    with pytest.raises(RegisterSilent):
        simulator.connected(persons_url=mouth.url).persons.find_person(IIN, CARD)
    assert len(mouth.asked) == 1


def test_a_resting_system_is_not_called(simulator: Simulator, mouth: Mouth) -> None:
    mouth.says(b"<broken")
    persons = simulator.connected(persons_url=mouth.url).persons
    for _ in range(FAILURES + 2):
        with pytest.raises(RegisterSilent):
            persons.find_person(IIN, CARD)
    assert len(mouth.asked) == FAILURES
    simulator.advance(10.1)
    with pytest.raises(RegisterSilent):
        persons.find_person(IIN, CARD)
    assert len(mouth.asked) == FAILURES + 1


def test_nobody_listens(simulator: Simulator) -> None:
    outside = simulator.connected(persons_url="http://127.0.0.1:9", attachments_url="http://127.0.0.1:9")
    with pytest.raises(RegisterSilent):
        outside.persons.find_person(IIN, CARD)
    with pytest.raises(RegisterSilent):
        outside.attachments.get_attachments(IIN, CARD)


@pytest.mark.parametrize("status", [204, 302, 400, 401, 404, 500])
def test_any_status_but_200_is_silence(simulator: Simulator, mouth: Mouth, status: int) -> None:
    mouth.says(b"[]", status)
    with pytest.raises(RegisterSilent):
        simulator.connected(attachments_url=mouth.url, json_signed=False).attachments.get_attachments(IIN, CARD)


@pytest.mark.parametrize("filler", [b'["' + b"x" * 10_000_000 + b'"]', b"[" * 1_000_000, b"1" * 500_000])
def test_enormous_answers_are_silence(simulator: Simulator, mouth: Mouth, filler: bytes) -> None:
    mouth.says(filler)
    outside = simulator.connected(persons_url=mouth.url, attachments_url=mouth.url, json_signed=False)
    with pytest.raises(RegisterSilent):
        outside.attachments.get_attachments(IIN, CARD)
    with pytest.raises(RegisterSilent):
        outside.persons.find_person(IIN, CARD)


def test_no_log_line_holds_what_was_said(simulator: Simulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    outside = simulator.connected()
    answer = outside.persons.find_person(IIN, CARD)
    outside.attachments.get_attachments(IIN, CARD)
    asked = outside.documents.request_consent(IIN)
    code = simulator.code(PHONE)
    token = outside.documents.submit_code(asked.request_id, code).token
    assert answer and token
    outside.documents.find_document(IIN, token)
    for mode in ("down", "malformed", "wrong"):
        simulator.fault("persons", mode)
        with pytest.raises(RegisterSilent):
            outside.persons.find_person(IIN, CARD)
    for secret in (IIN, PHONE, code, token.token, answer.person.surname, simulator.url):
        assert secret not in caplog.text
