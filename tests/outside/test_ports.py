"""One set of questions, asked of every implementation of a port: adapters, list, fallback, the page tests' fakes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kiosk.clinic.obstacles import NotInList, PersonDeceased, PersonUnknown, RegisterSilent
from kiosk.clinic.ports import (
    CARD_PRESENTED,
    DENIED,
    INVALID,
    LOCAL_LIST,
    NOT_FOUND,
    PENDING,
    TIMED_OUT,
    VALID,
    Basis,
    ConsentToken,
)
from kiosk.outside import Outside
from tests.outside.conftest import Simulator
from tests.outside.people import GONE, MOTHER, OFF_LINE, SETTLER, SON, TRAVELLER, UNATTACHED, UNHEARD_OF
from tests.outside.ports import KINDS, STATE, Asked, InMemory, Service, Simulated, registers

CARD = Basis(CARD_PRESENTED)


@pytest.fixture(params=KINDS)
def asked(
    request: pytest.FixtureRequest, simulator: Simulator, outside: Outside, app: Flask, tmp_path: Path
) -> Iterator[Asked]:
    yield from registers(request.param, simulator, outside, app, tmp_path)


@pytest.fixture(params=STATE)
def state(
    request: pytest.FixtureRequest, simulator: Simulator, outside: Outside, app: Flask, tmp_path: Path
) -> Iterator[Asked]:
    yield from registers(request.param, simulator, outside, app, tmp_path)


@pytest.fixture(params=STATE)
def service(request: pytest.FixtureRequest, simulator: Simulator, outside: Outside) -> Service:
    return Simulated(simulator, outside) if request.param == "gateway" else InMemory()


def test_a_person_is_described_as_they_are(asked: Asked) -> None:
    answer = asked.persons.find_person(MOTHER.iin, CARD)
    assert answer is not None and answer.alive and answer.message_id and answer.received_at.tzinfo is not None
    person = answer.person
    assert (person.iin, person.surname, person.name) == (MOTHER.iin, MOTHER.surname, MOTHER.name)
    assert (person.birth_date, person.sex, person.phone) == (MOTHER.born, "female", MOTHER.phone)
    assert person.children == (() if asked.is_list else (SON.iin,))
    (paper,) = answer.documents
    assert (paper.kind, paper.number, paper.expires, paper.status) == (
        "identity_card",
        MOTHER.number,
        MOTHER.expires,
        "valid",
    )
    assert (answer.source == LOCAL_LIST, answer.as_of is not None) == (asked.is_list, asked.is_list)


def test_an_attachment_is_told_whole(asked: Asked) -> None:
    answer = asked.attachments.get_attachments(MOTHER.iin, CARD)
    (one,) = answer.attachments
    assert (one.status, one.organisation, one.district) == ("active", "almaty-01", "07")
    assert one.since is not None and one.since.isoformat() == "2024-02-01"
    assert one.organisation_name and answer.message_id and answer.received_at.tzinfo is not None
    assert (answer.source == LOCAL_LIST, answer.as_of is not None) == (asked.is_list, asked.is_list)


def test_somebody_unheard_of_is_never_somebody_else(asked: Asked) -> None:
    try:
        assert asked.persons.find_person(UNHEARD_OF.iin, CARD) is None
    except (NotInList, RegisterSilent):
        assert asked.is_list
    with pytest.raises((PersonUnknown, NotInList, RegisterSilent)):
        asked.attachments.get_attachments(UNHEARD_OF.iin, CARD)


def test_silence_is_said(asked: Asked) -> None:
    asked.silence()
    with pytest.raises(RegisterSilent):
        asked.persons.find_person(MOTHER.iin, CARD)
    with pytest.raises(RegisterSilent):
        asked.attachments.get_attachments(MOTHER.iin, CARD)


def test_what_only_a_state_register_knows(state: Asked) -> None:
    for somebody in (TRAVELLER, SETTLER, SON):
        answer = state.persons.find_person(somebody.iin, CARD)
        assert answer is not None
        assert [(one.kind, one.number) for one in answer.documents] == [(somebody.kind, somebody.number)]
    gone = state.persons.find_person(GONE.iin, CARD)
    assert gone is not None and not gone.alive
    with pytest.raises(PersonDeceased):
        state.attachments.get_attachments(GONE.iin, CARD)
    assert state.attachments.get_attachments(UNATTACHED.iin, CARD).attachments == ()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def agreed(service: Service) -> tuple[str, ConsentToken]:
    begun = service.port.request_consent(MOTHER.iin)
    given = service.port.submit_code(begun.request_id, service.code(MOTHER))
    assert given.state == VALID and given.token is not None
    return begun.request_id, given.token


def test_a_request_waits_for_its_owner(service: Service) -> None:
    begun = service.port.request_consent(MOTHER.iin)
    assert (begun.state, begun.tries_left, begun.sends_left, begun.token) == (PENDING, 3, 2, None)
    assert begun.phone_ending == MOTHER.phone[-2:] and begun.message_id
    assert begun.code_expires_at and begun.may_repeat_at
    assert round((begun.code_expires_at - begun.received_at).total_seconds() / 10) == 30
    assert round((begun.may_repeat_at - begun.received_at).total_seconds() / 10) == 6


def test_the_right_code_brings_the_document_and_a_withdrawal_takes_it_away(service: Service) -> None:
    request_id, token = agreed(service)
    answer = service.port.find_document(MOTHER.iin, token)
    assert answer is not None and answer.message_id
    assert (answer.iin, answer.document.kind, answer.document.number) == (MOTHER.iin, "identity_card", MOTHER.number)
    assert answer.document.expires == MOTHER.expires
    with pytest.raises(RegisterSilent):
        service.port.find_document(TRAVELLER.iin, token)
    assert service.port.withdraw_consent(request_id).state == DENIED
    with pytest.raises(RegisterSilent):
        service.port.find_document(MOTHER.iin, token)


def test_wrong_codes_leave_tries_until_there_are_none(service: Service) -> None:
    begun = service.port.request_consent(MOTHER.iin)
    code = service.code(MOTHER)
    said = [service.port.submit_code(begun.request_id, wrong(code)) for _ in range(3)]
    assert [(one.state, one.tries_left) for one in said] == [(INVALID, 2), (INVALID, 1), (INVALID, 0)]
    assert service.port.submit_code(begun.request_id, code).state == INVALID
    assert service.port.find_consent(begun.request_id).state == INVALID


def test_a_used_code_says_the_same_again_and_another_is_wrong(service: Service) -> None:
    request_id, _token = agreed(service)
    code = service.code(MOTHER)
    assert service.port.submit_code(request_id, code).state == VALID
    assert service.port.submit_code(request_id, wrong(code)).state == INVALID


def test_a_code_is_good_for_five_minutes(service: Service, simulator: Simulator) -> None:
    begun = service.port.request_consent(MOTHER.iin)
    simulator.advance(301)
    assert service.port.find_consent(begun.request_id).state == TIMED_OUT
    assert service.port.submit_code(begun.request_id, service.code(MOTHER)).state == TIMED_OUT


def test_a_new_code_after_a_minute_and_three_in_all(service: Service, simulator: Simulator) -> None:
    begun = service.port.request_consent(MOTHER.iin)
    left = [service.port.send_again(begun.request_id).sends_left]
    for _ in range(3):
        simulator.advance(61)
        left.append(service.port.send_again(begun.request_id).sends_left)
    assert left == [2, 1, 0, 0]
    assert service.port.find_consent(begun.request_id).may_repeat_at is None
    assert service.port.submit_code(begun.request_id, service.code(MOTHER)).state == VALID


@pytest.mark.parametrize(("text", "state"), [("1", VALID), ("0", DENIED)])
def test_a_reply_on_the_phone_settles_it(service: Service, text: str, state: str) -> None:
    begun = service.port.request_consent(MOTHER.iin)
    service.reply(MOTHER, text)
    answer = service.port.find_consent(begun.request_id)
    assert (answer.state, answer.token is not None) == (state, state == VALID)
    assert state == VALID or answer.may_repeat_at is None


def test_who_cannot_be_asked(service: Service) -> None:
    for somebody in (OFF_LINE, GONE, UNHEARD_OF):
        begun = service.port.request_consent(somebody.iin)
        assert (begun.state, begun.sends_left, begun.token) == (NOT_FOUND, 0, None)
    assert service.port.find_consent("no-such-request").state == NOT_FOUND


def test_a_passport_where_there_is_no_card_and_nothing_where_there_is_neither(service: Service) -> None:
    found = []
    for somebody in (TRAVELLER, SETTLER):
        begun = service.port.request_consent(somebody.iin)
        token = service.port.submit_code(begun.request_id, service.code(somebody)).token
        assert token is not None
        answer = service.port.find_document(somebody.iin, token)
        found.append(answer.document.kind if answer else None)
    assert found == ["passport", None]


def test_what_a_phone_shows_is_its_owners_document(service: Service) -> None:
    answer = service.port.find_presented(service.show(MOTHER))
    assert answer is not None and (answer.iin, answer.document.number) == (MOTHER.iin, MOTHER.number)
    for nobodys in ("", "no such payload", "x" * 2049):
        assert service.port.find_presented(nobodys) is None
