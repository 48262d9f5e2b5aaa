"""Rooms and windows of a building as a list: doctors' rooms and the window for help are held against it."""

from io import BytesIO

import pytest
from flask import Flask

from kiosk.clinic.rooms import read_rooms, read_windows, written
from kiosk.database import db
from tests.bookings import doctor_named
from tests.desk import Desk

ONE = "Есенгелдиев"


def test_a_line_is_a_room_and_its_floor() -> None:
    rooms = read_rooms("203, 2\r\n\r\n 4-44 ,4\nПроцедурная, -1")
    assert rooms == {"203": 2, "4-44": 4, "Процедурная": -1} and read_rooms(written(rooms)) == rooms
    for wrong in ("203", "203, two", ", 2", "203, 2\n203, 3", "203, 200", "x" * 21 + ", 1"):
        with pytest.raises(ValueError):
            read_rooms(wrong)
    with pytest.raises(ValueError):
        read_windows("3\n3")


def test_a_doctors_room_comes_from_the_list_of_the_building(app: Flask) -> None:
    with app.app_context():
        doctor = doctor_named(db.session(), ONE).id
    desk = Desk(app, "organisation")
    desk.get("/staff/buildings/1")
    assert desk.fill(rooms="203, 2\n204").status == 400 and "204" in desk.page.words
    assert desk.fill(rooms="203, 2\n204, 2", windows="1\n2", help_window="3").status == 400
    assert desk.page.by_id("help_window").get("aria-invalid") == "true"  # type: ignore[union-attr]
    assert desk.save(help_window="2").status == 200
    desk.get("/staff/buildings/1")
    unlisted = [one.get("href", "") for one in desk.page.all("a") if "/staff/doctors/" in one.get("href", "")]
    assert len(unlisted) > 5 and f"/staff/doctors/{doctor}" not in unlisted, "their rooms are not in the list"
    desk.get(f"/staff/doctors/{doctor}")
    assert [one.get("value") for one in desk.page.by_id("rooms").iter("option")] == ["203", "204"]  # type: ignore[union-attr]
    for typed, wrong in (({"room": "999"}, "room"), ({"room": "204", "floor": "3"}, "floor")):
        page = desk.fill(**typed)
        assert page.status == 400 and page.by_id(wrong).get("aria-invalid") == "true"  # type: ignore[union-attr]
    assert desk.save(room="204", floor="2").status == 200
    desk.get("/staff/doctors/files")
    rows = "name_kk,kind,building,room,floor\nЖаңа Дәрігер,district_therapist,1,999,2\n"
    desk.fill(kind="doctors", file=(BytesIO(rows.encode()), "doctors.csv"))
    assert desk.page.by_id("notice") is not None and desk.page.by_id("next") is None


def test_nobody_is_sent_to_a_window_that_is_no_longer_there(app: Flask) -> None:
    """Wherever a window is named, removed or renamed: clinic, building and kiosk inherit from each other."""
    desk = Desk(app, "organisation")

    def wrong(path: str, **typed: str) -> bool:
        desk.get(path)
        page = desk.fill(**typed)
        field = page.by_id("help_window")
        assert page.status in (200, 400) and field is not None
        return page.status == 400 and field.get("aria-invalid") == "true"

    assert wrong("/staff/buildings/1", windows="1\n2"), "the clinic's window 3 is not in the list"
    assert not wrong("/staff/buildings/1", windows="1\n2", help_window="2")
    assert wrong("/staff/settings/kiosk/1", help_window="3") and not wrong("/staff/settings/kiosk/1", help_window="1")
    assert wrong("/staff/buildings/1", windows="2\n4"), "the kiosk sends people to window 1"
    assert "1" in desk.page.words and not wrong("/staff/buildings/1", windows="1\n2\n4")
    assert wrong("/staff/settings/building/1", help_window="")
    assert not wrong("/staff/settings/organisation/1", help_window="4")
    assert not wrong("/staff/settings/building/1", help_window="")
    assert wrong("/staff/settings/organisation/1", help_window="7")
    assert wrong(
        "/staff/buildings/new",
        windows="1",
        **{f"{what}_{code}": "x" for what in ("names", "address") for code in ("kk", "ru", "en")},
    )
