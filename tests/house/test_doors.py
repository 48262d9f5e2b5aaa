"""The public doors as one plain table: every route, its methods, who may call; and what holds for all of them."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from kiosk.database import db
from tests.client import Patient
from tests.factories import Registers, Somebody

KIOSK, ANYBODY = "a known kiosk", "anybody"
DOORS = {
    "/": (KIOSK, "GET"),
    "/accessibility": (KIOSK, "GET"),
    "/appointments": (KIOSK, "GET", "POST"),
    "/attachment": (KIOSK, "GET", "POST"),
    "/attachment/told": (KIOSK, "POST"),
    "/building": (KIOSK, "GET"),
    "/confirm": (KIOSK, "GET", "POST"),
    "/consents": (KIOSK, "GET", "POST"),
    "/doctor": (KIOSK, "GET", "POST"),
    "/document": (KIOSK, "GET", "POST"),
    "/enrol": (ANYBODY, "POST"),
    "/healthz": (ANYBODY, "GET"),
    "/heartbeat": (KIOSK, "POST"),
    "/help": (KIOSK, "GET", "POST"),
    "/identify": (KIOSK, "GET", "POST"),
    "/keys": (KIOSK, "GET"),
    "/language": (KIOSK, "POST"),
    "/notice": (KIOSK, "GET"),
    "/panel/<fingerprint>.css": (ANYBODY, "GET"),
    "/preferences": (KIOSK, "GET", "POST"),
    "/samples": (KIOSK, "GET"),
    "/samples/page": (KIOSK, "GET"),
    "/slot": (KIOSK, "GET", "POST"),
    "/static/<path:filename>": (ANYBODY, "GET"),
    "/switches": (KIOSK, "GET"),
    "/ticket": (KIOSK, "GET"),
    "/visit/alive": (KIOSK, "POST"),
    "/visit/end": (KIOSK, "POST"),
    "/voice": (KIOSK, "POST"),
    "/voice/<name>": (ANYBODY, "GET"),
    "/voice/aloud": (KIOSK, "POST"),
}
OF_KIOSKS = [(method, path) for path, (who, *methods) in DOORS.items() if who == KIOSK for method in methods]
CHANGING = ("/heartbeat", "/visit/alive")  # marks of a script: asked without a form, answered without a page


def test_every_public_route_is_in_this_table(app: Flask) -> None:
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/staff"):
            found.setdefault(rule.rule, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    assert found == {path: set(methods) for path, (_who, *methods) in DOORS.items()}


@pytest.mark.parametrize(("method", "path"), OF_KIOSKS)
def test_a_browser_that_is_no_kiosk_is_shown_the_door(app: Flask, method: str, path: str) -> None:
    app.extensions["demo_kiosk_token"] = None
    app.config["WTF_CSRF_ENABLED"] = False
    for client in (app.test_client(), _with_cookie(app, "kiosk", "invented"), _with_cookie(app, "visit", "invented")):
        assert client.open(path, method=method).status_code == 403


def _with_cookie(app: Flask, name: str, value: str) -> Any:
    client = app.test_client()
    client.set_cookie(name, value)
    return client


def test_anybody_may_ask_how_the_server_is(app: Flask) -> None:
    app.extensions["demo_kiosk_token"] = None
    assert app.test_client().get("/healthz").status_code == 200
    assert app.test_client().get("/static/css/base.css").status_code == 200


@pytest.mark.parametrize("path", DOORS)
def test_other_methods_are_not_understood(app: Flask, path: str) -> None:
    asked = path.replace("<fingerprint>", "0").replace("<path:filename>", "x")
    for method in ("PUT", "DELETE", "PATCH"):
        assert app.test_client().open(asked, method=method).status_code in (400, 405)


@pytest.mark.parametrize("path", [path for method, path in OF_KIOSKS if method == "POST"])
def test_nothing_is_posted_without_a_token(app: Flask, path: str) -> None:
    before = everything(app)
    assert app.test_client().post(path, data={"slot": "1", "language": "ru"}).status_code == 400
    assert everything(app) == before


def test_no_get_writes_more_than_the_mark_of_a_living_visit(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    before = everything(app)
    assert before["slot"] and before["visit"]
    for method, path in OF_KIOSKS:
        if method == "GET":
            assert patient.get(path).status == 200
    assert everything(app) == before


def everything(app: Flask) -> dict[str, list[str]]:
    """Each table's rows, without the one clock that a GET may set."""
    with app.app_context():
        rows = {}
        for table in db.metadata.sorted_tables:
            columns = ", ".join(column.name for column in table.columns if column.name != "alive_until")
            query = text(f'SELECT {columns} FROM "{table.name}"'.replace("window", '"window"'))
            rows[table.name] = sorted(str(tuple(row)) for row in db.session.execute(query))
        db.session.rollback()
        return rows
