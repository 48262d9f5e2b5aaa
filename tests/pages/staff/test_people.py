"""Accounts: made by the clinic's administrator, with secrets that are shown once."""

from flask import Flask
from pyotp import TOTP
from sqlalchemy import select

from kiosk import clock
from kiosk.clinic.journal import JournalEntry
from kiosk.clinic.staff import StaffMember
from kiosk.database import db
from tests.client import words
from tests.desk import Desk

PASSWORD = "a-long-enough-password"


def member(app: Flask, login: str) -> StaffMember:
    with app.app_context():
        return db.session.scalars(select(StaffMember).where(StaffMember.login == login)).one()


def made(desk: Desk, **typed: str) -> Desk:
    desk.get("/staff/people")
    desk.fill(**{"login": "aigul", "password": PASSWORD, "role": "registrar", **typed})
    return desk


def secret_on(desk: Desk) -> str:
    shown = desk.page.by_id("totp-secret")
    assert shown is not None
    return words(shown)


def sign_in(app: Flask, secret: str, password: str = PASSWORD, login: str = "aigul") -> Desk:
    desk = Desk(app)
    desk.get("/staff/login")
    desk.fill(login=login, password=password, code=TOTP(secret).at(clock.now()))
    return desk


def test_a_new_account_signs_in_with_what_was_shown_once(app: Flask) -> None:
    desk = made(Desk(app, "organisation"))
    secret = secret_on(desk)
    assert sign_in(app, secret).page.path == "/staff"
    assert secret not in desk.get("/staff/people").text
    with app.app_context():
        entry = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "changed")).one()
        assert entry.details["after"]["login"] == "aigul" and PASSWORD not in str(entry.details)
        assert secret not in str(entry.details)


def test_mistakes_are_said_and_nobody_is_made(app: Flask) -> None:
    desk = Desk(app, "organisation")
    for typed in ({"login": "registrar"}, {"password": "short"}, {"login": ""}, {"role": "building_administrator"}):
        made(desk, **typed)
        assert desk.page.status == 400 and desk.page.by_id("notice") is not None
    made(desk, role="building_administrator", building="2")
    assert member(app, "aigul").building_id == 2


def test_new_secrets_end_the_old_ones_and_every_session(app: Flask) -> None:
    desk = made(Desk(app, "organisation"))
    old = secret_on(desk)
    working = sign_in(app, old)
    desk.get("/staff/people")
    desk.fill(f"renew-{member(app, 'aigul').id}", new_password="another-long-password")
    new = secret_on(desk)
    assert working.get("/staff").path == "/staff/login"
    assert sign_in(app, old).page.status == 400
    assert sign_in(app, new, "another-long-password").page.path == "/staff"
    desk.get("/staff/people")
    assert desk.fill(f"renew-{member(app, 'aigul').id}", new_password="short").status == 400


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(app: Flask) -> None:
    desk = made(Desk(app, "organisation"))
    secret = secret_on(desk)
    working, button = sign_in(app, secret), f"close-{member(app, 'aigul').id}"
    desk.get("/staff/people")
    desk.press(button)
    assert working.get("/staff").path == "/staff/login" and sign_in(app, secret).page.status == 400
    desk.press(button)
    assert sign_in(app, secret).page.path == "/staff"


def test_nobody_closes_their_own_account_or_another_clinics(app: Flask) -> None:
    desk = Desk(app, "organisation")
    desk.get("/staff/people")
    own = member(app, "organisation").id
    assert desk.page.by_id(f"close-{own}") is None
    assert desk.post(f"/staff/people/{own}/closed", {}).status == 403
    assert desk.post("/staff/people/999/closed", {}).status == 403
