"""Signing in: two proofs, one sentence for every mistake, lockout, and sessions that end."""

import pytest
from flask import Flask
from pyotp import TOTP
from sqlalchemy import select

from kiosk import clock
from kiosk.clinic import sign_in
from kiosk.clinic.journal import JournalEntry, broken_links
from kiosk.clinic.staff import RecoveryCode, StaffMember, StaffSession, find_member
from kiosk.database import db, transaction
from kiosk.sealing import Keys
from tests.client import Patient
from tests.conftest import Clock
from tests.desk import ROLES, Desk


def keys_of(app: Flask) -> Keys:
    return Keys.of(app.extensions["settings"].master_key)


def events(app: Flask) -> list[JournalEntry]:
    with app.app_context():
        return list(db.session.scalars(select(JournalEntry).where(JournalEntry.channel == "staff")))


@pytest.mark.parametrize("login", ROLES)
def test_every_demo_account_signs_in(app: Flask, login: str) -> None:
    page = Desk(app, login).page
    assert page.path == "/staff" and page.status == 200
    assert events(app)[-1].event == "signed_in"


def test_staff_is_the_door_to_the_login(app: Flask) -> None:
    page = Desk(app).get("/staff")
    assert page.path == "/staff/login"
    assert {"login", "password", "code"} <= {one.get("name") for one in page.all("input")}


@pytest.mark.parametrize("wrong", [{"password": "not-this-one-at-all"}, {"code": "000000"}, {"login": "nobody"}])
def test_each_mistake_meets_the_same_sentence_and_keeps_the_login(app: Flask, wrong: dict[str, str]) -> None:
    desk = Desk(app)
    page = desk.sign_in("registrar", **wrong)
    assert page.status == 400 and page.by_id("notice") is not None
    login = page.by_id("login")
    assert login is not None and login.get("value") == wrong.get("login", "registrar")
    assert not page.all("input", type="password")[0].get("value")
    assert desk.get("/staff/calls").path == "/staff/login"


def test_five_wrong_tries_lock_the_account_for_a_quarter_of_an_hour(app: Flask, time: Clock) -> None:
    desk = Desk(app)
    for _ in range(5):
        desk.sign_in("registrar", password="not-this-one-at-all")
    assert desk.sign_in("registrar").status == 400
    time.advance(15 * 60 + 1)
    assert desk.sign_in("registrar").path == "/staff"
    assert [one.event for one in events(app)].count("sign_in_failed") == 6


def test_an_idle_session_ends(app: Flask, time: Clock) -> None:
    desk = Desk(app, "auditor")
    time.advance(29 * 60)
    assert desk.get("/staff/journal").path == "/staff/journal"
    time.advance(29 * 60)
    assert desk.get("/staff/journal").path == "/staff/journal"
    time.advance(30 * 60)
    assert desk.get("/staff/journal").path == "/staff/login"


def test_a_page_that_renews_itself_is_no_work(app: Flask, time: Clock) -> None:
    """A forgotten telephone still hears the calls, to the end of the day; nothing else opens on it any more."""
    desk, part = Desk(app, "registrar"), {"HX-Request": "true"}
    pages = ("/staff/calls?known=0", "/staff/calls/badge?known=0", "/staff/import", "/staff/kiosks")
    desk.get("/staff/calls")
    assert desk.page.by_id("watching") is None
    for _ in range(2):
        time.advance(15 * 60)
        for path in pages:
            desk.client.get(path, headers=part)
        desk.client.get("/staff/calls?known=0")  # without scripts, the page comes again by itself
    assert desk.get("/staff/calls").by_id("watching") is not None
    patient = Patient(app.test_client())
    patient.get("/help")
    patient.press("next")
    desk.get("/staff/calls")
    assert desk.press_value("answer", "coming").path == "/staff/calls"
    assert "coming" in [one.details.get("after", {}).get("state") for one in events(app)]
    assert desk.client.get("/staff/calls/badge", headers=part).status_code == 401
    assert desk.client.get("/staff/calls", headers=part).status_code == 200
    assert desk.get("/staff/window").path == "/staff/login"
    time.advance(9 * 3600 + 30 * 60)
    assert desk.get("/staff/calls").path == "/staff/login"


def test_a_session_ends_after_a_working_day(app: Flask, time: Clock) -> None:
    desk = Desk(app, "auditor")
    for _ in range(29):
        time.advance(20 * 60)
        assert desk.get("/staff").path == "/staff"
    time.advance(20 * 60)
    assert desk.get("/staff").path == "/staff/login"


def test_signing_out_ends_the_session_on_the_server(app: Flask) -> None:
    desk = Desk(app, "registrar")
    cookie = desk.client.get_cookie("staff", path="/staff")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Strict"
    desk.press("logout")
    desk.client.set_cookie("staff", cookie.value, path="/staff")
    assert desk.get("/staff/calls").path == "/staff/login"
    with app.app_context():
        assert db.session.scalars(select(StaffSession)).all() == []


def test_a_dismissed_member_is_out_at_the_next_request(app: Flask) -> None:
    desk = Desk(app, "registrar")
    with app.app_context(), transaction() as work:
        member = find_member(work, "registrar")
        assert member is not None
        member.is_active = False
    assert desk.get("/staff").path == "/staff/login"


def test_a_recovery_code_opens_once(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        member = find_member(work, "registrar")
        assert member is not None
        codes = sign_in.renew_recovery_codes(work, keys_of(app), member)
        assert len(set(codes)) == 10
        kept = work.scalars(select(RecoveryCode.code_hash).where(RecoveryCode.staff_id == member.id)).all()
        assert not set(codes) & set(kept)
    assert Desk(app).sign_in("registrar", code=codes[0]).path == "/staff"
    assert Desk(app).sign_in("registrar", code=codes[0]).status == 400
    assert Desk(app).sign_in("registrar", code=f"{codes[1][:5]} {codes[1][5:]}").path == "/staff"


def test_outside_the_demo_a_code_opens_once(app: Flask) -> None:
    account = Desk(app).accounts["registrar"]
    code = TOTP(account.totp_secret).at(clock.now())
    typed = sign_in.Credentials("registrar", True, code, "somewhere", (clock.now(),))
    with app.app_context(), transaction() as work:
        assert sign_in.judge(work, keys_of(app), typed, clock.now()) is not None
        assert sign_in.judge(work, keys_of(app), typed, clock.now()) is None


def test_one_address_may_try_only_so_often(app: Flask) -> None:
    typed = sign_in.Credentials("nobody", False, "000000", "somewhere", (clock.now(),), tries_per_window=3)
    right = Desk(app).accounts["auditor"]
    code = TOTP(right.totp_secret).at(clock.now())
    with app.app_context(), transaction() as work:
        for _ in range(3):
            sign_in.judge(work, keys_of(app), typed, clock.now())
        stopped = sign_in.Credentials("auditor", True, code, "somewhere", (clock.now(),), tries_per_window=3)
        assert sign_in.judge(work, keys_of(app), stopped, clock.now()) is None
        elsewhere = sign_in.Credentials("auditor", True, code, "elsewhere", (clock.now(),), tries_per_window=3)
        assert sign_in.judge(work, keys_of(app), elsewhere, clock.now()) is not None


def test_secrets_rest_hashed_or_sealed(app: Flask) -> None:
    known = Desk(app).accounts
    with app.app_context():
        for member in db.session.scalars(select(StaffMember)):
            account = known[member.login]
            assert member.password_hash.startswith("$argon2id$")
            assert account.totp_secret.encode() not in member.totp_sealed


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example/staff", "/staff/../", "/identify"])
def test_no_address_leads_out_of_the_door(app: Flask, path: str) -> None:
    desk = Desk(app)
    assert desk.sign_in("registrar", next=path).path == "/staff"
    assert desk.page.response.history[0].location == "/staff"


def test_signing_in_leads_to_the_page_that_was_asked_for(app: Flask) -> None:
    desk = Desk(app)
    desk.get("/staff/calls")
    account = desk.accounts["registrar"]
    code = TOTP(account.totp_secret).at(clock.now())
    assert desk.fill(login="registrar", password=account.password, code=code).path == "/staff/calls"


def test_the_language_is_switched_where_one_stands(app: Flask) -> None:
    desk = Desk(app, "registrar")
    desk.get("/staff/calls")
    for code in ("ru", "en", "kk"):
        page = desk.press_value("language", code)
        assert page.path == "/staff/calls" and page.all("html")[0].get("lang") == code


def test_colours_size_and_sound_are_chosen_where_one_stands_and_stay(app: Flask) -> None:
    desk = Desk(app, "registrar")
    desk.get("/staff/calls")
    assert desk.press_value("theme", "white-on-black").path == "/staff/calls"
    desk.press_value("size", "4")
    desk.press_value("sound", "on")
    page = desk.get("/staff/journal")
    html = page.all("html")[0]
    assert (html.get("data-theme"), html.get("data-text-size")) == ("white-on-black", "4")
    assert page.all("body")[0].get("data-sound") is not None
    assert desk.press_value("sound", "off").all("body")[0].get("data-sound") is None
    desk.press("logout")
    assert desk.page.all("html")[0].get("data-theme") == "white-on-black"
    desk.client.set_cookie("staff_look", "nonsense.9.x", path="/staff")
    assert desk.get("/staff/login").all("html")[0].get("data-theme") == "default"


def test_every_desk_says_how_it_works(app: Flask) -> None:
    desk = Desk(app, "organisation")
    links = [one.get("href", "") for one in desk.page.all("nav")[0].iter("a")]
    assert len(links) == 14
    for path in links:
        told = [one for one in desk.get(path).all("details") if one.get("class") == "desk-help"]
        assert len(told) == 1, path


def test_the_journal_of_sign_ins_holds(app: Flask) -> None:
    Desk(app, "registrar").press("logout")
    with app.app_context():
        entry = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "signed_out")).one()
        assert list(broken_links(db.session(), entry.organisation_id)) == []
        assert set(entry.details) == {"staff", "role"}


def test_a_page_that_was_open_too_long_loses_nothing_that_was_typed(app: Flask) -> None:
    desk = Desk(app, "organisation")
    desk.get("/staff/buildings")
    desk.fill(csrf_token="old", phones="8 727 000 00 07", names_ru="Новое имя")
    assert desk.page.status == 400 and desk.page.by_id("logout") is not None
    assert desk.press("next").path == "/staff/buildings"
    assert 'value="8 727 000 00 07"' in desk.page.text and "Новое имя" in desk.page.text
    stranger = Desk(app)
    stranger.get("/staff/login")
    page = stranger.fill(login="registrar", password="a secret of mine", csrf_token="old")
    assert page.status == 400 and "a secret of mine" not in page.text and 'value="registrar"' in page.text


def test_an_error_at_a_desk_speaks_to_staff(app: Flask) -> None:
    desk = Desk(app, "registrar")
    said = set()
    for path, status in (("/staff/nowhere", 404), ("/staff/people", 403), ("/staff/window/represented", 400)):
        page = desk.get(path)
        assert page.status == status and page.by_id("next").get("href") == "/staff"  # type: ignore[union-attr]
        assert not [one for one in page.all("a") if one.get("href") == "/help"]
        said.add(page.words)
    assert len(said) == 2
