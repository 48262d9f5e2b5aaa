"""A list loaded by the real command in a process of its own, on the database's file, while people book at the kiosk."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from kiosk import clock
from kiosk.clinic.local_list import LocalList, LocalPerson, find_current, importing
from kiosk.clinic.records import Appointment, Organisation
from kiosk.config import ROOT
from kiosk.database import db, transaction
from tests.client import Patient
from tests.conftest import KEY
from tests.factories import HERE, NOW, Somebody

HEADER = "ИИН;Фамилия;Имя;Участок"
ROWS, MOMENTS = 8_000, 2


def line(somebody: Somebody) -> str:
    return f"{somebody.iin};{somebody.surname};{somebody.name};07"


def people(count: int, first: int = 1) -> list[Somebody]:
    return [
        Somebody(born=date(1950 + n % 60, 1 + n % 12, 1 + n % 28), running=first + n // 60 * 3) for n in range(count)
    ]


def write(path: Path, listed: list[Somebody]) -> Path:
    path.write_text("\n".join([HEADER, *map(line, listed)]), encoding="utf-8")
    return path


def begin(app: Flask) -> int:
    with app.app_context(), transaction() as work:
        place = work.scalars(select(Organisation).where(Organisation.code == HERE)).one()
        place.settings = {**place.settings, "registers": "local"}
        return importing.begin(work, place.id, date(2031, 3, 10), "test", {}, clock.now()).id


def start(app: Flask, path: Path, list_id: int) -> subprocess.Popen[bytes]:
    """The words with which the staff door starts it, and this test's database."""
    settings = app.extensions["settings"]
    clock.write(settings.clock_file, (NOW - datetime.now(UTC)).total_seconds())
    environment = os.environ | {"KIOSK_DEMO": "1", "KIOSK_KEY": KEY, "KIOSK_VAR": str(settings.var)}
    words = ["-m", "kiosk.commands", "import", str(path), "--list", str(list_id), "--make-current", "--delete-file"]
    return subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment)


def test_people_book_while_the_real_import_runs(app: Flask, patient: Patient, tmp_path: Path) -> None:
    """Nobody is turned away by a busy database: a booking that waited too long would fail here."""
    waiting = people(60)
    with app.app_context():
        importing.run(app.extensions["keys"], write(tmp_path / "first.csv", waiting), begin(app), False, clock.now)
    following, before = begin(app), taken(app)
    upload = write(tmp_path / "next.csv", people(ROWS))
    loading = start(app, upload, following)
    booked, met = 0, set()
    while loading.poll() is None and waiting:
        patient.scan(waiting.pop().scan)
        patient.press("next")
        patient.press("next")
        assert patient.page.heading == "Сіз жазылдыңыз"
        patient.press("next")
        booked += 1
        met.add(rows_read(app, following))
    assert loading.wait(300) == 0
    assert len(met - {0, ROWS}) >= MOMENTS, f"{booked} bookings, none in the midst of the import: {met}"
    with app.app_context():
        assert find_current(db.session(), 1).id == following  # type: ignore[union-attr]
        kept = db.session.scalar(select(func.count()).where(LocalPerson.list_id == following))
    assert (kept, taken(app) - before) == (ROWS, booked)
    assert not upload.exists()


def taken(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Appointment)) or 0


def rows_read(app: Flask, list_id: int) -> int:
    with app.app_context():
        return db.session.get_one(LocalList, list_id).rows_read
