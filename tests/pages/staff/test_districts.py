"""Districts as staff keep them: two who save at once are noticed."""

from flask import Flask

from kiosk.clinic.doctors import find_district
from kiosk.clinic.places import Kiosk
from kiosk.database import db
from tests.desk import Desk


def doctor_of(app: Flask, number: str) -> int | None:
    with app.app_context():
        clinic = db.session.get_one(Kiosk, 1).building.organisation_id
        found = find_district(db.session(), clinic, number)
        return found.adult_doctor_id if found else None


def choices(desk: Desk) -> list[str]:
    field = next(one for one in desk.page.tree.iter("select") if one.get("name") == "adult")
    return [one.get("value", "") for one in field.iter("option")]


def test_two_who_save_districts_at_once_are_noticed(app: Flask) -> None:
    one, other = Desk(app, "organisation"), Desk(app, "schedules")
    one.get("/staff/doctors/districts")
    other.get("/staff/doctors/districts")
    first, second = choices(one)[1], choices(other)[2]
    assert one.fill(number="77", adult=first).status == 200
    page = other.fill(number="77", adult=second)
    assert page.status == 400 and 'value="77"' in page.text and doctor_of(app, "77") == int(first)
    assert other.fill().status == 200 and doctor_of(app, "77") == int(second)
