"""/staff/calls : who called for help, and the answer that the patient will see and hear."""

from datetime import timedelta
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext

from kiosk.clinic import calls
from kiosk.clinic.staff import logins
from kiosk.database import db, transaction
from kiosk.staff.acts import changed
from kiosk.staff.blueprint import door, go, me, my_buildings, now

ANSWERS = (calls.SEEN, calls.COMING, calls.DONE)
RECENT = timedelta(hours=1)


@door.get("/calls")
def calls_() -> Any:
    """The open calls of my buildings, oldest first; htmx asks for them again by itself."""
    mine = {one.id for one in my_buildings()}
    recent = calls.answered_since(db.session(), me().organisation_id, now() - RECENT)
    return render_template(
        "staff/_calls.html" if request.headers.get("HX-Request") else "staff/calls.html",
        calls=[(one, _state(one)) for one in _waiting()],
        recent=[one for one in recent if one.kiosk.building_id in mine],
        logins=logins(db.session(), me().organisation_id),
        steps=step_names(),
    )


@door.post("/calls")
def call_answered() -> Any:
    """Mark a call seen, coming or done: what is pressed here is what the patient sees and hears."""
    number, answer = request.form.get("call", ""), request.form.get("answer", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10 and answer in ANSWERS):
        abort(400)
    found = next((one for one in _waiting() if one.id == int(number)), None)
    if found is not None:
        before = {"state": found.state(now(), _patience(found)), "taken_by": found.taken_by}
        with transaction() as work:
            kept = calls.answer(work, int(number), answer, now(), me().ref)
            changed(work, f"call {number}", before, {"state": answer, "taken_by": kept and kept.taken_by})
    return go("calls_")


@door.get("/calls/badge")
def badge() -> Any:
    """How many wait unanswered, for the mark beside the desk's name on every page."""
    return render_template("staff/_badge.html", waiting=waiting_count())


def waiting_count() -> int:
    """How many calls of my buildings nobody has taken yet."""
    return sum(one.coming_at is None for one in _waiting())


@door.context_processor
def _words() -> dict[str, Any]:
    return {"waiting_count": waiting_count}


def _waiting() -> list[calls.HelpCall]:
    mine = {one.id for one in my_buildings()}
    return [one for one in calls.open_calls(db.session(), me().organisation_id) if one.kiosk.building_id in mine]


def _patience(call: calls.HelpCall) -> timedelta:
    return timedelta(seconds=call.kiosk.effective_settings().help_patience)


def _state(call: calls.HelpCall) -> str:
    return call.state(now(), _patience(call))


def step_names() -> dict[str, str]:
    """What the steps of the journey are called at the desks."""
    return {
        "welcome": gettext("first screen"),
        "identify": gettext("showing a document"),
        "document": gettext("digital document"),
        "attachment": gettext("attachment"),
        "doctor": gettext("choosing a doctor"),
        "slot": gettext("choosing a time"),
        "confirm": gettext("confirming"),
        "ticket": gettext("ticket"),
        "appointments": gettext("own bookings"),
        "help": gettext("help"),
    }
