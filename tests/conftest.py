"""What tests share: a clinic on a temporary database, its clock, and a person at its kiosk."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings as properties
from sqlalchemy import event

from kiosk import clock, demo, migrations
from kiosk.app import create_app
from kiosk.config import Settings, from_environment
from kiosk.database import db, transaction
from kiosk.outside import Outside
from kiosk.sealing import Keys
from tests.client import Patient
from tests.factories import NOW, Registers
from tests.rows import name_rows

properties.register_profile("house", deadline=None, derandomize=True, database=None)  # the same verdict every time
properties.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--one-case`: of each test only its first case, for the quick check."""
    parser.addoption("--one-case", action="store_true", help="of each test only its first case")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test may only name rows that the accessibility requirements have."""
    for item in items:
        name_rows(item)
    if config.getoption("one_case"):
        first = set({item.nodeid.partition("[")[0]: item for item in reversed(items)}.values())
        config.hook.pytest_deselected(items=[item for item in items if item not in first])
        items[:] = [item for item in items if item in first]


KEY = "test-key-of-thirty-two-bytes-and-more-0123456789"


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test reached for the network: {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


def settings_for(var: Path, **environment: str) -> Settings:
    return from_environment(
        {"KIOSK_DEMO": "1", "KIOSK_KEY": KEY, "KIOSK_VAR": str(var), "KIOSK_NOW": NOW.isoformat(), **environment}
    )


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with the demo's clinic, made once and copied for each test."""
    var = tmp_path_factory.mktemp("furnished")
    settings = settings_for(var)
    app = create_app(settings, Outside(Registers(), Registers(), Registers()))
    with app.app_context():
        migrations.upgrade(db.engine)
        with transaction() as work:
            demo.load(work, Keys.of(settings.master_key), NOW, settings.panel)
        db.engine.dispose()
    return var


class Clock:
    """The clock of a test: it stands still until it is moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def advance(self, seconds: float) -> None:
        from datetime import timedelta

        self.now += timedelta(seconds=seconds)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture(scope="session")
def standing(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Registers]:
    """The application and the registers of all tests of a process: to build them took longer than most tests."""
    registers = Registers()
    outside = Outside(registers, registers, registers)
    application = create_app(settings_for(tmp_path_factory.mktemp("var")), outside)
    application.testing = True
    application.error_handler_spec[None][None].pop(Exception)  # a crash fails the test, not the patient
    with application.app_context():
        event.listen(db.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))  # no power fails here
    return application, registers


@pytest.fixture
def registers(standing: tuple[Flask, Registers]) -> Registers:
    """The registers, knowing nobody."""
    vars(standing[1]).clear()
    vars(standing[1]).update(vars(Registers()))
    return standing[1]


@pytest.fixture
def app(standing: tuple[Flask, Registers], furnished: Path, registers: Registers, time: Clock) -> Iterator[Flask]:
    """The application with the demo's clinic as if nobody had ever been there."""
    application = standing[0]
    var = application.extensions["settings"].var
    shutil.rmtree(var)
    var.mkdir()
    shutil.copy(furnished / "kiosk.sqlite3", var / "kiosk.sqlite3")
    with as_it_was(application.config, application.extensions):
        yield application
    with application.app_context():
        db.engine.dispose()


@contextmanager
def as_it_was(*tables: dict[str, Any]) -> Iterator[None]:
    """Whatever a test puts into these tables is gone after it."""
    before = [dict(table) for table in tables]
    yield
    for table, values in zip(tables, before, strict=True):
        table.clear()
        table.update(values)


@pytest.fixture
def patient(app: Flask) -> Patient:
    return Patient(app.test_client())


@pytest.fixture
def another(app: Flask) -> Patient:
    return Patient(app.test_client())
