"""A session that ends while somebody types: they sign in once more, and what they typed is there."""

from io import BytesIO

import pytest
from flask import Flask

from kiosk.clinic.places import Building
from kiosk.database import db
from tests.client import Page
from tests.conftest import Clock
from tests.desk import Desk, at_the_window
from tests.factories import Registers, Somebody

PHONES = "8 727 000 00 07"


def first_building(app: Flask) -> str:
    with app.app_context():
        return db.session.query(Building).order_by(Building.id).first().phones  # type: ignore[union-attr]


@pytest.fixture
def late(app: Flask, time: Clock) -> Desk:
    """Somebody who sends a long form forty minutes after the last page."""
    desk = Desk(app, "organisation")
    desk.get("/staff/buildings/1")
    time.advance(40 * 60)
    desk.fill(phones=PHONES, names_ru="Новое имя")
    return desk


def sign_in(desk: Desk, login: str) -> Page:
    """Into the page that stands there, whatever else it carries."""
    return desk.fill(**desk.credentials(login))


def test_the_form_waits_behind_the_sign_in_and_is_sent_by_one_press(app: Flask, late: Desk) -> None:
    assert late.page.status == 401 and late.page.by_id("password") is not None
    assert PHONES not in late.page.text and first_building(app) != PHONES
    page = sign_in(late, "organisation")
    assert page.by_id("logout") is not None and "Новое имя" in page.words and PHONES in page.words, "what will be sent"
    assert first_building(app) != PHONES, "nothing is done before the press"
    late.press("next")
    assert first_building(app) == PHONES


def test_a_wrong_code_does_not_lose_it(late: Desk) -> None:
    late.fill(**{**late.credentials("organisation"), "code": "000000"})
    assert late.page.status == 400
    assert "Новое имя" in sign_in(late, "organisation").text


@pytest.mark.parametrize("length", [100_000, 3_000_000])
def test_a_file_that_comes_too_late_is_asked_for_anew(app: Flask, time: Clock, length: int) -> None:
    desk = Desk(app, "organisation")
    desk.get("/staff/doctors/files")
    time.advance(40 * 60)
    desk.post("/staff/doctors/files", {"file": (BytesIO(b"x" * length), "doctors.csv"), "kind": "doctors"})
    assert desk.page.status == 401 and desk.page.by_id("password") is not None
    assert sign_in(desk, "organisation").status == 200


def test_what_is_too_much_to_be_kept_is_said(app: Flask, time: Clock) -> None:
    """A page that carried more could not be sent itself: the server takes 64 kB from whoever is not signed in."""
    desk = Desk(app, "organisation")
    for length, is_kept in ((9_000, True), (40_000, False)):
        desk.get("/staff/buildings/1")
        time.advance(40 * 60)
        desk.fill(names_kk="ә" * length)
        kept = [one.get("value") for one in desk.page.all("input", name="kept")]
        assert desk.page.status == 401 and any(kept) is is_kept
        assert ("сақталып тұр" in desk.page.words) is is_kept
        assert sign_in(desk, "organisation").status == 200


def test_a_form_of_the_window_is_not_kept_for_its_person_is_gone(app: Flask, registers: Registers, time: Clock) -> None:
    desk = at_the_window(app, registers.add(Somebody()))
    time.advance(40 * 60)
    desk.post("/staff/window/patient", {"patient": "self"})
    assert (desk.page.path, desk.page.status) == ("/staff/login", 200)


def test_after_a_working_day_nothing_is_given_back(late: Desk, time: Clock) -> None:
    time.advance(11 * 3600)
    assert "Новое имя" not in sign_in(late, "organisation").text


def test_it_is_shown_to_nobody_else(late: Desk) -> None:
    page = sign_in(late, "building")
    assert page.path == "/staff" and "Новое имя" not in page.text


@pytest.mark.parametrize("kept", ["", "nonsense", "AAAA" * 50])
def test_what_nobody_sealed_is_nothing(app: Flask, kept: str) -> None:
    desk = Desk(app)
    desk.get("/staff/login")
    assert desk.fill(**desk.credentials("auditor"), kept=kept).path == "/staff"


def test_a_stranger_who_sends_a_form_is_only_asked_who(app: Flask) -> None:
    stranger = Desk(app)
    stranger.get("/staff/login")
    page = stranger.post("/staff/buildings/1", {"phones": PHONES})
    assert page.path == "/staff/login" and page.status == 200
    assert not [one for one in page.all("input", name="kept") if one.get("value")]


def test_keys_and_touches_on_an_open_page_are_work(app: Flask, time: Clock) -> None:
    desk = Desk(app, "registrar")
    page = desk.get("/staff/window")
    ending = page.by_id("ending")
    assert ending is not None and ending.get("hidden") is not None
    for _ in range(3):
        time.advance(25 * 60)
        assert desk.client.post("/staff/alive", data={"csrf_token": desk.token()}).status_code == 204
    assert desk.get("/staff/window").path == "/staff/window"
    time.advance(30 * 60)
    assert desk.client.post("/staff/alive", data={"csrf_token": desk.token()}).status_code == 303
