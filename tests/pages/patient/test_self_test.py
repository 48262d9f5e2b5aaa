"""The daily self-test: a sentence that nobody hears, every voice tried; the board and the glass tell what failed."""

import pytest
from flask import Flask

from kiosk import clock
from kiosk.clinic import kiosks
from kiosk.clinic.places import Building
from kiosk.database import db
from tests.client import Page, Patient
from tests.conftest import Clock
from tests.desk import Desk
from tests.pages.patient.test_voice import Mouth

FOUND = {"sound": "played", "outputs": "2", "touch": "10"}


@pytest.fixture(autouse=True)
def mouth(app: Flask) -> Mouth:
    app.extensions["voice"] = Mouth()
    return app.extensions["voice"]


def beat(patient: Patient, **told: str) -> bool:
    """Send a sign of life; gives whether the answer asks for a self-test."""
    patient.get("/")
    form = {"csrf_token": patient.token(), "clock": int(clock.now().timestamp() * 1000), **told}
    answer = patient.client.post("/heartbeat", data=form)
    assert answer.status_code == 204
    return answer.headers.get("Self-Test") == "due"


def state(app: Flask) -> str:
    with app.app_context():
        house = db.session.get_one(Building, 1)
        return kiosks.board(db.session(), [house], clock.now())[0].state


def is_said_to_be_down(page: Page) -> bool:
    notice = page.by_id("voice-down")
    assert notice is not None
    return notice.get("hidden") is None


@pytest.mark.row("F9")
def test_once_a_day_every_voice_is_tried_and_the_board_tells(
    app: Flask, patient: Patient, mouth: Mouth, time: Clock
) -> None:
    assert beat(patient), "it has never been tested"
    assert not beat(patient, **FOUND)
    assert [language for language, _text in mouth.said] == ["kk", "ru", "en"]
    assert not beat(patient), "not again today"
    assert state(app) == kiosks.WELL
    board = Desk(app, "building").get("/staff/kiosks")
    assert "12.03.2031 09:00: бәрі жақсы" in board.words
    time.advance(20 * 3600)
    assert beat(patient)


@pytest.mark.row("F9")
@pytest.mark.parametrize("fault", ["no voice", "no sound"])
def test_a_voice_that_fails_is_said_on_the_glass_and_on_the_board_until_it_is_well(
    app: Flask, patient: Patient, mouth: Mouth, time: Clock, fault: str
) -> None:
    mouth.well = fault != "no voice"
    beat(patient, **FOUND | ({"sound": "failed"} if fault == "no sound" else {}))
    assert is_said_to_be_down(patient.get("/"))
    assert state(app) == kiosks.VOICE_FAILED
    words = "қазақша дауыс жоқ, орысша дауыс жоқ, ағылшынша дауыс жоқ" if fault == "no voice" else "дыбыс ойнатылмайды"
    assert words in Desk(app, "building").get("/staff/kiosks/1").words
    mouth.well = True
    time.advance(600)
    assert beat(patient), "after a fault it is tried again soon"
    beat(patient, **FOUND)
    assert state(app) == kiosks.WELL
    assert not is_said_to_be_down(patient.get("/"))


@pytest.mark.row("F9")
def test_a_kiosk_without_touch_or_sound_output_is_noted(app: Flask, patient: Patient) -> None:
    beat(patient, **FOUND | {"outputs": "0", "touch": "0"})
    words = Desk(app, "building").get("/staff/kiosks/1").words
    assert "сенсорлы экран байқалмады" in words and "дыбыс шығысы байқалмады" in words


def test_nonsense_in_a_self_test_harms_nothing(app: Flask, patient: Patient) -> None:
    beat(patient, sound="played", outputs="9" * 30, touch="-5")
    assert state(app) == kiosks.WELL


@pytest.mark.row("F9")
def test_staff_start_it_from_the_board(app: Flask, patient: Patient, mouth: Mouth) -> None:
    assert beat(patient) and not beat(patient, **FOUND)
    mouth.said.clear()
    desk = Desk(app, "building")
    desk.get("/staff/kiosks/1")
    assert desk.fill("test").by_id("notice") is not None
    assert beat(patient) and not beat(patient, **FOUND)
    assert [language for language, _text in mouth.said] == ["kk", "ru", "en"]


def asked(patient: Patient, **told: str) -> bool:
    """Send a sign of life; gives whether the answer asks for a test of the keys."""
    answer = patient.client.post("/heartbeat", data={"csrf_token": patient.token(), **told})
    return answer.headers.get("Key-Test") == "due"


@pytest.mark.row("F9")
def test_staff_have_the_keys_tested_and_the_board_tells_which_answered_when(
    app: Flask, patient: Patient, time: Clock
) -> None:
    beat(patient, **FOUND)
    patient.get("/keys")
    assert not asked(patient, keys="select") and patient.page.by_id("skip") is None
    desk = Desk(app, "building")
    desk.get("/staff/kiosks/1")
    assert desk.fill("test-keys").by_id("notice") is not None
    list_of = patient.get("/keys").by_id("learn")
    assert list_of is not None
    wanted = list_of.get("data-asks", "").split()
    assert wanted[:2] == ["previous_item", "next_item"] and not {"jack_in", "switch_move"} & set(wanted)
    time.advance(30)
    assert asked(patient, keys="next_item nonsense jack_in")
    page = desk.get("/staff/kiosks/1")
    assert "12.03.2031 09:00: әлі жауап жоқ: Алдыңғы" in page.words and "Келесі элемент: 12.03.2031 09:00" in page.words
    assert "next_item" not in patient.get("/keys").by_id("learn").get("data-asks", "")  # type: ignore[union-attr]
    assert asked(patient, keys=" ".join(wanted[:-1])) and state(app) == kiosks.WELL
    time.advance(600)
    assert not asked(patient)
    beat(patient, **FOUND)
    assert state(app) == kiosks.KEYS_SILENT
    assert "пернеге жауап бермейді" in desk.get("/staff/kiosks").words or "жауап жоқ" in desk.page.words
    desk.get("/staff/kiosks/1")
    desk.press("test-keys")
    assert not asked(patient, keys=" ".join(wanted)), "all have answered: the test is over"
    assert state(app) == kiosks.WELL and "барлық перне жауап береді" in desk.get("/staff/kiosks").words


@pytest.mark.row("F9")
def test_a_patient_is_never_led_to_the_test_of_the_keys(app: Flask, patient: Patient) -> None:
    patient.post("/language", {"language": "ru", "page": "welcome"})
    desk = Desk(app, "building")
    desk.get("/staff/kiosks/1")
    desk.press("test-keys")
    assert not asked(patient) and patient.get("/keys").by_id("skip") is None


def test_a_beat_of_a_page_that_is_being_left_is_no_error(app: Flask, patient: Patient) -> None:
    """Its token went with the visit that ends: nothing is kept of it, and the browser has nothing to complain of."""
    answer = patient.client.post("/heartbeat", data={"csrf_token": "of a visit that is over", "errors": "7"})
    assert answer.status_code == 204
    with app.app_context():
        assert db.session.query(kiosks.KioskHealth).filter_by(errors=7).count() == 0
