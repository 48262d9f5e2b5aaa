"""The journal at the desk: found by what one knows, masked, exported with a checksum; looking leaves a trace."""

import csv
import tracemalloc
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO, StringIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from kiosk.clinic.journal import JournalEntry, broken_links
from kiosk.clinic.places import Kiosk
from kiosk.clinic.schedule import Doctor
from kiosk.database import db, transaction
from kiosk.staff.exports import export
from tests.client import Patient
from tests.conftest import Clock
from tests.desk import Desk
from tests.factories import Registers, Somebody


@pytest.fixture
def booked(app: Flask, patient: Patient, registers: Registers) -> Iterator[Somebody]:
    """One person with a booking, one refused by ground 2."""
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    patient.press("next")
    assert patient.page.path == "/ticket"
    patient.post("/visit/end", {})
    stranger = registers.add(Somebody(running=77, number="017654399", attachments=(("active", "almaty-14", "01"),)))
    patient.scan(stranger.scan)
    yield me


def newest(app: Flask, event: str) -> JournalEntry:
    with app.app_context():
        query = select(JournalEntry).where(JournalEntry.event == event).order_by(JournalEntry.sequence.desc())
        found = db.session.scalars(query).first()
        assert found is not None
        return found


def found(desk: Desk, **wanted: object) -> list[str]:
    page = desk.get("/staff/journal?" + "&".join(f"{name}={value}" for name, value in wanted.items()))
    assert page.status == 200
    return [
        one.get("href", "").split("/")[-1] for one in page.all("a") if one.get("href", "").startswith("/staff/journal/")
    ]


def test_an_entry_is_found_by_each_thing_one_may_know(app: Flask, booked: Somebody) -> None:
    desk, entry = Desk(app, "registrar"), newest(app, "booked")
    here = [str(entry.sequence)]
    assert found(desk, number=entry.entry_number) == here
    assert found(desk, event="booked", channel="kiosk") == here
    assert found(desk, day="2031-03-12", event="booked", channel="kiosk", doctor=entry.doctor_id) == here
    assert found(desk, event="refused") == [str(newest(app, "refused").sequence)]
    assert found(desk, first="2031-03-13") == []
    assert found(desk, last="2031-03-11") == []
    assert found(desk, number="x", day="someday", event="nothing")[0] == str(newest(app, "signed_in").sequence)


def test_older_entries_follow_without_gap_or_repeat(app: Flask) -> None:
    desk = Desk(app, "auditor")
    with app.app_context():
        total = len(db.session.scalars(select(JournalEntry.id)).all())
    seen = found(desk)
    while desk.page.by_id("older") is not None:
        desk.press("older")
        seen += [
            one.get("href", "").split("/")[-1] for one in desk.page.all("a") if "/staff/journal/" in one.get("href", "")
        ]
    numbers = [int(one) for one in seen]
    assert numbers == sorted(set(numbers), reverse=True) and len(numbers) == total


def test_no_page_and_no_export_names_a_person(app: Flask, booked: Somebody) -> None:
    desk = Desk(app, "auditor")
    entry = newest(app, "booked")
    desk.get(f"/staff/journal/{entry.sequence}")
    shown = desk.page.text
    export = desk.client.post("/staff/journal/export", data={"csrf_token": desk.token()}).get_data(as_text=True)
    for secret in (booked.surname, booked.iin):
        assert secret not in shown and secret not in export


def test_looking_at_a_person_is_for_few_and_is_journalled(app: Flask, booked: Somebody) -> None:
    desk, entry = Desk(app, "registrar"), newest(app, "booked")
    desk.get(f"/staff/journal/{entry.sequence}")
    page = desk.press("person")
    assert booked.surname in page.words and booked.iin in page.words
    trace = newest(app, "looked")
    assert trace.details["sequence"] == entry.sequence and trace.details["role"] == "registrar"
    assert trace.details["patient"] == entry.patient_ref and booked.iin not in str(trace.details)
    assert booked.surname not in desk.get(f"/staff/journal/{entry.sequence}").text
    for login in ("auditor", "schedules", "building"):
        other = Desk(app, login)
        assert other.get(f"/staff/journal/{entry.sequence}").by_id("person") is None
        assert other.post(f"/staff/journal/{entry.sequence}/person", {}).status == 403
    with app.app_context():
        assert list(broken_links(db.session(), entry.organisation_id)) == []


def test_an_export_has_what_was_found_and_a_checksum_that_the_journal_keeps(app: Flask, booked: Somebody) -> None:
    desk = Desk(app, "auditor")
    desk.get("/staff/journal?channel=kiosk")
    answer = desk.client.post("/staff/journal/export", data={"csrf_token": desk.token(), "channel": "kiosk"})
    content = answer.get_data()
    total = sha256(content).hexdigest()
    assert answer.headers["X-Checksum-SHA256"] == total and total[:12] in answer.headers["Content-Disposition"]
    assert newest(app, "looked").details["sha256"] == total
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert {one["channel"] for one in rows} == {"kiosk"}
    assert {one["event"] for one in rows} >= {"identified", "booked", "refused"}
    assert len(rows) == newest(app, "looked").details["rows"]
    booking = next(one for one in rows if one["event"] == "booked")
    assert booking["Нәтиже"] == "жазылды" and booking["Негіздеме"] == "құжаттың өзі көрсетілді"
    assert booking["Терминал"] and booking["Дәрігер"] and booking["Тіл"] == "Қазақша"


def test_the_same_export_as_a_spreadsheet(app: Flask, booked: Somebody) -> None:
    desk = Desk(app, "auditor")
    desk.get("/staff/journal?channel=kiosk")
    form = {"csrf_token": desk.token(), "channel": "kiosk"}
    plain = list(
        csv.reader(StringIO(desk.client.post("/staff/journal/export", data=form).get_data().decode("utf-8-sig")))
    )
    answer = desk.client.post("/staff/journal/export", data={**form, "form": "xlsx"})
    assert newest(app, "looked").details["sha256"] == sha256(answer.get_data()).hexdigest()
    sheet = load_workbook(BytesIO(answer.get_data())).worksheets[0]
    cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert cells == plain and len(cells) > 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_one_row_at_a_time_however_many_there_are(kind: str) -> None:
    line = "я" * 100
    tracemalloc.start()
    try:
        made = export(kind, ["a", "b"], ((number, line) for number in range(20_000)))  # 4 MB of cells
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    with made.file:
        made.file.seek(0)
        assert made.rows == 20_000 and made.sha256 == sha256(made.file.read()).hexdigest()
    assert peak < 2_000_000


def test_a_building_sees_only_its_own(app: Flask, booked: Somebody) -> None:
    entry = newest(app, "refused")
    with app.app_context(), transaction() as work:
        work.get_one(Kiosk, 1).building_id = 2
        for doctor in work.scalars(select(Doctor)):
            doctor.building_id = 2
    desk = Desk(app, "building")
    own = newest(app, "signed_in")
    assert found(desk) == [str(own.sequence)]  # what its own people did, and nothing that happened elsewhere
    assert desk.get(f"/staff/journal/{entry.sequence}").status == 403
    assert str(entry.sequence) in found(Desk(app, "organisation"))


def test_a_day_leads_to_its_neighbours(app: Flask, booked: Somebody, time: Clock) -> None:
    desk = Desk(app, "registrar")
    assert found(desk, day="2031-03-12")
    links = [one.get("href", "") for one in desk.page.all("a")]
    assert "/staff/journal?day=2031-03-11" in links and "/staff/journal?day=2031-03-13" in links
    assert desk.page.by_id("print") is not None


def test_what_staff_changed_is_shown_before_and_after(app: Flask) -> None:
    desk = Desk(app, "organisation")
    desk.get("/staff/buildings/1")
    desk.fill(phones="8 727 111 11 11")
    page = desk.get(f"/staff/journal/{newest(app, 'changed').sequence}")
    assert "8 727 111 11 11" in page.words and "organisation" in page.words


def test_a_change_is_told_in_the_readers_words(app: Flask) -> None:
    desk = Desk(app, "organisation")
    desk.get("/staff/settings/kiosk/1")
    desk.fill(idle="140")
    entry = newest(app, "changed")
    told = {"kk": ("Терминал баптаулары 1", "сұрағанша"), "ru": ("Настройки терминала 1", "Секунд до")}
    for language, (what, fact) in told.items():
        desk.get(f"/staff/journal/{entry.sequence}")
        page = desk.press_value("language", language)
        assert what in page.words and fact in page.words and "140" in page.words and "None" not in page.words
