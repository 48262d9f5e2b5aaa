"""The rules of the one-time code: six digits, five minutes, three tries, three sends a minute apart, then the card."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kiosk.clinic import consent
from kiosk.clinic.consent_text import consent_text_on, consent_texts
from kiosk.clinic.kiosk_settings import KioskSettings
from kiosk.clinic.obstacles import (
    CodeIncomplete,
    CodeLate,
    CodeRepeated,
    CodeSpent,
    CodeWrong,
    NoMoreCodes,
    NotInCitizensBase,
    OwnerRefused,
    RegisterSilent,
    SentJustNow,
)
from kiosk.clinic.ports import CONSENT_STATES, ConsentAnswer
from kiosk.clinic.refusals import Refusal

NOW = datetime(2031, 3, 12, 4, 0, tzinfo=UTC)
RULES = KioskSettings()
IIN = "000000000000"


def answer(state: str = "pending", **facts: Any) -> ConsentAnswer:
    return ConsentAnswer("request-1", state, "message-1", NOW, **{"tries_left": 3, "sends_left": 2, **facts})


def begun(**facts: Any) -> consent.Request:
    return consent.begun(answer(**facts), IIN, "", None, RULES, NOW)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_the_settings_are_those_of_the_service() -> None:
    rules = (RULES.code_digits, RULES.code_minutes, RULES.code_tries, RULES.code_resend_seconds, RULES.code_sends)
    assert rules == (6, 5, 3, 60, 3)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "12345a", "１２３４５６", "12 34 56"])
def test_what_is_not_six_digits_costs_no_try(code: str) -> None:
    with pytest.raises(CodeIncomplete):
        consent.demand_code(begun(), code, "mark", RULES, NOW)


@pytest.mark.parametrize(("seconds", "late"), [(0, False), (299.9, False), (300, True), (3000, True)])
def test_a_code_holds_for_five_minutes(seconds: float, late: bool) -> None:
    if late:
        with pytest.raises(CodeLate):
            consent.demand_code(begun(), "246810", "mark", RULES, after(seconds))
    else:
        consent.demand_code(begun(), "246810", "mark", RULES, after(seconds))


def test_the_shorter_of_two_times_holds_and_the_longer_of_two_waits() -> None:
    request = begun(code_expires_at=after(100), may_repeat_at=after(90))
    assert (request.seconds_left(NOW), request.wait_to_repeat(NOW)) == (100, 90)
    request = begun(code_expires_at=after(1000), may_repeat_at=after(10))
    assert (request.seconds_left(NOW), request.wait_to_repeat(NOW)) == (300, 60)


def test_three_wrong_codes_spend_it_and_the_same_one_twice_costs_nothing() -> None:
    request = begun()
    for number, expected in enumerate((CodeWrong, CodeWrong, CodeSpent)):
        consent.demand_code(request, "111111", f"mark {number}", RULES, NOW)
        request, wrong = consent.tried(request, answer("invalid"), f"mark {number}", RULES)
        assert type(wrong) is expected
        if not request.is_over(RULES, NOW):
            with pytest.raises(CodeRepeated):
                consent.demand_code(request, "111111", f"mark {number}", RULES, NOW)
    with pytest.raises(CodeSpent):
        consent.demand_code(request, "246810", "mark 9", RULES, NOW)


def test_the_gate_may_count_fewer_tries() -> None:
    request, wrong = consent.tried(begun(), answer("invalid", tries_left=0), "mark", RULES)
    assert type(wrong) is CodeSpent
    assert request.is_over(RULES, NOW)


def test_another_code_after_a_minute_three_in_all_each_with_tries_of_its_own() -> None:
    request = begun()
    with pytest.raises(SentJustNow):
        consent.demand_repeatable(request, IIN, after(59))
    for sends in (2, 3):
        moment = after(60 * sends)
        consent.demand_repeatable(request, IIN, moment)
        spent, _ = consent.tried(request, answer("invalid", tries_left=0), "mark", RULES)
        request = consent.sent_again(spent, answer(), RULES, moment)
        assert (request.sends, request.tries, request.seconds_left(moment)) == (sends, 0, 300)
        consent.demand_code(request, "246810", "other", RULES, moment)
    with pytest.raises(NoMoreCodes):
        consent.demand_repeatable(request, IIN, after(10_000))
    with pytest.raises(NoMoreCodes):
        consent.demand_code(request, "246810", "other", RULES, after(10_000))
    assert type(consent.tried(request, answer("timeout"), "mark", RULES)[1]) is NoMoreCodes


def test_beginning_anew_is_no_way_around_the_limits() -> None:
    request = begun()
    with pytest.raises(SentJustNow):
        consent.demand_repeatable(request, IIN, after(30))
    consent.demand_repeatable(request, "another", after(30))
    again = consent.begun(answer(), IIN, "", request, RULES, after(70))
    assert again.sends == 2
    assert consent.begun(answer(), "another", "", request, RULES, after(70)).sends == 1


@pytest.mark.parametrize(
    ("state", "obstacle", "is_open"),
    [
        ("pending", None, True),
        ("valid", None, True),
        ("not_found", NotInCitizensBase, False),
        ("denied", OwnerRefused, False),
        ("timeout", CodeLate, True),
        ("invalid", CodeSpent, True),
        ("error", RegisterSilent, True),
    ],
)
def test_every_state_has_its_own_answer_and_none_is_a_refusal(state: str, obstacle: type | None, is_open: bool) -> None:
    assert state in CONSENT_STATES
    request, wrong = consent.settled(begun(), answer(state), RULES)
    assert (type(wrong) if wrong else None) is obstacle
    assert not isinstance(wrong, Refusal)
    assert request.is_open is is_open


def test_nobody_to_ask_is_known_at_once() -> None:
    with pytest.raises(NotInCitizensBase):
        begun(state="not_found")


def test_the_text_says_all_that_the_law_asks_in_three_languages() -> None:
    text = consent_text_on(NOW.date())
    assert consent_text_on(datetime(1999, 1, 1).date()) == consent_texts()[0]
    for language in ("kk", "ru", "en"):
        sentences = text.sentences(language, "№ 1 емхана, 123", 10)
        assert len(sentences) == 9
        assert "№ 1 емхана, 123" in sentences[0]
        assert "10" in sentences[4]
        assert not any("{" in sentence for sentence in sentences)
