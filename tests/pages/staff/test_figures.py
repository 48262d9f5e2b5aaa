"""The figures: counted by hand here, by SQL there, and the same in picture, table and file."""

import csv
from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO, StringIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select, update

from kiosk.clinic import journal, recounting, statistics
from kiosk.clinic.calls import HelpCall
from kiosk.clinic.day_counts import COUNTS
from kiosk.clinic.full_days import DoctorDay, Period, close_days, full_days
from kiosk.clinic.journal_search import Scope, doctors_of
from kiosk.clinic.places import Kiosk
from kiosk.clinic.schedule import Slot
from kiosk.clinic.statistics import Cut
from kiosk.database import db, transaction
from tests.bookings import book_many, doctor_named, free
from tests.client import Patient, words
from tests.conftest import Clock
from tests.desk import Desk, entries
from tests.factories import NOW, Registers, Somebody

DAY = date(2031, 3, 12)
SCOPE = Scope(1, None, "Asia/Almaty")


def write(app: Flask, *events: journal.Event) -> None:
    with app.app_context(), transaction() as work:
        for event in events:
            journal.record(work, 1, event, NOW)


def counted(app: Flask, **cut: object) -> statistics.Figures:
    with app.app_context():
        return statistics.count(db.session(), SCOPE, Cut(DAY, DAY, **cut))  # type: ignore[arg-type]


def booked(seconds: int, language: str = "kk", channel: str = "kiosk") -> journal.Event:
    return journal.Event("booked", kiosk_id=1, channel=channel, language=language, seconds=seconds, step="confirm")


@pytest.mark.parametrize(
    ("seconds", "bucket"), [(0, 0), (60, 0), (61, 1), (120, 1), (180, 2), (300, 3), (600, 4), (601, 5), (9999, 5)]
)
def test_ten_minutes_are_within_the_limit_and_a_second_more_is_not(app: Flask, seconds: int, bucket: int) -> None:
    before = counted(app, language="en")
    write(app, booked(seconds, "en"))
    figures = counted(app, language="en")
    assert figures.times[bucket] == 1 and figures.answered == before.answered + 1 == 1
    assert figures.within_limit == (seconds <= 600)


def test_everything_is_counted_by_what_it_is(app: Flask) -> None:
    refused = {"kiosk_id": 1, "language": "en", "text_version": "t", "seconds": 30, "step": "attachment"}
    write(
        app,
        booked(30, "en"),
        journal.Event("refused", ground=2, **refused),
        journal.Event("refused", ground=2, **refused),
        journal.Event("refused", ground=1, **refused),
        journal.Event("gave_up", kiosk_id=1, language="en", step="slot", seconds=700),
        journal.Event("help_called", kiosk_id=1, language="en", step="slot"),
    )
    figures = counted(app, language="en")
    assert figures.grounds == Counter({2: 2, 1: 1}) and figures.left_at == Counter({"slot": 1})
    assert figures.answered == 4 and figures.share_within == 100
    assert counted(app, kiosk_id=2).answered == 0 and counted(app, channel="phone").events == Counter()


def test_nothing_counted_is_no_share_at_all(app: Flask) -> None:
    assert counted(app, language="ru").share_within is None
    page = Desk(app, "auditor").get("/staff/figures?first=2020-01-01&last=2020-01-02")
    assert page.status == 200


def days_of(app: Flask, name: str, first: date, last: date, scope: Scope = SCOPE, **how: object) -> tuple[int, int]:
    """A doctor's days of reception, and those without free time."""
    with app.app_context():
        kiosk = db.session.get(Kiosk, how.pop("kiosk")) if "kiosk" in how else None
        doctors = doctors_of(db.session(), SCOPE)
        rows = full_days(db.session(), scope, doctors, Period(first, last, kiosk, **how))  # type: ignore[arg-type]
        return next(((one.days, one.full) for one in rows if name in one.doctor.names.kk), (0, 0))


def test_a_full_doctor_has_days_without_free_time(app: Flask) -> None:
    with app.app_context():
        rows = full_days(db.session(), SCOPE, doctors_of(db.session(), SCOPE), Period(DAY, DAY + timedelta(days=14)))
        full = [one for one in rows if one.days and one.full == one.days]
        assert full == [rows[0]] and any(one.days and not one.full for one in rows)


def test_days_gone_by_are_counted_as_they_ended(app: Flask, time: Clock) -> None:
    name, last = "Есенгелдиев", DAY + timedelta(days=1)
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, name)
        today = [one for one in free(work, doctor) if work.get_one(Slot, one).starts_at.date() == DAY]
        book_many(work, app, doctor, len(today))
        tomorrow = free(work, doctor)[0]
        here = doctor.building_id
        work.execute(update(Slot).where(Slot.id != tomorrow, Slot.id.not_in(today)).values(channel="window"))
        work.execute(update(Slot).where(Slot.id == tomorrow).values(channel="any"))
    assert days_of(app, name, DAY, last) == (2, 1)
    time.advance(2 * 86400)
    told = {"before the night": days_of(app, name, DAY, last)}
    with app.app_context():
        with transaction() as work:
            work.execute(update(Slot).where(Slot.id == tomorrow).values(status="booked"))
        assert days_of(app, name, DAY, last) == (2, 1)  # at the window there was still another time
        assert days_of(app, name, DAY, last, at_kiosks=True) == (2, 2) == days_of(app, name, DAY, last, kiosk=1)
        for _ in range(2):  # a night's second run changes nothing
            with transaction() as work:
                close_days(work, time.now)
                assert work.scalars(select(func.count()).select_from(DoctorDay)).one() > 40
    told["after it"] = days_of(app, name, DAY, last)
    assert set(told.values()) == {(2, 1)} and days_of(app, name, DAY, last, at_kiosks=True) == (2, 2)
    with app.app_context(), transaction() as work:
        doctor_named(work, name).building_id = next(one for one in (1, 2) if one != here)
    assert days_of(app, name, DAY, last, Scope(1, here, "Asia/Almaty")) == (2, 1)
    desk = Desk(app, "auditor")
    page = desk.get(f"/staff/figures?first={DAY}&last={last}")
    section = next(one for one in page.all("section") if one.get("aria-labelledby") == "title-full-days")
    assert [words(one) for one in section.iter("td")][:4][1::2] == ["2", "2"]
    rows = list(csv.reader(StringIO(desk.press("export").response.get_data().decode("utf-8-sig"))))
    assert [row[2] for row in rows if name in row[1]][:2] == ["1", "2"]


def test_calls_are_counted_with_how_long_they_waited(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        for wait in (20, 40, 200, None):
            came = NOW + timedelta(seconds=wait) if wait else None
            told = {"coming_at": came, "done_at": came, "waited": wait}
            call = HelpCall(kiosk_id=1, step="slot", language="kk", asked_at=NOW, **told)
            work.add(call)
    with app.app_context():
        figures = statistics.count_calls(db.session(), SCOPE, Cut(DAY, DAY))
        assert (figures.asked, figures.came, figures.in_time, figures.median_seconds) == (4, 3, 2, 40)
        assert figures.times == (1, 1, 0, 1, 0)
        assert statistics.count_calls(db.session(), SCOPE, Cut(DAY, DAY, kiosk_id=2)).asked == 0
        assert statistics.count_calls(db.session(), Scope(1, 2, "Asia/Almaty"), Cut(DAY, DAY)).asked == 0


def test_picture_table_and_file_say_the_same(app: Flask) -> None:
    write(app, booked(30, "en"), booked(90, "en"), booked(95, "en"), booked(700, "en"))
    desk = Desk(app, "auditor")
    page = desk.get("/staff/figures?first=2031-03-12&last=2031-03-12&language=en")
    section = next(one for one in page.all("section") if one.get("aria-labelledby") == "title-times")
    table = [words(one) for one in section.iter("td")]
    assert table == ["1", "2", "0", "0", "0", "1"]
    described = words(next(one for one in section.iter() if one.get("id") == "about-times"))
    assert [part.rsplit(" ", 1)[1] for part in described.rstrip(".").split(". ")] == table
    answer = desk.press("export").response
    rows = list(csv.reader(StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:7]] == table


def test_the_spreadsheet_says_what_the_csv_says_and_both_have_their_checksum(app: Flask) -> None:
    write(app, booked(30, "en"), booked(90, "ru", "phone"))
    desk = Desk(app, "auditor")
    desk.get("/staff/figures?first=2031-03-12&last=2031-03-12")
    form = {"csrf_token": desk.token(), "first": "2031-03-12", "last": "2031-03-12"}
    plain = desk.client.post("/staff/figures/export", data=form)
    sheet = desk.client.post("/staff/figures/export", data={**form, "form": "xlsx"})
    rows = list(csv.reader(StringIO(plain.get_data().decode("utf-8-sig"))))
    book = load_workbook(BytesIO(sheet.get_data())).worksheets[0]
    assert [[str(cell) for cell in row] for row in book.iter_rows(values_only=True)] == rows
    for answer in (plain, sheet):
        assert answer.headers["X-Checksum-SHA256"] == sha256(answer.get_data()).hexdigest()
    assert len({row[0] for row in rows[1:]}) == 12  # eight figures, and twice the doctors' days in two numbers


def use_of(app: Flask) -> list[int]:
    names = ("visits", "voice", "large_type", "keys")
    with app.app_context():
        return [db.session.scalar(select(func.coalesce(func.sum(COUNTS.c[name]), 0))) or 0 for name in names]


def test_use_of_voice_large_type_and_keys_is_counted_once_a_visit(app: Flask, patient: Patient, time: Clock) -> None:
    patient.get("/")
    patient.post("/preferences", {"voice": "speaker", "page": "welcome"})
    patient.post("/preferences", {"voice": "off", "page": "welcome"})
    patient.post("/preferences", {"text_size": "4", "page": "welcome"})
    beat = {"csrf_token": patient.token(), "key": "1"}
    assert patient.client.post("/heartbeat", data=beat).status_code == 204
    assert "data-keys-noted" in patient.get("/identify").text
    assert use_of(app) == [0, 0, 0, 0]
    patient.post("/visit/end", {})
    assert use_of(app) == [1, 1, 1, 1]
    patient.post("/language", {"language": "ru", "page": "welcome"})
    time.advance(3600)
    patient.client.post("/heartbeat", data={"csrf_token": patient.token()})
    assert use_of(app) == [2, 1, 1, 1]
    page = Desk(app, "auditor").get("/staff/figures?first=2031-03-12&last=2031-03-12")
    section = next(one for one in page.all("section") if one.get("aria-labelledby") == "title-uses")
    assert [words(one) for one in section.iter("td")] == ["2", "1", "1", "1"]


def test_who_leaves_without_a_word_is_counted_where_they_were_last_seen(
    app: Flask, registers: Registers, patient: Patient, another: Patient, time: Clock
) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    time.advance(5)
    patient.get("/doctor")
    time.advance(3600)
    another.post("/language", {"language": "ru", "page": "welcome"})
    (entry,) = entries(app, "gave_up")
    assert (entry.step, entry.details, entry.patient_ref) == ("doctor", {"by": "clock"}, None)
    assert counted(app).left_at["doctor"] == 1
    with app.app_context():
        assert recounting.differing(db.session(), 1) == [] and list(journal.broken_links(db.session(), 1)) == []


def test_who_was_answered_has_not_given_up(app: Flask, registers: Registers, patient: Patient, time: Clock) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    patient.press("next")
    assert patient.page.path == "/ticket"
    time.advance(3600)
    patient.get("/")
    stranger = registers.add(Somebody(running=77, number="017654399", attachments=(("active", "almaty-14", "01"),)))
    patient.scan(stranger.scan)
    patient.post("/visit/end", {})
    assert len(entries(app, "refused")) == 1 and entries(app, "gave_up") == []


def test_a_building_counts_only_itself(app: Flask) -> None:
    write(app, booked(30, "en"))
    desk = Desk(app, "building")
    page = desk.get("/staff/figures?building=2&language=en")
    section = next(one for one in page.all("section") if one.get("aria-labelledby") == "title-times")
    assert next(words(one) for one in section.iter("td")) == "1"
    assert page.by_id("building") is None


def test_the_legal_texts_are_seen_beside_what_holds_today(app: Flask) -> None:
    page = Desk(app, "schedules").get("/staff/legal")
    assert page.status == 200 and {one.get("lang") for one in page.all("blockquote")} == {"kk", "ru"}


def test_the_day_counts_are_what_the_journal_says(app: Flask) -> None:
    events = [booked(30, "en"), booked(700, "kk"), journal.Event("gave_up", kiosk_id=1, step="slot", language="ru")]
    write(app, *events, journal.Event("refused", ground=2, text_version="2026", seconds=5), journal.Event("changed"))
    with app.app_context():
        assert recounting.differing(db.session(), 1) == []
        with transaction() as work:
            work.execute(update(COUNTS).values(booked=COUNTS.c.booked + 1, voice=3))
        assert recounting.differing(db.session(), 1) != []
        with transaction() as work:
            recounting.recount(work, 1)
        assert recounting.differing(db.session(), 1) == []
        kept = db.session.execute(select(func.sum(COUNTS.c.booked), func.min(COUNTS.c.voice))).one()
        told = db.session.scalar(select(func.count()).where(journal.JournalEntry.event == "booked"))
        assert tuple(kept) == (told, 3)
