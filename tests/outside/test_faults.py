"""Whatever a state system does wrong becomes silence, and never an answer about somebody else."""

from collections.abc import Callable

import pytest

from kiosk.clinic.obstacles import RegisterSilent
from kiosk.clinic.ports import CARD_PRESENTED, Basis
from kiosk.outside import Outside, connect
from kiosk.outside.patience import FAILURES
from tests.outside import people
from tests.outside.conftest import HASTY, Simulator

CARD = Basis(CARD_PRESENTED)
IIN, PHONE = people.PLAIN["iin"], people.PLAIN["phone"]
Ask = Callable[[], object]


def question(outside: Outside, simulator: Simulator, system: str) -> Ask:
    """One question to `system`, prepared while everything still works."""
    if system == "persons":
        return lambda: outside.persons.find_person(IIN, CARD)
    if system == "attachments":
        return lambda: outside.attachments.get_attachments(IIN, CARD)
    if system == "consent":
        asked = outside.documents.request_consent(IIN)
        return lambda: outside.documents.find_consent(asked.request_id)
    shown = simulator.post("/api/presentations", {"phone": PHONE, "kind": "qr"}).json()["payload"]
    return lambda: outside.documents.find_presented(shown)


SYSTEMS = ["persons", "attachments", "consent", "documents"]


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("mode", ["down", "malformed", "wrong", "stranger"])
def test_a_fault_is_silence(simulator: Simulator, outside: Outside, system: str, mode: str) -> None:
    ask = question(outside, simulator, system)
    simulator.fault(system, mode)
    with pytest.raises(RegisterSilent) as silent:
        ask()
    assert (type(silent.value), silent.value.system) == (RegisterSilent, system)
    simulator.clear()
    assert ask()


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("mode", ["slow", "late"])
def test_an_answer_after_the_timeout_is_silence(simulator: Simulator, system: str, mode: str) -> None:
    ask = question(connect(simulator.settings()), simulator, system)
    hasty = connect(simulator.settings(HASTY))
    ask_hastily = question(hasty, simulator, system) if system != "consent" else None
    simulator.fault(system, mode)
    if ask_hastily is None:
        ask_hastily = lambda: hasty.documents.request_consent(IIN)  # noqa: E731
    with pytest.raises(RegisterSilent) as silent:
        ask_hastily()
    assert silent.value.system == system
    simulator.clear()
    assert ask()


@pytest.mark.parametrize("system", SYSTEMS)
def test_slow_within_the_timeout_is_an_answer(simulator: Simulator, outside: Outside, system: str) -> None:
    ask = question(outside, simulator, system)
    simulator.fault(system, "slow", 0.01)
    assert ask()


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_answer_given_twice_is_the_answer(simulator: Simulator, outside: Outside, system: str) -> None:
    ask = question(outside, simulator, system)
    right = ask()
    simulator.fault(system, "twice")
    again = ask()
    assert type(again) is type(right)


def test_messages_that_come_twice_hold_the_same_code(simulator: Simulator, outside: Outside) -> None:
    simulator.fault("consent", "twice")
    asked = outside.documents.request_consent(IIN)
    first, second = simulator.messages(PHONE, "code")[-2:]
    assert first["code"] == second["code"]
    assert outside.documents.submit_code(asked.request_id, first["code"]).state == "valid"


@pytest.mark.parametrize("mode", ["malformed", "wrong", "stranger", "down"])
def test_no_token_comes_out_of_a_consent_gate_in_disorder(simulator: Simulator, outside: Outside, mode: str) -> None:
    asked = outside.documents.request_consent(IIN)
    simulator.fault("consent", mode)
    with pytest.raises(RegisterSilent):
        outside.documents.submit_code(asked.request_id, simulator.code(PHONE))
    with pytest.raises(RegisterSilent):
        outside.documents.request_consent(IIN)


@pytest.mark.parametrize("mode", ["wrong", "stranger", "malformed"])
def test_a_consents_document_is_never_another_persons(simulator: Simulator, outside: Outside, mode: str) -> None:
    asked = outside.documents.request_consent(IIN)
    token = outside.documents.submit_code(asked.request_id, simulator.code(PHONE)).token
    assert token
    simulator.fault("documents", mode)
    with pytest.raises(RegisterSilent):
        outside.documents.find_document(IIN, token)


def test_after_three_failures_nothing_is_asked_for_ten_seconds(simulator: Simulator, outside: Outside) -> None:
    simulator.fault("persons", "malformed")
    for _ in range(FAILURES):
        with pytest.raises(RegisterSilent):
            outside.persons.find_person(IIN, CARD)
    simulator.clear()
    with pytest.raises(RegisterSilent):
        outside.persons.find_person(IIN, CARD)
    assert outside.attachments.get_attachments(IIN, CARD)
    simulator.advance(10.1)
    assert outside.persons.find_person(IIN, CARD)


def test_a_fourth_failure_begins_the_rest_anew(simulator: Simulator, outside: Outside) -> None:
    simulator.fault("attachments", "wrong")
    for pause in (0, 0, 0, 10.1):
        simulator.advance(pause)
        with pytest.raises(RegisterSilent):
            outside.attachments.get_attachments(IIN, CARD)
    simulator.clear()
    with pytest.raises(RegisterSilent):
        outside.attachments.get_attachments(IIN, CARD)
    simulator.advance(-3600)
    assert outside.attachments.get_attachments(IIN, CARD)
