"""Doctors, districts and weeks by one file: previewed, row errors said, taken over as a whole, written out again."""

from io import BytesIO

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from kiosk.clinic.journal import JournalEntry
from kiosk.clinic.schedule import District, Doctor, Schedule, Slot
from kiosk.clinic.to_tell import ToTell
from kiosk.database import db, transaction
from tests.bookings import book_many, doctor_named
from tests.desk import Desk
from tests.factories import NOW

HEADER = "name_kk,name_ru,name_en,kind,building,room,floor,district,patients,slot_minutes,mon,tue,wed,thu,fri,sat"
SIXTY = [
    f"Сынақ Дәрігер {n},,,{'gp' if n % 3 else 'district_paediatrician'},Негізгі ғимарат,{n},2,s{n},,20,"
    "08:00-12:00;13:00-15:00,,08:00-13:00,,,09:00-12:00"
    for n in range(60)
]


def upload(desk: Desk, content: bytes, kind: str = "doctors", name: str = "file.csv") -> None:
    desk.get("/staff/doctors/files")
    data = {"csrf_token": desk.token(), "kind": kind, "file": (BytesIO(content), name)}
    desk._land(desk.client.post("/staff/doctors/files", data=data, follow_redirects=True))


def csv_of(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


def count(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_sixty_doctors_with_districts_and_weeks_by_one_file(app: Flask) -> None:
    before = count(app, Doctor)
    desk = Desk(app, "schedules")
    upload(desk, csv_of(*SIXTY))
    assert desk.page.path.startswith("/staff/doctors/files/") and "60" in desk.page.words
    assert count(app, Doctor) == before
    desk.press("next")
    assert desk.page.path == "/staff/doctors"
    with app.app_context():
        made = [one for one in db.session.scalars(select(Doctor)) if one.names.kk.startswith("Сынақ Дәрігер")]
        assert len(made) == 60 and {one.floor for one in made} == {2}
        rules = db.session.scalars(select(Schedule).where(Schedule.doctor_id == made[0].id)).all()
        assert sorted((one.weekday, f"{one.starts:%H:%M}", one.slot_minutes) for one in rules) == [
            (0, "08:00", 20),
            (0, "13:00", 20),
            (2, "08:00", 20),
            (5, "09:00", 20),
        ]
        assert db.session.scalar(select(func.count()).where(Slot.doctor_id == made[0].id)) > 20
        district = db.session.scalars(select(District).where(District.number == "s3")).one()
        assert district.child_doctor_id and not district.adult_doctor_id
        entry = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "changed")).all()[-1]
        assert entry.details["after"]["rows"] == 60


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        (("gp", "wizard"), "kind"),
        (("Негізгі ғимарат", "Айдағы үй"), "building"),
        (("08:00-13:00", "13:00-08:00"), "wed"),
        (("08:00-13:00", "morning"), "wed"),
        ((",20,", ",3,"), "slot_minutes"),
        (("Сынақ Дәрігер 1,", ","), "name_kk"),
        (("Сынақ Дәрігер 1,", "Сынақ Дәрігер 2,"), "name_kk"),
    ],
)
def test_one_wrong_row_is_named_and_nothing_is_taken_over(app: Flask, wrong: tuple[str, str], column: str) -> None:
    desk = Desk(app, "schedules")
    upload(desk, csv_of(SIXTY[2], SIXTY[1].replace(*wrong)))
    assert desk.page.by_id("next") is None
    assert column in {"".join(one.itertext()) for one in desk.page.all("code")}
    before = count(app, Doctor)
    desk.post(desk.page.path, {})
    assert count(app, Doctor) == before


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["doctors", "schedules"])
def test_what_is_written_out_reads_in_again_and_changes_nothing(app: Flask, kind: str, form: str) -> None:
    desk = Desk(app, "organisation")
    answer = desk.client.get(f"/staff/doctors/export/{kind}.{form}")
    tables = (Doctor, District, Schedule, Slot)
    before = [count(app, one) for one in tables]
    upload(desk, answer.get_data(), kind, f"{kind}.{form}")
    desk.press("next")
    assert desk.page.path == "/staff/doctors"
    assert [count(app, one) for one in tables] == before
    with app.app_context():
        assert set(db.session.scalars(select(Doctor.version))) == {0}
        assert count(app, ToTell) == 0


def test_an_excel_table_is_read_as_it_is(app: Flask) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(","))
    sheet.append(["Сынақ Дәрігер", None, None, "терапевт", "Главное здание", 12, 1, "s1", None, 15, "08:00-10:00"])
    out = BytesIO()
    book.save(out)
    desk = Desk(app, "schedules")
    upload(desk, out.getvalue(), name="doctors.xlsx")
    desk.press("next")
    with app.app_context():
        made = doctor_named(db.session(), "Сынақ Дәрігер")
        assert (made.room, made.kind) == ("12", "district_therapist")


def test_a_file_that_moves_a_room_and_a_week_tells_and_lists_the_booked(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, "Есенгелдиев")
        booked = [one.id for one in book_many(work, app, doctor, 4)]
        ident = doctor.id
    desk = Desk(app, "schedules")
    row = f"{ident},Есенгелдиев Дәурен Маратұлы,district_therapist,Негізгі ғимарат,999,2,03,adults,15,,,,,,"
    header = "id,name_kk,kind,building,room,floor,district,patients,slot_minutes,mon,tue,wed,thu,fri,sat"
    upload(desk, f"{header}\n{row}".encode())
    assert "4" in desk.page.words
    desk.press("next")
    with app.app_context():
        assert {one.appointment_id for one in db.session.scalars(select(ToTell))} == set(booked)
    desk.get(f"/staff/schedules/{ident}")
    assert len(desk.page.all("button", name="cancel")) == 4


@pytest.mark.parametrize("is_spelling", [False, True])
def test_a_file_says_of_each_other_name_whether_it_is_only_spelt_right(app: Flask, is_spelling: bool) -> None:
    names = ("Есенгелдиев", "Бекмұратова")
    with app.app_context(), transaction() as work:
        doctors = [doctor_named(work, one) for one in names]
        booked = [book_many(work, app, one, 2, 1000 * (place + 1)) for place, one in enumerate(doctors)]
        told_of = [[each.id for each in some] for some in booked]
        idents = [one.id for one in doctors]
        rows = [f"{one.id},Жаңа Есім {one.id},{one.kind},{one.building_id},{one.room},{one.floor}" for one in doctors]
    desk = Desk(app, "schedules")
    upload(desk, "\n".join(["id,name_kk,kind,building,room,floor", *rows]).encode())
    listed = next(one for one in desk.page.all("section") if one.get("aria-labelledby") == "concerned")
    assert len(list(listed.iter("li"))) == 4
    boxes = [one.get("value") for one in desk.page.all("input", name="respelt")]
    assert boxes == [str(one) for one in idents]
    desk.fill(respelt=[str(idents[0])] if is_spelling else None)
    assert desk.page.path == "/staff/doctors"
    with app.app_context():
        told = {one.appointment_id for one in db.session.scalars(select(ToTell))}
        assert told == {*told_of[1], *([] if is_spelling else told_of[0])}
        assert doctor_named(db.session(), f"Жаңа Есім {idents[0]}").id == idents[0]


def test_who_books_while_a_file_is_looked_at_is_shown_before_it_is_taken_over(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, "Есенгелдиев")
        row = f"{doctor.id},{doctor.names.kk},{doctor.kind},{doctor.building_id},{doctor.room},{doctor.floor},no"
    desk = Desk(app, "schedules")
    upload(desk, f"id,name_kk,kind,building,room,floor,active\n{row}".encode())
    assert not [one for one in desk.page.all("section") if one.get("aria-labelledby") == "concerned"]
    with app.app_context(), transaction() as work:
        (made,) = book_many(work, app, doctor_named(work, "Есенгелдиев"), 1)
        ident = made.id
    desk.press("next")
    listed = next(one for one in desk.page.all("section") if one.get("aria-labelledby") == "concerned")
    assert len(list(listed.iter("li"))) == 1 and count(app, ToTell) == 0
    desk.press("next")
    assert desk.page.path == "/staff/doctors"
    with app.app_context():
        assert [one.appointment_id for one in db.session.scalars(select(ToTell))] == [ident]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"name_kk\n"])
def test_what_is_no_table_is_said_and_changes_nothing(app: Flask, content: bytes) -> None:
    desk = Desk(app, "schedules")
    upload(desk, content)
    assert desk.page.status == 400 and desk.page.by_id("notice") is not None


def test_nobody_else_sees_my_draft(app: Flask) -> None:
    desk = Desk(app, "schedules")
    upload(desk, csv_of(SIXTY[1]))
    assert Desk(app, "organisation").get(desk.page.path).status == 403


def test_the_day_list_has_names_and_the_journal_knows_it(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, "Есенгелдиев")
        book_many(work, app, doctor, 1)
        ident = doctor.id
    desk = Desk(app, "registrar")
    desk.get("/staff/day-lists")
    desk.fill(day=NOW.date().isoformat(), whose=f"doctor {ident}")
    assert desk.page.words.count("Сынақов") == 1 and len(desk.page.all("section")) == 1
    with app.app_context():
        (entry,) = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "looked")).all()
        assert entry.details["doctors"] == [ident]
    desk.get("/staff/day-lists")
    with app.app_context():
        room = f"room {db.session.get_one(Doctor, ident).building_id} 203"
    assert "Сынақов" in desk.fill(whose=room).words


def test_the_written_file_opens_in_excel(app: Flask) -> None:
    answer = Desk(app, "auditor").client.get("/staff/doctors/export/doctors.xlsx")
    sheet = load_workbook(BytesIO(answer.get_data())).active
    assert sheet is not None and sheet.max_row == count(app, Doctor) + 1
