"""The key table of a kiosk at the staff door: one field a function, kept as typed, and at work from the next screen."""

import json

import pytest
from flask import Flask

from kiosk.accessibility.keypad import FUNCTIONS, MODELS, key_table
from kiosk.clinic.places import Kiosk
from kiosk.database import db
from tests.client import Page, Patient, words
from tests.desk import Desk

KIOSK = "/staff/keys/kiosk/1"


def shown(page: Page) -> dict[str, str]:
    return {name: page.all("input", name="key_" + name)[0].get("value", "") for name in FUNCTIONS}


def at_the_kiosk(patient: Patient) -> dict[str, list[str]]:
    table: dict[str, list[str]] = json.loads(patient.get("/").all("body")[0].get("data-keys", ""))
    return table


@pytest.mark.row("C5")
def test_each_function_has_a_field_that_shows_its_keys(app: Flask) -> None:
    desk = Desk(app, "building")
    desk.get("/staff/settings/kiosk/1")
    page = desk.press("keys")
    assert page.path == KIOSK
    assert shown(page) == {name: ", ".join(codes) for name, codes in key_table().items()}
    labels = [words(one) for one in page.all("label") if one.get("for", "").startswith("key_")]
    assert len(set(labels)) == len(FUNCTIONS) and all(labels)


@pytest.mark.row("C5")
def test_a_changed_key_works_at_the_kiosks_next_screen(app: Flask, patient: Patient) -> None:
    assert at_the_kiosk(patient)["select"] == ["Enter", "NumpadEnter"]
    desk = Desk(app, "building")
    desk.get(KIOSK)
    page = desk.fill(key_select="F18 Space", key_repeat="", key_jack_in="F13")
    assert page.status == 200 and shown(page)["select"] == "F18, Space"
    table = at_the_kiosk(patient)
    assert (table["select"], table["repeat"], table["jack_in"]) == (["F18", "Space"], [], ["F13"])
    assert table["next_item"] == ["ArrowDown"]
    assert "F18, Space" in patient.get("/keys").words, "the kiosk's own page of keys says so too"


def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(app: Flask) -> None:
    desk = Desk(app, "building")
    desk.get(KIOSK)
    for typed, wrong in (
        ({"select": "F 18;", "repeat": "KeyX"}, "select"),
        ({"next_item": "", "repeat": "KeyX"}, "next_item"),
        ({"pause": "ArrowUp", "repeat": "KeyX", "next_item": "ArrowDown", "select": "Enter"}, "pause"),
    ):
        page = desk.fill(**{"key_" + name: codes for name, codes in typed.items()})
        assert page.status == 400
        field = page.by_id("key_" + wrong)
        assert field is not None and field.get("aria-invalid") == "true" and shown(page)[wrong] == typed[wrong]
        assert shown(page)["repeat"] == "KeyX"
    with app.app_context():
        assert "keypad_keys" not in db.session.get_one(Kiosk, 1).settings


@pytest.mark.parametrize("model", MODELS)
def test_a_model_fills_in_its_keys_before_anything_is_kept(app: Flask, patient: Patient, model: str) -> None:
    before = at_the_kiosk(patient)
    desk = Desk(app, "building")
    desk.get(KIOSK)
    page = desk.fill("fill", keypad=model)
    assert shown(page) == {name: ", ".join(codes) for name, codes in key_table(model).items()}
    assert at_the_kiosk(patient) == before
    desk.fill()
    assert at_the_kiosk(patient) == {name: list(codes) for name, codes in key_table(model).items()}
    with app.app_context():
        settings = db.session.get_one(Kiosk, 1).settings
        assert (settings["keypad"], settings["keypad_keys"]) == (model, "")


def test_a_building_says_it_for_its_kiosks_and_two_keepers_are_noticed(app: Flask, patient: Patient) -> None:
    one, other = Desk(app, "building"), Desk(app, "organisation")
    one.get("/staff/keys/building/1")
    other.get("/staff/keys/building/1")
    assert one.fill(key_staff="KeyH").status == 200
    page = other.fill(key_staff="KeyJ")
    assert page.status == 400 and shown(page)["staff"] == "KeyJ"
    assert at_the_kiosk(patient)["staff"] == ["KeyH"]
