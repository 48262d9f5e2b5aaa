"""The search that ends each product's walks finds what is planted, wherever it is planted."""

import sqlite3
from pathlib import Path

import pytest

from tests.factories import Somebody
from tests.population import plain
from tests.walks import personal

ME = Somebody()


@pytest.mark.parametrize("told", [ME.iin, ME.number, ME.surname, str(plain(ME)["phone"]), ME.mrz[2]])
def test_what_is_planted_is_found(tmp_path: Path, told: str) -> None:
    wanted = personal.tells([ME])
    with sqlite3.connect(tmp_path / "kiosk.sqlite3") as database:
        database.execute("CREATE TABLE journal (id INTEGER, details BLOB)")
        database.execute("INSERT INTO journal VALUES (1, ?)", (b"\xff" + told.encode(),))
    (tmp_path / "kiosk.log").write_text(f"asked for {told}", encoding="utf-8")
    assert personal.traces(wanted, personal.columns(tmp_path / "kiosk.sqlite3")) == ["journal.details"]
    assert personal.traces(wanted, personal.files(tmp_path)) == ["kiosk.log", "kiosk.sqlite3"]
    assert personal.traces(wanted, [("log", f"a line with {told} in it"), ("log", "another")]) == ["log"]


def test_what_tells_nothing_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kiosk.log").write_text("POST /identify 302", encoding="utf-8")
    assert personal.traces(personal.tells([ME]), personal.files(tmp_path)) == []
