"""Buildings as staff keep them, and what a patient then reads at /building."""

from datetime import date, time

from flask import Flask
from sqlalchemy import select

from kiosk.clinic import buildings
from kiosk.clinic.journal import JournalEntry
from kiosk.clinic.names import Names
from kiosk.clinic.places import Building
from kiosk.clinic.schedule import DayException, Slot
from kiosk.database import db
from tests.client import Patient
from tests.desk import Desk

THREE = {"kk": "Қазақша", "ru": "По-русски", "en": "In English"}


def three(name: str) -> dict[str, str]:
    return {f"{name}_{code}": text for code, text in THREE.items()}


def first_building(app: Flask) -> Building:
    with app.app_context():
        return db.session.scalars(select(Building).order_by(Building.id)).first()  # type: ignore[return-value]


def changes(app: Flask) -> list[JournalEntry]:
    with app.app_context():
        return list(db.session.scalars(select(JournalEntry).where(JournalEntry.event == "changed")))


def free_on(app: Flask, day: date) -> int:
    with app.app_context():
        slots = db.session.scalars(select(Slot).where(Slot.status == "free"))
        return sum(one.starts_at.date() == day and one.doctor.building_id == 1 for one in slots)


def test_a_saved_building_is_what_the_patient_reads_and_hears(app: Flask, patient: Patient) -> None:
    desk = Desk(app, "building")
    ident = first_building(app).id
    desk.get(f"/staff/buildings/{ident}")
    page = desk.fill(**three("names"), has_ramp="no", **three("about_ramp"), phones="8 727 000 00 00")
    assert page.by_id("notice") is not None and page.status == 200
    shown = patient.get("/building")
    assert "8 727 000 00 00" in shown.words and THREE["kk"] in shown.words
    spoken = next(one for one in shown.tree.iter("template") if one.get("id") == "spoken")
    assert spoken is not None and shown.text.count(THREE["kk"]) >= 3
    entry = changes(app)[-1]
    assert entry.details["after"]["names"] == THREE and entry.details["before"]["facts"]["ramp"]["has"] is True
    assert "hours" not in entry.details["after"]


def test_the_welcome_screen_leads_there_and_back(patient: Patient) -> None:
    patient.get("/")
    link = next(one for one in patient.page.all("a") if one.get("href") == "/building")
    assert patient.get(link.get("href", "")).status == 200
    for code in ("ru", "en", "kk"):
        assert patient.press_value("language", code).path == "/building"
    assert patient.press("back").path == "/"


def test_what_was_typed_is_kept_beside_the_mistake(app: Flask) -> None:
    desk = Desk(app, "building")
    desk.get(f"/staff/buildings/{first_building(app).id}")
    page = desk.fill(
        names_kk="", names_ru="Новое имя", opens_0="20:00", closes_0="08:00", about_ramp_kk="", about_ramp_ru="x"
    )
    assert page.status == 400
    assert "Новое имя" in page.text and 'value="20:00"' in page.text
    for ident in ("names_kk", "closes_0", "about_ramp_kk"):
        field = page.by_id(ident)
        assert field is not None and field.get("aria-invalid") == "true"
    assert changes(app) == []


def test_two_at_once_are_noticed_and_nothing_is_overwritten(app: Flask) -> None:
    one, other = Desk(app, "building"), Desk(app, "organisation")
    path = f"/staff/buildings/{first_building(app).id}"
    one.get(path)
    other.get(path)
    one.fill(phones="111")
    page = other.fill(phones="222")
    assert page.status == 400 and "222" in page.text and first_building(app).phones == "111"
    assert other.fill().status == 200 and first_building(app).phones == "222"


def test_free_times_follow_new_hours(app: Flask) -> None:
    desk = Desk(app, "building")
    thursday = date(2031, 3, 13)
    assert free_on(app, thursday) > 0
    desk.get(f"/staff/buildings/{first_building(app).id}")
    desk.save(opens_3=None, closes_3=None)
    assert free_on(app, thursday) == 0


def test_a_holiday_becomes_a_working_day_and_back(app: Flask) -> None:
    desk = Desk(app, "building")
    ident = first_building(app).id
    friday = date(2031, 3, 21)
    assert friday in {
        one.day for one in buildings.coming_days(first_building(app), [], date(2031, 3, 12)) if one.is_holiday
    }
    assert free_on(app, friday) == 0
    desk.get(f"/staff/buildings/{ident}/days")
    desk.save(day="2031-03-21", opens="08:00", closes="20:00", **three("reason"))
    assert free_on(app, friday) > 0
    desk.press_text(words_of_take_back(desk))
    assert desk.agree().status == 200
    assert free_on(app, friday) == 0
    assert [one.details["what"] for one in changes(app)] == [f"building {ident} day 2031-03-21"] * 2


def words_of_take_back(desk: Desk) -> str:
    form = next(one for one in desk.page.all("form") if one.get("action", "").endswith("/back"))
    return "".join(next(form.iter("button")).itertext()).strip()


def test_a_closed_day_needs_a_reason_in_three_languages(app: Flask) -> None:
    desk = Desk(app, "building")
    desk.get(f"/staff/buildings/{first_building(app).id}/days")
    assert desk.fill(day="2031-03-17", reason_kk="Жөндеу").status == 400
    page = desk.save(**three("reason"))
    assert page.status == 200 and free_on(app, date(2031, 3, 17)) == 0


def test_another_building_is_shut(app: Flask) -> None:
    desk = Desk(app, "building")
    for path in ("/staff/buildings/2", "/staff/buildings/2/days", "/staff/buildings/999"):
        assert desk.get(path).status == 403
    listed = desk.get("/staff/buildings")
    assert "/staff/buildings/1" in listed.text and "/staff/buildings/2" not in listed.text


def test_a_new_building_has_the_hours_of_the_standard(app: Flask) -> None:
    desk = Desk(app, "organisation")
    desk.get("/staff/buildings/new")
    page = desk.fill(**three("names"), **three("address"))
    assert page.status == 200
    with app.app_context():
        made = db.session.scalars(select(Building).order_by(Building.id.desc())).first()
        assert made is not None and made.hours[5] == ["09:00", "14:00"] and made.hours[6] is None
        assert made.organisation_id == first_building(app).organisation_id


def test_the_clinic_is_named_by_its_administrator(app: Flask, patient: Patient) -> None:
    desk = Desk(app, "organisation")
    desk.get("/staff/buildings")
    assert desk.fill(**three("names")).status == 200
    assert THREE["kk"] in patient.get("/").words


def test_an_auditor_looks_and_cannot_save(app: Flask) -> None:
    desk = Desk(app, "auditor")
    page = desk.get("/staff/buildings/1")
    assert page.status == 200 and page.by_id("next") is None
    assert desk.post("/staff/buildings/1", {"names_kk": "x"}).status == 403


def test_a_day_is_said_in_one_place(app: Flask) -> None:
    with app.app_context():
        session = db.session()
        reason = Names("а", "б", "c")
        assert buildings.say_day(session, 1, date(2031, 5, 5), None, reason) == {}
        before = buildings.say_day(session, 1, date(2031, 5, 5), (time(9), time(12)), reason)
        assert before == {"day": "2031-05-05", "reason": {"kk": "а", "ru": "б", "en": "c"}}
        said = session.scalars(select(DayException)).one()
        assert buildings.unsay_day(session, 2, said.id) == {}
        assert buildings.unsay_day(session, 1, said.id)["opens"] == "09:00"
