"""POST /preferences: with plain forms, on every screen, without moving anybody; all of it forgotten with the visit."""

import json

import pytest
from flask import Flask

from tests.client import Page, Patient, words
from tests.conftest import Clock
from tests.factories import Registers, Somebody

LOOK = ("data-text-size", "data-theme", "data-voice", "data-reach", "data-guard", "data-switches", "data-dwell")
SIX = {"text_size": "3", "theme": "soft", "voice": "headphones", "reach": "1", "pace": "150", "more_time": "1"}


def look(patient: Patient) -> dict[str, str | None]:
    html, body = patient.page.all("html")[0], patient.page.all("body")[0]
    return {name: html.get(name) for name in LOOK} | {"data-idle": body.get("data-idle")}


@pytest.fixture
def booked_nothing_yet(patient: Patient, registers: Registers) -> Patient:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    assert patient.page.path == "/confirm"
    return patient


@pytest.mark.row("A10")
def test_everything_can_be_set_and_reset_without_losing_the_chosen_time(booked_nothing_yet: Patient) -> None:
    patient = booked_nothing_yet
    before, usual = patient.page.words, look(patient)
    slot = patient.page.all("input", name="slot")[0].get("value")
    patient.post("/preferences", {"page": "confirm", **SIX})
    assert patient.page.path == "/confirm"
    assert look(patient)["data-theme"] == "soft" and look(patient)["data-text-size"] == "3"
    patient.post("/preferences", {"page": "confirm", "reset": "1"})
    assert look(patient) == usual and patient.page.words == before
    assert patient.page.all("input", name="slot")[0].get("value") == slot


def test_the_same_row_of_wishes_stands_on_every_screen(booked_nothing_yet: Patient) -> None:
    patient = booked_nothing_yet
    for path in ("/", "/identify", "/notice", "/document", "/help", "/attachment", "/doctor", "/slot", "/confirm"):
        page = patient.get(path)
        assert [one.get("value") for one in page.all("button") if "wish" in (one.get("class") or "").split()] == [
            "3",
            "black-on-white",
            "speaker",
        ], path
        assert page.by_id("settings") is not None, path


@pytest.mark.row("A5", "A21", "C8")
def test_whoever_has_no_keypad_finds_its_functions_on_the_screen(booked_nothing_yet: Patient) -> None:
    patient = booked_nothing_yet
    patient.post("/preferences", {"voice": "speaker", "page": "attachment"})
    for path in ("/", "/identify", "/attachment", "/slot"):
        page = patient.get(path)
        assert {"sound", "repeat", "pause"} <= does(page), path
        assert page.by_id("settings") is not None and page.all("button", lang="ru"), path
    page = patient.get("/preferences")
    assert {"quieter", "louder", "where_am_i"} <= does(page) and page.all("button", name="pace")
    patient.post("/preferences", {"reach": "1", "page": "attachment"})
    assert {"repeat", "pause"} <= does(patient.get("/attachment"))
    links = {(one.get("href") or "").split("?")[0] for one in page.all("a")}
    assert {"/keys", "/switches", "/help"} <= links


def does(page: Page) -> set[str | None]:
    return {one.get("data-does") for one in page.all("button")}


def test_by_plain_buttons_alone(patient: Patient) -> None:
    patient.get("/identify?kind=passport")
    patient.press_text("Үлкен қаріп")
    assert (patient.page.path, look(patient)["data-text-size"]) == ("/identify", "3")
    assert patient.page.response.request.args["kind"] == "passport"
    patient.press("settings")
    assert patient.page.path == "/preferences"
    patient.press_text("Жұмсақ")
    assert (patient.page.path, look(patient)["data-theme"]) == ("/preferences", "soft")
    patient.press_text("Бәрін бастапқы")
    assert look(patient)["data-theme"] == "default" and look(patient)["data-text-size"] == "2"
    patient.press("next")
    assert patient.page.path == "/identify" and patient.page.response.request.args["kind"] == "passport"


@pytest.mark.row("A9")
@pytest.mark.parametrize("end", ["finish", "idle", "another card"])
def test_all_is_forgotten_with_the_visit(patient: Patient, registers: Registers, time: Clock, end: str) -> None:
    usual = (patient.get("/"), look(patient))[1]
    me = registers.add(Somebody())
    other = registers.add(Somebody(name="Екінші", running=500, number="018765432"))
    patient.scan(me.scan)
    patient.post("/preferences", {"page": "attachment", **SIX})
    if end == "finish":
        patient.press_text("Аяқтау")
    elif end == "idle":
        time.advance(10 * 300 + 46)
    else:
        patient.scan(other.scan)
        assert patient.page.path == "/attachment" and look(patient)["data-theme"] == "default"
        return
    patient.get("/")
    assert look(patient) == usual


@pytest.mark.parametrize(
    "form,seconds", [({}, 120), ({"voice": "speaker"}, 300), ({"text_size": "5"}, 300), ({"more_time": "1"}, 1200)]
)
def test_the_server_waits_as_long_as_the_page(
    patient: Patient, registers: Registers, time: Clock, form: dict[str, str], seconds: int
) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.post("/preferences", {"page": "attachment", **form})
    patient.post("/attachment", {})
    assert patient.page.all("body")[0].get("data-idle") == str(seconds)
    time.advance(seconds + 44)
    assert patient.mark_alive() == 204
    time.advance(seconds + 44)
    patient.get("/confirm")
    assert patient.page.path == "/confirm", "the held time lives as long as the visit"
    time.advance(seconds + 46)
    assert patient.mark_alive() == 410


def test_a_visit_waits_fifteen_minutes_while_a_call_is_open(app: Flask, patient: Patient, time: Clock) -> None:
    from sqlalchemy import select

    from kiosk.clinic import calls
    from kiosk.clinic.records import HelpCall
    from kiosk.database import transaction

    patient.get("/help")
    patient.press("next")
    assert look(patient)["data-idle"] == "900"
    time.advance(940)
    assert patient.mark_alive() == 204
    with app.app_context(), transaction() as work:
        calls.answer(work, work.scalars(select(HelpCall)).one().id, "done", time.now)
    assert patient.mark_alive() == 204
    assert (patient.get("/help"), look(patient)["data-idle"])[1] == "120"
    time.advance(166)
    assert patient.mark_alive() == 410


def test_the_page_carries_one_key_table(patient: Patient) -> None:
    patient.get("/")
    table = json.loads(patient.page.all("body")[0].get("data-keys", ""))
    assert table["next_item"] == ["ArrowDown"]
    patient.post("/preferences", {"switches": "two", "switch_move": "Space", "switch_select": "KeyW"})
    table = json.loads(patient.page.all("body")[0].get("data-keys", ""))
    assert (table["switch_move"], table["switch_select"], table["where_am_i"]) == (["Space"], ["KeyW"], [])


def test_keys_are_shown_without_anything_personal(booked_nothing_yet: Patient) -> None:
    page = booked_nothing_yet.get("/keys?to=confirm")
    shown = words(page.all("main")[0])
    assert "ArrowDown" in shown and "Бақытжан" not in shown
    booked_nothing_yet.press("back")
    assert booked_nothing_yet.page.path == "/confirm"


@pytest.mark.parametrize("size", ["1", "2", "3", "4"])
def test_two_touches_book_and_five_another_time_at_every_size(
    patient: Patient, registers: Registers, size: str
) -> None:
    """Counted from the card: take the earliest time; or another day, a time, and yes."""
    for number, way in enumerate((["next", "next"], ["doctor", "day", "slot", "next"])):
        me = registers.add(Somebody(running=300 + number, number=f"01876543{number}"))
        patient.get("/")
        patient.post("/preferences", {"page": "welcome", "text_size": size})
        patient.scan(me.scan)
        for touch in way:
            if touch == "day":
                patient.get(patient.page.all("ul", **{"class": "days"})[0].findall(".//a")[1].get("href", ""))
            elif touch == "next":
                patient.press("next")
            else:
                patient.press_value(touch)
        assert patient.page.path == "/ticket" and len(way) <= (2, 5)[number]
        assert look(patient)["data-text-size"] == size
        patient.press_text("Аяқтау")


def test_preferences_stand_first_in_the_same_order_at_every_size(booked_nothing_yet: Patient) -> None:
    """In the bar at the top; at the very large size and within low reach one button at the bottom."""
    patient = booked_nothing_yet
    for form in ({"text_size": "1"}, {"text_size": "4"}, {"text_size": "5"}, {"text_size": "2", "reach": "1"}):
        patient.post("/preferences", {"page": "confirm", **form})
        places = set()
        for path in ("/", "/identify", "/help", "/attachment", "/doctor", "/confirm"):
            page = patient.get(path)
            bars = [one for one in page.tree.iter() if one.get("class") in ("top", "bottom")]
            places.add(tuple(bar.get("class") for bar in bars for one in bar.iter("a") if one.get("id") == "settings"))
        assert places == {("bottom",) if form.get("reach") or form["text_size"] == "5" else ("top",)}, form


@pytest.mark.row("A11")
def test_headphones_are_chosen_by_plugging_them_in_and_never_by_hand(patient: Patient) -> None:
    def offered() -> list[str | None]:
        return [
            one.get("value")
            for one in patient.get("/preferences").all("main")[0].iter("button")
            if one.get("name") == "voice"
        ]

    assert offered() == ["off", "speaker"]
    patient.post("/preferences", {"voice": "headphones", "page": "preferences"})
    assert offered() == ["off", "speaker", "headphones"], "where they are in, the page says so"
    patient.post("/preferences", {"voice": "speaker", "page": "preferences"})
    assert offered() == ["off", "speaker"]
