"""The window by the clinic's own list: said on the page and in the journal, checked when the gateway speaks again."""

from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from kiosk import clock
from kiosk.clinic.journal import JournalEntry
from kiosk.clinic.local_list import importing
from kiosk.clinic.records import Organisation
from kiosk.clinic.unconfirmed import waiting
from kiosk.database import db, transaction
from tests.desk import Desk, at_the_window, book_first, entries
from tests.factories import HERE, Registers, Somebody


def prepare(app: Flask, folder: Path, me: Somebody) -> None:
    """A list of one person, behind a gateway."""
    path = folder / "list.csv"
    row = f"{me.iin};{me.surname};{me.name};07;{me.number};{me.expires:%d.%m.%Y}"
    path.write_text(f"ИИН;Фамилия;Имя;Участок;Номер удостоверения;Срок удостоверения\n{row}", encoding="utf-8")
    with app.app_context():
        with transaction() as work:
            place = work.scalars(select(Organisation).where(Organisation.code == HERE)).one()
            place.settings = {**place.settings, "registers": "gateway_with_fallback"}
            list_id = importing.begin(work, place.id, date(2031, 3, 10), "test", {}, clock.now()).id
        importing.run(app.extensions["keys"], path, list_id, True, clock.now)


def test_in_an_outage_the_window_books_by_the_list_says_so_and_marks_it(
    app: Flask, registers: Registers, tmp_path: Path
) -> None:
    me = registers.add(Somebody())
    prepare(app, tmp_path, me)
    registers.silent = {"persons", "attachments"}
    desk = at_the_window(app, me)
    assert "2031 жылғы 10 наурыз" in desk.page.words
    book_first(desk)
    (booked,) = [one for one in entries(app, "booked") if one.channel == "window"]
    assert booked.details["source"] == "local list of 2031-03-10"
    with app.app_context():
        assert len(waiting(db.session(), 1)) == 1


def test_with_the_gateway_the_window_says_when_it_answered(app: Flask, registers: Registers, tmp_path: Path) -> None:
    me = registers.add(Somebody())
    prepare(app, tmp_path, me)
    desk = at_the_window(app, me)
    assert "09:00" in "".join(desk.page.by_id("freshness").itertext())  # type: ignore[union-attr]
    book_first(desk)
    with app.app_context():
        assert waiting(db.session(), 1) == []


def test_the_journal_tells_basis_and_source_in_words(app: Flask, registers: Registers, tmp_path: Path) -> None:
    me = registers.add(Somebody())
    prepare(app, tmp_path, me)
    registers.silent = {"persons", "attachments"}
    book_first(at_the_window(app, me))
    desk = Desk(app, "organisation")
    with app.app_context():
        last = db.session.scalars(select(JournalEntry.sequence).where(JournalEntry.event == "booked")).all()[-1]
    page = desk.get(f"/staff/journal/{last}")
    assert "құжаттың нөмірлері айтылды немесе терілді" in page.words
    assert "емхананың өз тізімі" in page.words
    assert "number_typed" not in page.words
