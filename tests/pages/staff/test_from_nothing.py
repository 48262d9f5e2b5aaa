"""From an empty database to a serving kiosk: one command, then only forms under /staff."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from pyotp import TOTP
from sqlalchemy import select

from kiosk import clock, commands, migrations
from kiosk.app import create_app
from kiosk.clinic.journal import JournalEntry, broken_links
from kiosk.clinic.places import Organisation
from kiosk.config import from_environment
from kiosk.database import db
from kiosk.outside import Outside
from tests.client import Patient, words
from tests.conftest import KEY, Clock
from tests.desk import Desk
from tests.factories import Registers

PASSWORD = "a-long-enough-password"


@pytest.fixture
def empty(tmp_path: Path, time: Clock) -> Iterator[Flask]:
    """The house as a clinic gets it: no demo, tables without rows."""
    registers = Registers()
    settings = from_environment(
        {
            "KIOSK_KEY": KEY,
            "KIOSK_VAR": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'kiosk.sqlite3'}",
            "KIOSK_PERSONS_URL": "http://127.0.0.1:9",
            "KIOSK_ATTACHMENTS_URL": "http://127.0.0.1:9",
            "KIOSK_CONSENT_URL": "http://127.0.0.1:9",
            "KIOSK_DOCUMENTS_URL": "http://127.0.0.1:9",
        }
    )
    app = create_app(settings, Outside(registers, registers, registers))  # type: ignore[arg-type]
    app.testing = True
    with app.app_context():
        migrations.upgrade(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


def first_administrator(app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    said = {"CODE": "almaty-01", "NAME": "№ 1 емхана", "LOGIN": "chief", "PASSWORD": PASSWORD}
    for name, value in said.items():
        monkeypatch.setenv(f"KIOSK_ADMINISTRATOR_{name}", value)
    monkeypatch.setattr(commands, "_app", lambda: app)
    monkeypatch.setattr(commands, "from_environment", lambda: app.extensions["settings"])
    commands.first_administrator()
    return capsys.readouterr().out.split("TOTP secret: ")[1].split()[0]


def three(name: str) -> dict[str, str]:
    return {f"{name}_kk": "Қазақша", f"{name}_ru": "По-русски", f"{name}_en": "In English"}


def test_a_clinic_opens_with_seven_forms(
    empty: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = first_administrator(empty, monkeypatch, capsys)
    desk = Desk(empty)
    desk.get("/staff")
    desk.fill(login="chief", password=PASSWORD, code=TOTP(secret).at(clock.now()))
    assert desk.page.path == "/staff"
    for page in ("calls", "journal", "buildings", "kiosks", "figures", "people", "legal"):
        assert desk.get(f"/staff/{page}").status == 200
    desk.get("/staff/buildings")
    assert desk.fill(**three("names"), **three("address")).status == 200
    desk.get("/staff/buildings/new")
    assert desk.fill(**three("names"), **three("address"), has_ramp="yes", **three("about_ramp")).status == 200
    desk.get("/staff/kiosks")
    desk.fill(**three("names"))
    shown = desk.fill("code").by_id("enrolment-code")
    assert shown is not None
    browser = Patient(empty.test_client())
    assert browser.get("/").status == 403
    browser.post("/enrol", {"code": words(shown)})
    assert browser.page.status == 200 and browser.page.path == "/"
    assert "Қазақша" in browser.get("/building").words
    with empty.app_context():
        organisation = db.session.scalars(select(Organisation)).one()
        assert list(broken_links(db.session(), organisation.id)) == []
        assert len(db.session.scalars(select(JournalEntry)).all()) == 7


def test_there_is_one_first_administrator(
    empty: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first_administrator(empty, monkeypatch, capsys)
    with pytest.raises(SystemExit):
        first_administrator(empty, monkeypatch, capsys)


def test_outside_the_demo_there_are_no_demo_accounts(empty: Flask) -> None:
    desk = Desk(empty)
    assert desk.sign_in("organisation").status == 400
