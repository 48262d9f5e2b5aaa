"""/building : where this is, when it is open, and what there is for those who walk, see or hear with difficulty."""

from typing import Any

from flask import render_template
from flask_babel import gettext

from kiosk.clinic.buildings import facts_of
from kiosk.clinic.sample_documents import samples_of
from kiosk.database import db
from kiosk.patient.blueprint import door
from kiosk.patient.here import here


@door.get("/building")
def building() -> Any:
    """Show and say the facts of the standard's row 10, with the way from this kiosk."""
    place = here()
    return render_template(
        "patient/building.html",
        facts=facts_of(place.building, place.kiosk),
        hours=_week(place.building.hours),
        has_samples=bool(samples_of(db.session(), place.organisation.id)),
    )


def _week(hours: Any) -> list[tuple[str, str]]:
    """Neighbouring days with the same hours in one line: first and last day, and the hours (empty when closed)."""
    names = [
        gettext("Monday"),
        gettext("Tuesday"),
        gettext("Wednesday"),
        gettext("Thursday"),
        gettext("Friday"),
        gettext("Saturday"),
        gettext("Sunday"),
    ]
    lines: list[tuple[int, int, str]] = []
    for weekday, usual in enumerate(hours):
        text = f"{usual[0]}–{usual[1]}" if usual else ""
        if lines and lines[-1][2] == text:
            lines[-1] = (lines[-1][0], weekday, text)
        else:
            lines.append((weekday, weekday, text))
    return [(names[a] if a == b else f"{names[a]} – {names[b]}", text) for a, b, text in lines]
