"""Preferences: only choices that exist, a reset, and the time that each mode needs."""

import pytest

from kiosk.accessibility.preferences import Preferences, changed

USUAL = Preferences()


@pytest.mark.parametrize(
    "form,name,value",
    [
        ({"text_size": "5"}, "text_size", 5),
        ({"theme": "soft"}, "theme", "soft"),
        ({"voice": "headphones"}, "voice", "headphones"),
        ({"reach": "1"}, "reach", True),
        ({"reach": "on"}, "reach", True),
        ({"pace": "50"}, "pace", 50),
        ({"more_time": "1"}, "more_time", True),
        ({"switches": "two"}, "switches", "two"),
        ({"dwell": "8"}, "dwell", 8),
        ({"guard": "600"}, "guard", 600),
        ({"switch_select": "Space"}, "switch_select", "Space"),
    ],
)
def test_a_form_changes_what_it_names_and_nothing_else(form: dict[str, str], name: str, value: object) -> None:
    after = changed(USUAL, form).plain()
    assert after[name] == value
    assert {key for key, now in after.items() if now != getattr(USUAL, key)} == {name}


@pytest.mark.parametrize(
    "form",
    [
        {"text_size": "6"},
        {"text_size": ""},
        {"text_size": "٣"},
        {"theme": "DEFAULT"},
        {"voice": "loud"},
        {"reach": "yes"},
        {"pace": "100.0"},
        {"dwell": "0"},
        {"guard": "601"},
        {"switch_move": "F 1"},
        {"switch_move": "<script>"},
        {"page": "slot"},
    ],
)
def test_what_is_no_choice_changes_nothing(form: dict[str, str]) -> None:
    assert changed(USUAL, form) == USUAL


def test_reset_gives_the_kiosks_own_back() -> None:
    mine = changed(USUAL, {"text_size": "4", "theme": "soft", "more_time": "1", "guard": "400"})
    assert changed(mine, {"reset": "1"}) == USUAL
    large = Preferences(text_size=3)
    assert changed(mine, {"reset": "1", "text_size": "5"}, large) == large


def test_a_dark_screen_needs_a_voice() -> None:
    assert not changed(USUAL, {"curtain": "1"}).curtain
    dark = changed(USUAL, {"curtain": "1", "voice": "headphones"})
    assert dark.curtain
    assert not changed(dark, {"voice": "off"}).curtain


def test_a_voice_switched_off_by_hand_stays_off() -> None:
    assert changed(USUAL, {"voice": "off"}).quiet
    assert not changed(USUAL, {"voice": "speaker"}).quiet
    assert not USUAL.quiet


@pytest.mark.row("D1", "D5")
@pytest.mark.parametrize(
    "form,calling,seconds",
    [
        ({}, False, 120),
        ({"text_size": "4"}, False, 120),
        ({"text_size": "5"}, False, 300),
        ({"voice": "speaker"}, False, 300),
        ({"switches": "one"}, False, 300),
        ({"switches": "two"}, False, 300),
        ({"more_time": "1"}, False, 1200),
        ({"more_time": "1", "voice": "headphones"}, False, 3000),
        ({}, True, 900),
        ({"voice": "speaker"}, True, 900),
        ({"more_time": "1"}, True, 1200),
    ],
)
def test_the_time_before_the_kiosk_asks(form: dict[str, str], calling: bool, seconds: int) -> None:
    assert changed(USUAL, form).idle(120, calling) == seconds


def test_a_clinic_that_waits_longer_is_never_made_shorter() -> None:
    assert changed(USUAL, {"voice": "speaker"}).idle(600) == 600
