"""Before saving: what a change of hours, days, zone or doctor does is shown; a second press makes it true."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.clinic import foreseen, to_tell
from kiosk.clinic.appointments import Appointment
from kiosk.clinic.booking import book
from kiosk.clinic.buildings import ZONES
from kiosk.clinic.people import remember
from kiosk.clinic.places import Building
from kiosk.clinic.publishing import house_of, publish_ahead
from kiosk.clinic.schedule import Slot
from kiosk.database import db, transaction
from tests.bookings import act, book_many, doctor_named, free, keys_of, somebody
from tests.client import words
from tests.desk import Desk
from tests.factories import NOW, Somebody

ONE = "Есенгелдиев"
TODAY = NOW.date()


def booked(app: Flask, count: int) -> tuple[int, list[int]]:
    """Patients booked with one doctor: the doctor's id and theirs."""
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        return doctor.id, [one.id for one in book_many(work, app, doctor, count)]


def told(app: Flask) -> set[int]:
    with app.app_context():
        return {one.appointment_id for one in to_tell.waiting_in(db.session(), 1)}


def shown(desk: Desk) -> int:
    """How many booked patients the page before saving lists."""
    assert desk.page.status == 200 and desk.page.all("input", name="agreed"), desk.page.words[:300]
    lists = [one for one in desk.page.all("section") if one.get("aria-labelledby") == "concerned"]
    return sum(1 for one in lists for _item in one.iter("li"))


def slots(app: Flask) -> list[tuple[int, str, bool]]:
    with app.app_context():
        return [(one.id, one.status, one.is_closing) for one in db.session.scalars(select(Slot).order_by(Slot.id))]


def test_new_hours_are_shown_kept_while_one_goes_back_and_saved_by_a_second_press(app: Flask) -> None:
    _doctor, idents = booked(app, 4)
    desk, before = Desk(app, "building"), slots(app)
    desk.get("/staff/buildings/1")
    desk.fill(phones="+7 727 000 00 01", **{f"{what}_{day}": None for what in ("opens", "closes") for day in range(7)})
    listed = shown(desk)
    assert listed >= 4 and ONE in desk.page.words
    assert slots(app) == before and told(app) == set()
    desk.press("again")
    assert desk.page.path == "/staff/buildings/1" and 'value="+7 727 000 00 01"' in desk.page.text
    assert desk.page.by_id("opens_0").get("value") == ""  # type: ignore[union-attr]
    desk.fill()
    assert desk.agree().by_id("notice") is not None
    assert len(told(app)) == listed and told(app) >= set(idents)


def test_who_books_meanwhile_is_shown_before_it_is_saved(app: Flask) -> None:
    doctor, idents = booked(app, 1)
    desk = Desk(app, "organisation")
    desk.get(f"/staff/doctors/{doctor}")
    desk.fill(is_active=None)
    assert shown(desk) == 1
    with app.app_context(), transaction() as work:
        found = doctor_named(work, ONE)
        later = book(work, free(work, found)[5], act(somebody(work, app, 7777), found, in_person=True)).id
    desk.press("next")
    assert shown(desk) == 2 and told(app) == set()
    desk.agree()
    assert desk.page.path == f"/staff/schedules/{doctor}" and told(app) == {*idents, later}


def test_the_zones_of_the_form_are_one_time_and_another_would_be_shown_and_told(app: Flask) -> None:
    """All of Kazakhstan has had one time since 2024: a corrected zone moves nothing. One that did would be seen."""
    assert {NOW.astimezone(ZoneInfo(zone)).utcoffset() for zone in ZONES} == {timedelta(hours=5)}
    booked(app, 3)
    desk = Desk(app, "building")
    desk.get("/staff/buildings/1")
    desk.fill(zone="Asia/Oral")
    assert desk.page.by_id("notice") is not None and told(app) == set()
    with app.app_context(), transaction() as work:
        building = work.get_one(Building, 1)
        house = house_of(work, building)._replace(zone="Asia/Dubai")
        concerned = {one.id for one in foreseen.of_building(work, building, house, False, NOW).concerned}
        building.zone = "Asia/Dubai"
        publish_ahead(work, building.organisation_id, NOW)
    assert concerned and told(app) == concerned


@pytest.mark.parametrize("typed", [{"name_kk": "Есенғалиев Дәурен"}, {"name_ru": "Есенгалиев Даурен"}])
def test_a_corrected_spelling_calls_nobody(app: Flask, typed: dict[str, str]) -> None:
    doctor, _idents = booked(app, 2)
    desk = Desk(app, "organisation")
    desk.get(f"/staff/doctors/{doctor}")
    page = desk.fill(**typed)
    assert page.status == 400 and page.by_id("tell").get("aria-invalid") == "true"  # type: ignore[union-attr]
    desk.fill(tell="no")
    assert desk.page.path == "/staff/doctors" and told(app) == set()
    assert next(iter(typed.values())) in desk.get(f"/staff/doctors/{doctor}").text


def test_another_standing_substitute_is_shown_where_somebody_waits_to_be_moved(app: Flask) -> None:
    doctor, idents = booked(app, 3)
    with app.app_context():
        other = doctor_named(db.session(), "Бекмұратова").id
    desk = Desk(app, "schedules")

    def another_substitute(ident: int) -> None:
        desk.get(f"/staff/doctors/{doctor}")
        assert desk.page.by_id("substitute-hint") is not None
        desk.fill(substitute=str(ident))

    another_substitute(other)
    assert desk.page.path == "/staff/doctors" and told(app) == set()
    desk.get(f"/staff/schedules/{doctor}/add/absence")
    desk.fill(first_day=TODAY.isoformat(), last_day=TODAY.isoformat(), reason="illness")
    desk.press("next")
    assert told(app) == set(idents)
    another_substitute(0)
    waiting = next(one for one in desk.page.all("section") if one.get("aria-labelledby") == "waiting")
    assert len(list(waiting.iter("li"))) == 3 and shown(desk) == 0
    desk.agree()
    assert desk.page.path == f"/staff/schedules/{doctor}" and told(app) == set(idents)


def test_the_clinics_own_word_on_a_day_is_taken_back_under_bookings(app: Flask) -> None:
    """A Saturday after a moved holiday becomes a working day, somebody books on it, and then it is none."""
    sunday = date(2031, 3, 16)
    desk = Desk(app, "organisation")
    doctor, _ = booked(app, 0)
    desk.get(f"/staff/schedules/{doctor}/add/rule")
    desk.fill(weekdays=["6"], starts="09:00", ends="10:00", valid_from=TODAY.isoformat())
    desk.press("next")
    desk.get("/staff/buildings/1/days")
    reason = {f"reason_{code}": "x" for code in ("kk", "ru", "en")}
    desk.fill(day=sunday.isoformat(), opens="09:00", closes="12:00", **reason)
    assert shown(desk) == 0
    desk.agree()
    made = on_day(app, sunday)
    desk.get("/staff/buildings/1/days")
    back = next(one for one in desk.page.all("form") if one.get("action", "").endswith("/back"))
    desk.press_text(words(next(back.iter("button"))))
    assert shown(desk) == 1 and desk.page.by_id("again") is None
    desk.agree()
    assert told(app) == {made}


def test_an_extra_day_is_withdrawn_under_bookings(app: Flask) -> None:
    saturday = date(2031, 3, 22)
    desk = Desk(app, "schedules")
    doctor, _ = booked(app, 0)
    desk.get(f"/staff/schedules/{doctor}/add/extra")
    desk.fill(day=saturday.isoformat(), starts="10:00", ends="11:00")
    desk.press("next")
    made = on_day(app, saturday)
    rule = [one.get("value") for one in desk.page.all("button", name="rule")][-1]
    desk.press_value("rule", rule)
    listed = next(one for one in desk.page.all("section") if one.get("aria-labelledby") == "concerned")
    assert len(list(listed.iter("li"))) == 1 and told(app) == set()
    desk.press("next")
    assert told(app) == {made}
    desk.press_value("cancel")
    with app.app_context():
        assert db.session.get_one(Appointment, made).status == "cancelled"


def on_day(app: Flask, day: date) -> int:
    """Somebody books the doctor's first time of this day: the id of the appointment."""
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        begin = datetime.combine(day, datetime.min.time(), ZoneInfo(doctor.building.zone))
        query = select(Slot.id).where(Slot.doctor_id == doctor.id, Slot.starts_at >= begin, Slot.status == "free")
        ident = work.scalars(query.order_by(Slot.starts_at)).first()
        assert ident is not None
        record = remember(work, keys_of(app), Somebody().answer().person, NOW)
        return book(work, ident, act(record, doctor, in_person=True)).id
