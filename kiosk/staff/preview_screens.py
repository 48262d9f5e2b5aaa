"""The screens of a preview: each of the kiosk's journey with made-up people and times, for nobody is identified."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import segno
from flask_babel import lazy_gettext as _
from wtforms import Form, HiddenField, StringField

from kiosk.clinic.buildings import facts_of
from kiosk.clinic.doctors import doctors_of
from kiosk.clinic.names import Names
from kiosk.clinic.ports import STATE_REGISTER, Person
from kiosk.clinic.schedule import DoctorKind
from kiosk.clinic.ticket import Ticket, calendar_entry
from kiosk.database import db

SCREENS = {
    "welcome": _("The first screen"),
    "identify": _("Card and number"),
    "attachment": _("Attachment"),
    "doctor": _("Doctors"),
    "slot": _("Days"),
    "times": _("Times of a day"),
    "confirm": _("Read back"),
    "ticket": _("Booked"),
    "building": _("About this building"),
    "help": _("Call staff"),
    "out_of_service": _("Out of service"),
}
TEMPLATES = {"times": "slot"}
NEEDS_VISIT = ("attachment", "doctor", "slot", "times", "confirm", "ticket")
NAMELESS = Names("Үлгі дәрігер", "Врач для примера", "Sample doctor")
FREE_ON = 6


class _Numbers(Form):  # type: ignore[misc]
    kind = HiddenField(default="identity_card")
    iin = StringField()
    document_number = StringField()


def template_of(screen: str) -> str:
    """The kiosk's own template of this screen."""
    return f"patient/{TEMPLATES.get(screen, screen)}.html"


def visit_of(screen: str, language: str, preferences: Any, now: datetime) -> Any:
    """A made-up visit where the screen needs one, None elsewhere."""
    if screen not in NEEDS_VISIT:
        return None
    person = Person("000000000000", "Үлгіова", "Айгүл", "", date(1960, 1, 1), "female", "", ())
    attached = SimpleNamespace(district="7", since=date(2024, 2, 1), source=STATE_REGISTER, received_at=now, as_of=None)
    same = {"actor": person, "patient": person, "attached": attached, "preferences": preferences, "language": language}
    nothing = dict.fromkeys(("list_day", "moving", "stop", "ticket", "presented", "consent", "waiting_since"))
    return SimpleNamespace(**same, **nothing, aloud="", calling=False, children=[], draft={})


def content_of(screen: str, here: Any, language: str) -> dict[str, Any]:
    """What the page function of this screen would give to its template."""
    found = _CONTENT.get(screen)
    return found(here, language) if found else {}


def _doctor(here: Any) -> Any:
    """The first doctor whom this kiosk offers, or one made up where there is none yet."""
    offered = [one for one in doctors_of(db.session(), here.organisation.id) if here.settings.serves(one.id)]
    sample = {"id": 0, "names": NAMELESS, "kind": DoctorKind.THERAPIST.value, "room": "101", "floor": 1}
    return offered[0] if offered else SimpleNamespace(**sample, building=here.building)


def _moment(here: Any, days: int = 1, hour: int = 10) -> datetime:
    day = here.now.astimezone(ZoneInfo(here.zone)).date() + timedelta(days=days)
    return datetime.combine(day, time(hour), ZoneInfo(here.zone))


def _attachment(here: Any, language: str) -> dict[str, Any]:
    return {"doctor": _doctor(here), "earliest": _moment(here), "appointments": [], "booked": False}


def _doctors(here: Any, language: str) -> dict[str, Any]:
    own = _doctor(here)
    return {"own": own, "others": [], "counts": {own.id: (24, _moment(here))}}


def _days(here: Any, language: str, day: date | None = None) -> dict[str, Any]:
    days = [(_moment(here, ahead).date(), FREE_ON) for ahead in range(1, 6)]
    groups = [("morning", [(0, _moment(here, 1, hour)) for hour in (8, 9, 10)])] if day else []
    page = {"doctor": _doctor(here), "part": "", "today": _moment(here, 0).date(), "apology": None, "nearest": []}
    return {**page, "day": day, "days": days, "groups": groups}


def _times(here: Any, language: str) -> dict[str, Any]:
    return _days(here, language, _moment(here).date())


def _confirm(here: Any, language: str) -> dict[str, Any]:
    return {"slot": SimpleNamespace(id=0, starts_at=_moment(here), doctor=_doctor(here))}


def _ticket(here: Any, language: str) -> dict[str, Any]:
    doctor, begins = _doctor(here), _moment(here)
    place = (doctor.room, doctor.floor, here.building.names, here.building.address, here.organisation.names)
    times = (begins, begins + timedelta(minutes=15))
    made = Ticket(doctor.names, doctor.kind, *times, *place, here.organisation.phones, 1, "preview")
    code = segno.make(calendar_entry(made, language), error="l", micro=False, boost_error=False)
    return {"ticket": made, "qr": code.png_data_uri(scale=6, border=2)}


def _building(here: Any, language: str) -> dict[str, Any]:
    return {"facts": facts_of(here.building, here.kiosk), "hours": [], "has_samples": True}


_CONTENT: dict[str, Callable[[Any, str], dict[str, Any]]] = {
    "identify": lambda here, language: {"form": _Numbers(), "kind": "identity_card", "mistaken": "", "problem": None},
    "attachment": _attachment,
    "doctor": _doctors,
    "slot": _days,
    "times": _times,
    "confirm": _confirm,
    "ticket": _ticket,
    "building": _building,
    "help": lambda here, language: {"call": None, "came_from": "welcome", "state": None},
    "out_of_service": lambda here, language: {"closed": False},
}
