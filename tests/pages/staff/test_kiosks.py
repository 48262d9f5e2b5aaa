"""Kiosks over their life: enrolled on their own screen, set up, previewed, heard from, stolen, out of service."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.clinic import kiosks
from kiosk.clinic.journal import JournalEntry
from kiosk.clinic.places import Kiosk, KioskDevice
from kiosk.database import db, transaction
from kiosk.staff.preview_screens import SCREENS
from tests.client import Patient, words
from tests.conftest import Clock
from tests.desk import Desk
from tests.factories import Registers, Somebody

THREE = {"kk": "Қазақша", "ru": "По-русски", "en": "In English"}


def three(name: str) -> dict[str, str]:
    return {f"{name}_{code}": text for code, text in THREE.items()}


@pytest.fixture
def production(app: Flask) -> Iterator[Flask]:
    """The same clinic where no browser becomes a kiosk by itself."""
    app.extensions["demo_kiosk_token"] = None
    yield app


def new_kiosk(desk: Desk) -> int:
    desk.get("/staff/kiosks")
    page = desk.fill(**three("names"))
    assert page.status == 200
    return int(page.path.split("/")[-1])


def code_for(desk: Desk, ident: int) -> str:
    desk.get(f"/staff/kiosks/{ident}")
    shown = desk.fill("code").by_id("enrolment-code")
    assert shown is not None
    return words(shown)


def enrolled(app: Flask, desk: Desk, ident: int) -> Patient:
    browser = Patient(app.test_client())
    assert browser.get("/").status == 403
    browser.client.post("/enrol", data={"code": code_for(desk, ident)})
    assert browser.get("/").status == 200
    return browser


def test_a_new_kiosk_is_enrolled_on_its_own_screen_and_serves(production: Flask) -> None:
    desk = Desk(production, "building")
    ident = new_kiosk(desk)
    code = code_for(desk, ident)
    assert code not in desk.get(f"/staff/kiosks/{ident}").text
    browser = Patient(production.test_client())
    page = browser.get("/")
    assert page.status == 403 and page.by_id("code") is not None
    answer = browser.client.post("/enrol", data={"code": f"{code[:4]} {code[4:].lower()}"})
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert "kiosk=" in cookie and "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert browser.get("/").status == 200


def test_a_code_works_once_and_soon_and_the_newest_only(production: Flask, time: Clock) -> None:
    desk = Desk(production, "building")
    ident = new_kiosk(desk)
    older, newer = code_for(desk, ident), code_for(desk, ident)
    strange = Patient(production.test_client())
    for code in (older, "WRONG234", ""):
        strange.get("/")
        page = strange.post("/enrol", {"code": code})
        assert page.status == 403 and page.by_id("notice") is not None
    field = strange.post("/enrol", {"code": "WRONG234"}).by_id("code")
    assert field is not None and field.get("value") == "WRONG234"
    assert production.test_client().post("/enrol", data={"code": newer}).status_code == 303
    assert production.test_client().post("/enrol", data={"code": newer}).status_code == 403
    late = code_for(desk, ident)
    time.advance(30 * 60)
    assert production.test_client().post("/enrol", data={"code": late}).status_code == 403


def test_guessing_codes_is_stopped(production: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.patient.enrol.DEMO_TRIES", 3)
    desk = Desk(production, "building")
    code = code_for(desk, new_kiosk(desk))
    for guess in ("AAAA2222", "AAAA3333", "AAAA4444"):
        production.test_client().post("/enrol", data={"code": guess})
    assert production.test_client().post("/enrol", data={"code": code}).status_code == 403


def test_a_stolen_kiosk_is_revoked_in_the_demo_too(app: Flask, time: Clock) -> None:
    desk = Desk(app, "building")
    ident = new_kiosk(desk)
    browser = Patient(app.test_client())
    browser.client.post("/enrol", data={"code": code_for(desk, ident)})
    assert browser.get("/identify").status == 200
    desk.get(f"/staff/kiosks/{ident}")
    desk.fill("revoke")
    assert browser.get("/identify").status == 403
    with app.app_context():
        what = [one.details["what"] for one in db.session.scalars(select(JournalEntry)) if one.event == "changed"]
        assert what[-1] == f"kiosk {ident} device"


def test_a_device_expires(production: Flask, time: Clock) -> None:
    desk = Desk(production, "building")
    browser = enrolled(production, desk, new_kiosk(desk))
    time.advance(kiosks.DEVICE_LIVES.total_seconds())
    assert browser.get("/").status == 403


def test_enrolling_anew_ends_the_older_device(production: Flask) -> None:
    desk = Desk(production, "building")
    ident = new_kiosk(desk)
    older = enrolled(production, desk, ident)
    newer = enrolled(production, desk, ident)
    assert older.get("/").status == 403 and newer.get("/").status == 200


def test_settings_reach_a_running_kiosk_at_its_next_screen(app: Flask, patient: Patient) -> None:
    patient.get("/")
    desk = Desk(app, "building")
    desk.get("/staff/settings/kiosk/1")
    desk.fill(languages=["ru", "en"], default_language="ru", text_size="4", theme="white-on-black", idle="200")
    page = patient.get("/")
    root = page.all("html")[0]
    assert (root.get("lang"), root.get("data-text-size"), root.get("data-theme")) == ("ru", "4", "white-on-black")
    assert {one.get("value") for one in page.all("button", name="language")} == {"ru", "en"}
    assert page.all("body")[0].get("data-idle") == "200"
    begun = patient.press_value("language", "en")
    assert begun.all("html")[0].get("data-text-size") == "4"


def test_each_value_says_where_it_comes_from(app: Flask) -> None:
    desk = Desk(app, "organisation")
    desk.get("/staff/settings/organisation/1")
    desk.fill(idle="150")
    desk.get("/staff/settings/building/1")
    desk.fill(idle="160")
    desk.press_value("language", "en")
    page = desk.get("/staff/settings/kiosk/1")
    hint = page.by_id("idle-hint")
    assert hint is not None and words(hint) == "without it: 160 (of the building)"
    desk.get("/staff/settings/building/1")
    desk.fill(idle="")
    hint = desk.get("/staff/settings/kiosk/1").by_id("idle-hint")
    assert hint is not None and words(hint) == "without it: 150 (of the clinic)"


def test_wrong_settings_are_said_and_not_kept(app: Flask) -> None:
    desk = Desk(app, "building")
    desk.get("/staff/settings/kiosk/1")
    page = desk.fill(idle="5", languages=["ru"], default_language="kk")
    assert page.status == 400 and page.by_id("notice") is not None
    page = desk.fill(idle="120")
    assert page.status == 400
    field = page.by_id("default_language")
    assert field is not None and field.get("aria-invalid") == "true"
    page = desk.fill(languages=[], default_language="", panel_width="wide")
    field = page.by_id("panel_width")
    assert page.status == 400 and field is not None and field.get("aria-invalid") == "true"
    with app.app_context():
        kept = db.session.get_one(Kiosk, 1).settings
        assert "idle" not in kept and "languages" not in kept


def test_what_a_layer_does_not_ask_for_survives_a_save(app: Flask) -> None:
    desk = Desk(app, "building")
    desk.get("/staff/kiosks/1")
    desk.fill("service", out_of_service="y", **three("message"))
    desk.get("/staff/settings/kiosk/1")
    desk.fill(idle="140")
    with app.app_context():
        settings = db.session.get_one(Kiosk, 1).settings
        assert settings["out_of_service_ru"] == THREE["ru"] and settings["idle"] == 140
        assert settings["panel_width"] == 1080


def test_a_preview_shows_the_screen_and_keeps_nothing(app: Flask) -> None:
    desk = Desk(app, "building")
    desk.get("/staff/settings/kiosk/1")
    page = desk.fill("preview", default_language="en", theme="soft", panel_inches="32")
    root, body = page.all("html")[0], page.all("body")[0]
    assert (root.get("lang"), root.get("data-theme")) == ("en", "soft") and body.get("inert") is not None
    assert page.heading == "Doctor's appointment" and not page.all("script")
    sheet = next(one.get("href", "") for one in page.all("link") if "/staff/preview/" in one.get("href", ""))
    assert "--mm:2.7" in desk.client.get(sheet).get_data(as_text=True)
    with app.app_context():
        assert "theme" not in db.session.get_one(Kiosk, 1).settings


def test_every_screen_of_the_journey_is_previewed_as_set(app: Flask) -> None:
    """At the usual and the very large size: each has its heading, and nothing on it can be pressed."""
    desk = Desk(app, "organisation")
    headings = set()
    for size, voice in (("2", "off"), ("5", "speaker")):
        for screen in SCREENS:
            desk.get("/staff/settings/kiosk/1")
            page = desk.fill("preview", default_language="ru", text_size=size, voice=voice, screen=screen)
            assert page.status == 200 and page.all("body")[0].get("inert") is not None, screen
            assert not page.all("script") and page.all("html")[0].get("lang") == "ru"
            headings.add((size, screen, page.heading))
    assert len({heading for _size, _screen, heading in headings}) >= len(SCREENS) - 1


def test_out_of_service_is_told_to_patients_and_help_still_answers(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    somebody = registers.add(Somebody())
    patient.scan(somebody.scan)
    desk = Desk(app, "building")
    desk.get("/staff/kiosks/1")
    desk.fill("service", out_of_service="y", **three("message"))
    page = patient.get("/attachment")
    assert page.status == 503 and THREE["kk"] in page.words
    assert THREE["ru"] in patient.press_value("language", "ru").words
    assert patient.get("/help").status == 200
    desk.get("/staff/kiosks/1")
    desk.fill("service", out_of_service=None)
    assert patient.get("/").status == 200


def test_closing_by_hours_is_off_until_a_clinic_wants_it(app: Flask, patient: Patient, time: Clock) -> None:
    time.advance(14 * 3600)
    assert patient.get("/").status == 200
    desk = Desk(app, "building")
    desk.get("/staff/settings/building/1")
    desk.fill(closed_outside_hours="yes")
    assert patient.get("/").status == 503
    time.advance(10 * 3600)
    assert patient.get("/").status == 200


def test_a_heartbeat_fills_the_board(app: Flask, patient: Patient, time: Clock) -> None:
    patient.get("/")
    client_clock = int(time.now.timestamp() * 1000)
    told = {"version": "0.1.0", "clock": client_clock + 5000, "errors": "0", "last_error": ""}
    assert patient.client.post("/heartbeat", data={"csrf_token": patient.token(), **told}).status_code == 204
    assert state_of(app, 1, time) == kiosks.WELL
    patient.scan("no card at all, but the reader works")
    with app.app_context():
        health = db.session.get_one(kiosks.KioskHealth, 1)
        assert (health.skew_seconds, health.last_scan_at) == (5, time.now)
    time.advance(5 * 60 + 1)
    assert state_of(app, 1, time) == kiosks.SILENT


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({"clock": 61_000}, kiosks.CLOCK_WRONG),
        ({"clock": -61_000}, kiosks.CLOCK_WRONG),
        ({"errors": "2"}, kiosks.ERRORS),
    ],
)
def test_a_heartbeat_tells_what_is_wrong(
    app: Flask, patient: Patient, time: Clock, told: dict[str, object], state: str
) -> None:
    patient.get("/")
    present = int(time.now.timestamp() * 1000)
    body = {"errors": "0", **told, "clock": present + int(str(told.get("clock", 0)))}
    patient.client.post("/heartbeat", data={"csrf_token": patient.token(), **body})
    assert state_of(app, 1, time) == state
    if state == kiosks.ERRORS:
        desk = Desk(app, "building")
        desk.get("/staff/kiosks/1")
        desk.fill("looked-after")
        assert state_of(app, 1, time) == kiosks.WELL


def test_nonsense_in_a_heartbeat_harms_nothing(app: Flask, patient: Patient) -> None:
    patient.get("/")
    told = {"version": "<b>" * 99, "clock": "soon", "errors": "٣", "last_error": "Ә" * 500}
    assert patient.client.post("/heartbeat", data={"csrf_token": patient.token(), **told}).status_code == 204
    with app.app_context():
        health = db.session.get_one(kiosks.KioskHealth, 1)
        assert (health.errors, health.skew_seconds, health.last_error) == (0, 0, "") and "<" not in health.version


def beat(patient: Patient, time: Clock, **told: str) -> None:
    body = {"csrf_token": patient.token(), "errors": "0", "clock": int(time.now.timestamp() * 1000), **told}
    assert patient.client.post("/heartbeat", data=body).status_code == 204


def test_a_silent_voice_needs_a_person_until_it_speaks_again(app: Flask, patient: Patient, time: Clock) -> None:
    patient.get("/")
    beat(patient, time, voice="failed", key="1")
    assert state_of(app, 1, time) == kiosks.VOICE_FAILED
    pressed, board = time.now, Desk(app, "building").get("/staff/kiosks")
    assert "дауысы шықпай тұр" in board.words
    time.advance(60)
    beat(patient, time, voice="a shout")
    assert state_of(app, 1, time) == kiosks.VOICE_FAILED
    beat(patient, time, voice="speaks")
    assert state_of(app, 1, time) == kiosks.WELL
    with app.app_context():
        assert db.session.get_one(kiosks.KioskHealth, 1).last_key_at == pressed


def test_the_board_says_where_paper_is_missing(app: Flask, time: Clock) -> None:
    desk = Desk(app, "building")
    assert paper_of_first(desk) == "иә"
    desk.get("/staff/settings/kiosk/1")
    desk.fill(paper="no")
    assert paper_of_first(desk) == "жоқ"


def paper_of_first(desk: Desk) -> str:
    page = desk.get("/staff/kiosks")
    headings = [words(one) for one in page.tree.iter("th") if one.get("scope") == "col"]
    row = next(one for one in page.tree.iter("tr") if one.find("td") is not None)
    return words(list(row)[headings.index("Қағаз")])


def test_the_height_of_the_glass_is_a_setting_of_its_own(app: Flask) -> None:
    desk = Desk(app, "building")
    desk.get("/staff/settings/kiosk/1")
    assert desk.fill(panel_mounting="2501").status == 400
    assert desk.fill(panel_mounting="1150").status == 200
    with app.app_context():
        assert db.session.get_one(Kiosk, 1).effective_settings().panel_mounting == 1150


@pytest.mark.row("B16")
def test_what_a_seated_person_reaches_is_told_in_words(app: Flask) -> None:
    desk = Desk(app, "building")
    told = [words(desk.get("/staff/settings/kiosk/1").by_id("reach"))]
    for mounting in ("980", "1150", "1700"):
        desk.fill(panel_mounting=mounting)
        told.append(words(desk.get("/staff/settings/kiosk/1").by_id("reach")))
    for said, begins in zip(told, ("белгісіз", "барлық түймеге жетеді", "төмен тұрғанда", "жетпейді"), strict=True):
        assert begins in said, said


def test_two_who_write_to_patients_at_once_are_noticed(app: Flask) -> None:
    one, other = Desk(app, "building"), Desk(app, "organisation")
    one.get("/staff/kiosks/1")
    other.get("/staff/kiosks/1")
    assert one.fill("service", out_of_service="y", **three("message")).status == 200
    page = other.fill("service", message_kk="Жөндеу", message_ru="Ремонт", message_en="Repair")
    assert page.status == 400 and "Ремонт" in page.text
    with app.app_context():
        assert db.session.get_one(Kiosk, 1).settings["out_of_service_ru"] == THREE["ru"]
    assert other.fill("service").status == 200


def test_the_last_healthy_kiosk_of_a_building_is_an_alarm(production: Flask, time: Clock) -> None:
    desk = Desk(production, "building")
    first, second = enrolled(production, desk, 1), enrolled(production, desk, new_kiosk(desk))
    for browser in (first, second):
        browser.client.post("/heartbeat", data={"csrf_token": browser.token(), "errors": "0"})
    assert "alarm" not in desk.get("/staff/kiosks").text
    desk.get("/staff/kiosks/1")
    desk.fill("revoke")
    page = desk.get("/staff/kiosks")
    alarm = next(one for one in page.tree.iter("div") if one.get("role") == "alert")
    assert words(alarm)
    part = desk.client.get("/staff/kiosks", headers={"HX-Request": "true"}).get_data(as_text=True)
    assert part.lstrip().startswith('<div id="board"') and 'role="alert"' in part


def state_of(app: Flask, ident: int, time: Clock) -> str:
    with app.app_context(), transaction() as work:
        building = work.get_one(Kiosk, ident).building
        return next(one.state for one in kiosks.board(work, [building], time.now) if one.kiosk.id == ident)


def test_another_buildings_kiosk_is_shut(app: Flask) -> None:
    organisation = Desk(app, "organisation")
    organisation.get("/staff/kiosks")
    page = organisation.fill(building="2", **three("names"))
    ident = int(page.path.split("/")[-1])
    desk = Desk(app, "building")
    for path in (f"/staff/kiosks/{ident}", f"/staff/settings/kiosk/{ident}", "/staff/settings/building/2"):
        assert desk.get(path).status == 403
    assert desk.get("/staff/settings/organisation/1").status == 403
    assert organisation.get("/staff/settings/organisation/2").status == 403
    desk.get("/staff/kiosks")
    for path in (f"/staff/kiosks/{ident}/code", f"/staff/kiosks/{ident}/revoke", f"/staff/kiosks/{ident}/service"):
        assert desk.post(path, {}).status == 403
    assert desk.post("/staff/kiosks", {"building": "2", **three("names")}).status == 400
    with app.app_context():
        assert db.session.scalars(select(KioskDevice).where(KioskDevice.revoked_at.is_not(None))).all() == []
