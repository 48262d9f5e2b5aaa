"""From an empty database to a serving kiosk: one command, then only forms under /staff."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pyotp import TOTP
from sqlalchemy import select

from kiosk import clock, migrations
from kiosk.app import create_app
from kiosk.clinic.journal import JournalEntry, broken_links
from kiosk.clinic.places import Organisation
from kiosk.commands import upkeep
from kiosk.config import from_environment
from kiosk.database import db
from kiosk.outside import Outside
from tests.client import Page, Patient, words
from tests.conftest import KEY, Clock
from tests.desk import Desk
from tests.factories import Registers, Somebody

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
    monkeypatch.setattr(upkeep, "create", lambda: app)
    monkeypatch.setattr(upkeep, "from_environment", lambda: app.extensions["settings"])
    upkeep.first_administrator()
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


DAYS = "mon,tue,wed,thu,fri"
KINDS = ("district_therapist", "district_paediatrician", "general_practitioner")


def sixty_doctors(houses: list[str]) -> str:
    rows = [f"name_kk,kind,building,room,floor,district,{DAYS}"]
    for place in range(60):
        week = ",".join(["09:00-13:00"] * 5)
        house = houses[place % 2]
        rows.append(f"Дәрігер {place},{KINDS[place % 3]},{house},{100 + place},1,{place + 1:02},{week}")
    return "\n".join(rows)


def next_step(desk: Desk) -> str:
    link = desk.get("/staff").by_id("next")
    assert link is not None
    return link.get("href", "")


def test_two_buildings_five_kiosks_and_sixty_doctors_in_at_most_sixty_forms(
    empty: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The guide leads from step to step in Kazakh; every form sent, at the desk and at the kiosks, is counted."""
    secret = first_administrator(empty, monkeypatch, capsys)
    forms: list[str] = []
    desk = Desk(empty)
    posted = desk.post

    def counted(path: str, data: dict[str, Any], with_token: bool = True) -> Page:
        forms.append(path)
        page = posted(path, data, with_token)
        assert page.status == 200, page.words
        return page

    monkeypatch.setattr(desk, "post", counted)
    desk.get("/staff")
    desk.fill(login="chief", password=PASSWORD, code=TOTP(secret).at(clock.now()))
    assert next_step(desk) == "/staff/buildings"
    desk.get("/staff/buildings")
    desk.fill(**three("names"), **three("address"))
    houses = []
    assert next_step(desk) == "/staff/buildings/new"
    for _house in range(2):
        desk.get("/staff/buildings/new")
        desk.fill(**three("names"), **three("address"), has_ramp="yes", **three("about_ramp"))
        houses.append(desk.page.path.split("/")[-1])
    assert next_step(desk) == "/staff/doctors/files"
    desk.get("/staff/doctors/files")
    desk.fill(kind="doctors", file=(BytesIO(sixty_doctors(houses).encode()), "doctors.csv"))
    desk.press("next")
    assert next_step(desk) == "/staff/kiosks"
    browsers = []
    for place in range(5):
        desk.get("/staff/kiosks")
        desk.fill(**three("names"), building=houses[place % 2])
        shown = desk.fill("code").by_id("enrolment-code")
        assert shown is not None
        browsers.append(Patient(empty.test_client()))
        browsers[-1].get("/")
        forms.append("/enrol")
        assert browsers[-1].post("/enrol", {"code": words(shown)}).path == "/"
    assert len(forms) <= 60
    somebody = empty.extensions["outside"].persons.add(Somebody(attachments=(("active", "almaty-01", "01"),)))
    kiosk = browsers[0]
    assert kiosk.scan(somebody.scan).path == "/attachment"
    kiosk.press("next")
    kiosk.press("next")
    assert kiosk.page.path == "/ticket"
    assert desk.get("/staff").by_id("first-steps") is None


def test_there_is_one_first_administrator(
    empty: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first_administrator(empty, monkeypatch, capsys)
    with pytest.raises(SystemExit):
        first_administrator(empty, monkeypatch, capsys)


def test_outside_the_demo_there_are_no_demo_accounts(empty: Flask) -> None:
    desk = Desk(empty)
    assert desk.sign_in("organisation").status == 400
