"""/staff/calls : who called for help, and the answer that the patient will see."""

from typing import Any

from flask import g, redirect, render_template, request, url_for

from kiosk.clinic import calls
from kiosk.clinic.places import find_organisation
from kiosk.database import db, transaction
from kiosk.staff.blueprint import door

DEMO_ORGANISATION = "almaty-01"


@door.get("/calls")
def calls_() -> Any:
    """The open calls of the clinic, oldest first."""
    organisation = find_organisation(db.session(), DEMO_ORGANISATION)
    waiting = calls.open_calls(db.session(), organisation.id) if organisation else []
    return render_template("staff/calls.html", calls=waiting, now=g.now)


@door.post("/calls")
def call_answered() -> Any:
    """Mark a call seen, coming or done."""
    number, answer = request.form.get("call", ""), request.form.get("answer", "")
    if number.isascii() and number.isdigit() and answer in (calls.SEEN, calls.COMING, calls.DONE):
        with transaction() as work:
            calls.answer(work, int(number), answer, g.now)
    return redirect(url_for("staff.calls_"), 303)
