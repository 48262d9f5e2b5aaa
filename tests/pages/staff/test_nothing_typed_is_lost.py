"""Whatever is wrong in a form of the desks, everything that was typed stands there again, beside what is wrong."""

from xml.etree.ElementTree import Element

from flask import Flask

from kiosk.database import db
from tests.bookings import doctor_named
from tests.desk import Desk

ONE = "Есенгелдиев"
WRONG = {"number": "12x", "date": "31.02.2031", "time": "25:99"}
TYPED = (None, "text", "password", *WRONG)
FORMS = [
    ("/staff/buildings", "next"),
    ("/staff/buildings/new", "next"),
    ("/staff/buildings/1", "next"),
    ("/staff/buildings/1/days", "next"),
    ("/staff/buildings/samples/new", "next"),
    ("/staff/kiosks", "next"),
    ("/staff/kiosks/1", "next"),
    ("/staff/kiosks/1", "service"),
    ("/staff/settings/organisation/1", "next"),
    ("/staff/settings/building/1", "next"),
    ("/staff/settings/kiosk/1", "next"),
    ("/staff/doctors/new", "next"),
    ("/staff/doctors/{doctor}", "next"),
    ("/staff/doctors/districts", "next"),
    ("/staff/schedules/{doctor}/add/rule", "next"),
    ("/staff/schedules/{doctor}/add/extra", "next"),
    ("/staff/schedules/{doctor}/add/absence", "next"),
    ("/staff/people", "next"),
    ("/staff/day-lists", "next"),
]


def test_what_was_typed_stands_there_again(app: Flask) -> None:
    with app.app_context():
        doctor = doctor_named(db.session(), ONE).id
    desk, lost = Desk(app, "organisation"), {}
    for path, button in FORMS:
        desk.get(path.format(doctor=doctor))
        typed = typed_wrong(desk.page.form_of(button))
        page = desk.fill(button, **typed)
        assert page.status == 400, f"{path} took {page.path} {page.status}"
        shown = kept(page.form_of(button))
        lost[path, button] = {name: text for name, text in typed.items() if name in shown and shown[name] != text}
    assert {place: fields for place, fields in lost.items() if fields} == {}


def typed_wrong(form: Element) -> dict[str, str]:
    """Something in every field: too long a text, what is no number, day or time, the last of the choices."""
    typed: dict[str, str] = {}
    for place, one in enumerate(form.iter()):
        name, kind = one.get("name", ""), one.get("type")
        if one.tag == "textarea":
            typed[name] = f"Жол {place}\n" + "ұзақ " * 3000
        elif one.tag == "select":
            typed[name] = list(one.iter("option"))[-1].get("value", "")
        elif one.tag == "input" and kind in TYPED and name:
            typed[name] = WRONG.get(kind or "", f"Мәтін {place} " + "ұ" * 400)
    return typed


def kept(form: Element) -> dict[str, str]:
    """What stands in the form, passwords apart: no page gives one back."""
    shown: dict[str, str] = {}
    for one in form.iter():
        name = one.get("name", "")
        if one.tag == "textarea":
            shown[name] = "".join(one.itertext())
        elif one.tag == "select":
            shown[name] = next(
                (each.get("value", "") for each in one.iter("option") if each.get("selected") is not None), ""
            )
        elif one.tag == "input" and one.get("type") in (None, "text", *WRONG):
            shown[name] = one.get("value", "")
    return shown


def test_a_file_that_is_none_keeps_what_it_was_meant_to_be(app: Flask) -> None:
    desk = Desk(app, "organisation")
    desk.get("/staff/doctors/files")
    page = desk.fill(kind="schedules")
    assert page.status == 400 and kept(page.form_of("next"))["kind"] == "schedules"
