"""The list of people at the staff door: a file, its columns, progress, what waits for a person, and who may."""

import io
import os
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk import clock
from kiosk.clinic.journal import JournalEntry
from kiosk.clinic.local_list import LocalList, find_current, importing
from kiosk.clinic.local_list.refused import FileRefused
from kiosk.database import db
from tests.desk import Desk
from tests.factories import Somebody

HEADER = "Код;Фамилия;Имя;Участок"


def content(*people: Somebody) -> bytes:
    return "\r\n".join([HEADER, *[f"{one.iin};{one.surname};{one.name};07" for one in people]]).encode()


def upload(desk: Desk, data: bytes, name: str = "list.csv") -> None:
    desk.get("/staff/import")
    form = {"csrf_token": desk.token(), "file": (io.BytesIO(data), name)}
    answer = desk.client.post("/staff/import", data=form, follow_redirects=True)
    desk._land(answer)


@pytest.fixture
def here(app: Flask) -> Flask:
    """A server that loads lists inside the request: a process of its own is for the real one."""

    def start(path: Path, list_id: int) -> None:
        with suppress(FileRefused):
            importing.run(app.extensions["keys"], path, list_id, True, clock.now)
        path.unlink()

    app.extensions["start_import"] = start
    return app


def test_from_a_file_to_the_list_that_holds(here: Flask) -> None:
    desk = Desk(here, "organisation")
    me = Somebody()
    upload(desk, content(me, Somebody(born=date(1980, 1, 1))))
    assert desk.page.path.startswith("/staff/import/columns/")
    assert me.iin not in desk.page.text
    desk.fill("look", iin="Код")
    assert me.iin[:6] in desk.page.words and me.surname in desk.page.words
    desk.fill("next", as_of="2031-03-10")
    assert desk.page.path == "/staff/import"
    with here.app_context():
        current = find_current(db.session(), 1)
        assert current is not None
        assert (current.rows_kept, current.as_of, current.imported_by) == (2, date(2031, 3, 10), "organisation")
        entries = db.session.scalars(select(JournalEntry).where(JournalEntry.channel == "staff")).all()
        assert {"looked", "changed"} <= {one.event for one in entries}
    assert not list((here.extensions["settings"].var / "imports").iterdir())
    upload(desk, content(me))
    assert "selected>Код" in desk.page.text  # remembered
    desk.fill("next")
    with here.app_context():
        assert find_current(db.session(), 1).rows_kept == 1  # type: ignore[union-attr]


def test_a_doubtful_list_waits_until_somebody_lets_it_hold(here: Flask) -> None:
    desk = Desk(here, "organisation")
    upload(desk, content(*[Somebody(born=date(1950 + n, 1, 1)) for n in range(10)]))
    desk.fill("next", iin="Код")
    upload(desk, content(Somebody()))
    desk.fill("next")
    assert "жартысынан аз адам" in desk.page.words
    with here.app_context():
        assert find_current(db.session(), 1).rows_kept == 10  # type: ignore[union-attr]
    desk.press_text("Қолданысқа енгізу")
    with here.app_context():
        assert find_current(db.session(), 1).rows_kept == 1  # type: ignore[union-attr]


def test_problems_and_template_are_downloads(here: Flask) -> None:
    desk = Desk(here, "organisation")
    upload(desk, content(Somebody()) + b"\r\n1;=1+1;B;07")
    desk.fill("next", iin="Код")
    answer = desk.client.get("/staff/import/1/problems.csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "3;Фамилия;мән емес, формула;жол алынбады" in answer.get_data(as_text=True)
    assert "=1+1" not in answer.get_data(as_text=True)
    assert "Участок".casefold() in desk.client.get("/staff/import/template.csv").get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Файлда тақырыптан кейін жол жоқ."),
        (b"PK\x03\x04nonsense", "XLSX файлы бүлінген немесе көрсетілген пішімде емес."),
        (b"a;b\r\n" + b"x" * 10_000_000, "Файлдағы бір өріс немесе жол тым ұзын: бұл адамдар тізімі емес."),
        (b"\x00" * 1000, "Бұл CSV не XLSX файлы емес."),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence_and_not_kept(
    here: Flask, data: bytes, sentence: str
) -> None:
    desk = Desk(here, "organisation")
    upload(desk, data)
    assert sentence in desk.page.words
    assert desk.page.status == 400


def test_columns_must_be_named_before_loading(here: Flask) -> None:
    desk = Desk(here, "organisation")
    upload(desk, content(Somebody()))
    desk.fill("next", iin="")
    assert desk.page.status == 400
    assert "бағандары көрсетілуі керек" in desk.page.words
    with here.app_context():
        assert db.session.scalars(select(LocalList)).all() == []


def uploaded(app: Flask) -> list[Path]:
    return list((app.extensions["settings"].var / "imports").iterdir())


def test_a_file_that_is_given_up_or_forgotten_is_deleted(here: Flask) -> None:
    desk = Desk(here, "organisation")
    upload(desk, content(Somebody()))
    assert [path.stat().st_mode & 0o777 for path in uploaded(here)] == [0o600]
    desk.fill("give-up")
    assert desk.page.path == "/staff/import"
    assert uploaded(here) == []
    upload(desk, content(Somebody()))
    (forgotten,) = uploaded(here)
    hours_ago = forgotten.stat().st_mtime - 3 * 3600
    os.utime(forgotten, (hours_ago, hours_ago))
    assert desk.client.get(f"/staff/import/columns/{forgotten.stem}").status_code == 404
    upload(desk, content(Somebody()))
    assert len(uploaded(here)) == 1 and uploaded(here) != [forgotten]


def test_the_nightly_command_deletes_what_nobody_loaded(here: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from kiosk.commands import upkeep

    upload(Desk(here, "organisation"), content(Somebody()))
    fresh = here.extensions["settings"].var / "imports" / "fresh.list"
    (forgotten,) = uploaded(here)
    fresh.touch()
    os.utime(forgotten, (0, 0))
    monkeypatch.setattr(upkeep, "create", lambda: here)
    upkeep.publish_all()
    assert uploaded(here) == [fresh]


def test_progress_is_shown_and_asked_again(here: Flask) -> None:
    here.extensions["start_import"] = lambda path, list_id: None
    desk = Desk(here, "organisation")
    upload(desk, content(Somebody()))
    desk.fill("next", iin="Код")
    assert 'hx-trigger="every 2s"' in desk.page.text
    fragment = desk.get("/staff/import", **{"HX-Request": "true"})
    assert "<progress" in fragment.text and "<html" not in fragment.text


def test_names_of_files_lead_nowhere_else(here: Flask) -> None:
    desk = Desk(here, "organisation")
    for name in ("..", "x" * 22, "..%2f..%2fkiosk", "a" * 21 + "."):
        assert desk.client.get(f"/staff/import/columns/{name}").status_code == 404


def test_bookings_to_be_confirmed_are_listed(here: Flask) -> None:
    desk = Desk(here, "registrar")
    desk.get("/staff/unconfirmed")
    assert desk.page.heading == "Растауды күтетін жазылулар"
