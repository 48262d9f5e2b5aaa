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
