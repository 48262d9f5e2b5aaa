"""The key table: one meaning for each key, editable, and never dead through a misspelling."""

import pytest

from kiosk.accessibility.keypad import (
    FUNCTIONS,
    MODELS,
    changes_from,
    changes_to,
    function_of,
    is_code,
    key_table,
    kiosk_table,
)


@pytest.mark.parametrize("model", MODELS)
def test_no_key_of_a_model_has_two_meanings(model: str) -> None:
    codes = [code for keys in key_table(model).values() for code in keys]
    assert len(codes) == len(set(codes)) and all(is_code(code) for code in codes)


@pytest.mark.parametrize("model", MODELS)
def test_a_model_has_the_five_keys_and_every_function_has_a_row(model: str) -> None:
    table = key_table(model)
    assert tuple(table) == FUNCTIONS
    for function in ("previous_item", "next_item", "previous_screen", "next_screen", "select"):
        assert table[function], function


def test_a_change_takes_the_key_from_what_it_did_before() -> None:
    table = key_table("standard", {"select": ("ArrowDown",)})
    assert function_of(table, "ArrowDown") == "select"
    assert table["next_item"] == ()
    assert function_of(table, "Enter") is None


@pytest.mark.parametrize("model", MODELS)
def test_a_table_is_kept_as_what_differs_from_its_model(model: str) -> None:
    assert changes_to(model, key_table(model)) == ""
    wanted = {**key_table(model), "repeat": (), "select": ("F18", "Space"), "staff": ("KeyZ",)}
    kept = changes_to(model, wanted)
    assert "repeat=-" in kept and kiosk_table(model, kept, {}) == wanted


def test_misspellings_are_refused() -> None:
    for wrong in ("selct=F18", "select", "select=F 18", "select=", "select=F18,,F19", "select=<b>"):
        with pytest.raises(KeyError):
            changes_from(wrong)
    with pytest.raises(KeyError):
        key_table("standard", {"selct": "F18"})
    with pytest.raises(KeyError):
        key_table("no such keypad")


def test_a_kiosk_goes_by_its_changes_and_a_person_by_the_switches_learnt() -> None:
    table = kiosk_table("standard", "select=F18 next_item=F14,KeyN", {"switch_select": "Space"})
    assert table["select"] == ("F18",)
    assert table["next_item"] == ("F14", "KeyN")
    assert table["switch_select"] == ("Space",)


def test_a_setting_that_cannot_be_read_leaves_the_model_as_it_is() -> None:
    assert kiosk_table("standard", "selct=F18", {}) == key_table()
    assert kiosk_table("unknown", "", {}) == key_table()
