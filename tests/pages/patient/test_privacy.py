"""Personal data: never in a URL, title, header, cookie or log; another browser never sees a visit."""

import logging
from pathlib import Path

import pytest
from flask import Flask

from kiosk.database import db
from tests.client import Patient
from tests.conftest import KEY, Clock
from tests.factories import Registers, Somebody

JOURNEY = ("/attachment", "/doctor", "/slot", "/confirm", "/appointments", "/help", "/identify", "/")


def test_nothing_personal_leaves_but_the_page(
    app: Flask, patient: Patient, registers: Registers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    me = registers.add(Somebody(name="Сәкенжан"))
    patient.scan(me.scan)
    patient.press("next")
    for path in JOURNEY:
        page = patient.get(path)
        headers = str(page.response.headers) + page.response.request.url + page.title
        for secret in (me.iin, me.name, me.surname, me.number):
            assert secret not in headers, path
        assert page.response.headers["Cache-Control"] == "no-store", path
    for secret in (me.iin, me.name, me.surname, me.number):
        assert secret not in caplog.text
    with app.app_context():
        db.engine.dispose()
    for file in app.extensions["settings"].var.iterdir():
        if file.is_file():
            stored = file.read_bytes()
            for secret in (me.iin, me.name, me.surname):
                assert secret.encode() not in stored, file.name


def test_two_browsers_at_one_kiosk_never_see_each_other(
    patient: Patient, another: Patient, registers: Registers
) -> None:
    me, other = (
        registers.add(Somebody(name="Бірінші")),
        registers.add(Somebody(name="Екінші", running=500, number="018765432")),
    )
    patient.scan(me.scan)
    another.scan(other.scan)
    assert "Екінші" not in patient.get("/attachment").text
    assert "Бірінші" not in another.get("/attachment").text


def test_a_visit_without_its_cookie_is_noise(app: Flask, patient: Patient, registers: Registers) -> None:
    from sqlalchemy import select

    from kiosk.clinic.records import VisitRecord

    me = registers.add(Somebody(name="Сәкенжан"))
    patient.scan(me.scan)
    cookie = patient.client.get_cookie("visit")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Strict"
    with app.app_context():
        row = db.session.scalars(select(VisitRecord)).one()
        assert cookie.value not in row.id
        assert "Сәкенжан".encode() not in row.sealed and me.iin.encode() not in row.sealed


@pytest.mark.row("D8")
def test_the_idle_visit_ends_on_the_server(patient: Patient, registers: Registers, time: Clock) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    time.advance(164)
    assert patient.get("/attachment").path == "/attachment"
    time.advance(166)
    assert patient.mark_alive() == 410
    assert patient.get("/attachment").path == "/"


@pytest.mark.row("C12")
def test_secure_headers_and_cookies(app: Flask) -> None:
    plain, secure = Patient(app.test_client()), Patient(app.test_client(), "https://kiosk.example")
    page = plain.get("/")
    policy = page.response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
    assert "Strict-Transport-Security" not in page.response.headers
    page = secure.get("/")
    assert "max-age" in page.response.headers["Strict-Transport-Security"]
    assert all("; Secure" in cookie for cookie in page.response.headers.getlist("Set-Cookie"))


def test_get_writes_nothing_but_the_mark(app: Flask, patient: Patient, registers: Registers) -> None:
    from sqlalchemy import event

    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    written: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            written.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    for path in (*JOURNEY, "/notice", "/document", "/identify?kind=other", "/slot?part=morning", "/healthz"):
        patient.client.get(path)
    event.remove(engine, "before_cursor_execute", note)
    assert [one for one in written if "UPDATE visit SET alive_until" not in one] == []


def test_a_browser_that_is_no_kiosk_gets_a_403_in_three_languages(tmp_path: Path, furnished: Path) -> None:
    import shutil

    from kiosk.app import create_app
    from kiosk.config import from_environment
    from kiosk.outside import Outside

    shutil.copy(furnished / "kiosk.sqlite3", tmp_path / "kiosk.sqlite3")
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/kiosk.sqlite3",
        "KIOSK_KEY": KEY,
        "KIOSK_PERSONS_URL": "http://127.0.0.1:9/p",
        "KIOSK_ATTACHMENTS_URL": "http://127.0.0.1:9/a",
    }
    real = create_app(from_environment(environment), Outside(Registers(), Registers(), Registers()))
    visitor = Patient(real.test_client())
    for path in ("/", "/identify", "/attachment", "/help"):
        page = visitor.get(path)
        assert page.status == 403
        assert {one.get("lang") for one in page.tree.iter() if isinstance(one.tag, str)} >= {"ru", "en"}
    with real.app_context():
        db.engine.dispose()
