"""/healthz : ok, degraded when a state system is out of reach, unfit when the database is."""

import socket
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from kiosk.app import create_app
from kiosk.database import db
from kiosk.outside import Outside
from tests.conftest import settings_for
from tests.factories import Registers


def healthz(app: Flask, address: str = "127.0.0.1") -> tuple[int, dict[str, object]]:
    answer = app.test_client().get("/healthz", environ_base={"REMOTE_ADDR": address})
    assert answer.json is not None
    return answer.status_code, answer.json


def with_systems(var: Path, port: int) -> Flask:
    settings = settings_for(var, SIMULATOR_PORT=str(port))
    return create_app(settings, Outside(Registers(), Registers(), Registers()))


def test_ok_degraded_and_unfit(app: Flask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as system:
        port = system.getsockname()[1]
        connected = with_systems(app.extensions["settings"].var, port)
        assert healthz(connected)[1]["status"] == "ok"
    status, answer = healthz(connected)
    assert (status, answer["status"]) == (200, "degraded")
    with connected.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        db.session.commit()
    status, answer = healthz(connected)
    assert (status, answer["status"]) == (503, "unfit")


def test_details_are_for_the_machine_itself(app: Flask) -> None:
    assert set(healthz(app, "192.0.2.7")[1]) == {"status"}
    assert set(healthz(app)[1]) > {"status"}
