"""/staff/legal : the editions of the legal texts, beside what the kiosk shows today."""

from typing import Any

from flask import render_template
from flask_babel import force_locale, gettext

from kiosk.clinic.legal import Edition, edition_on, editions
from kiosk.clinic.names import LANGUAGES
from kiosk.clock import today
from kiosk.staff.blueprint import door
from kiosk.staff.scope import scope_of_mine


@door.get("/legal")
def legal() -> Any:
    """All editions, the one in force first marked, with its limits and grounds word for word."""
    day = today(scope_of_mine().zone)
    present = edition_on(day)
    shown = {code: list(_shown(present, code)) for code in LANGUAGES}
    return render_template(
        "staff/legal.html", editions=list(reversed(editions())), present=present, day=day, shown=shown
    )


def _shown(present: Edition, code: str) -> list[str]:
    """What the kiosk says around a ground of refusal today, in one of its languages."""
    with force_locale(code):
        official = gettext("The law exists in Kazakh and Russian only; here is the Kazakh text.")
        return [
            gettext(
                "To be attached here, ask at the registry desk or on the eGov portal: 1 working day, free of charge."
            ),
            gettext("In an emergency call 103: you will be helped without attachment."),
            *([] if code in ("kk", "ru") else [official]),
            *(sentence.in_(code) for sentence in present.complaint),
            gettext("Contact centre 1414. In an emergency call 103."),
        ]
