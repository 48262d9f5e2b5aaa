"""Before saving: the page that says what a change would do, and carries what was typed on to the second press."""

from typing import Any

from flask import render_template, request

from kiosk.clinic.foreseen import Foreseen
from kiosk.staff.forms import fingerprint

AGREED, AGAIN = "agreed", "again"
_OWN = (AGREED, AGAIN, "csrf_token")


def asks_again() -> bool:
    """Whether somebody who has seen what a change would do wants to go on typing."""
    return AGAIN in request.form


def is_agreed(foreseen: Foreseen) -> bool:
    """Whether this does nothing to times and patients, or just what was shown before: the same people concerned."""
    return not foreseen.does_something or request.form.get(AGREED) == mark_of(foreseen)


def what_it_does(foreseen: Foreseen, desk: str, what: str, may_go_on: bool = True) -> str:
    """The page before saving; a second press sends what was typed once more, with the agreement to what it shows."""
    typed = [(name, text) for name, text in request.form.items(multi=True) if name not in _OWN]
    page = {"foreseen": foreseen, "desk": desk, "what": what, "typed": typed, "may_go_on": may_go_on}
    return render_template("staff/agreeing.html", agreed=mark_of(foreseen), **page)


def mark_of(foreseen: Foreseen) -> str:
    """What the second press has to say: the people concerned, as twenty digits."""
    concerned: dict[str, Any] = {"concerned": [one.id for one in foreseen.concerned + foreseen.waiting]}
    return fingerprint(concerned)
