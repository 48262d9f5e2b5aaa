"""/staff/calls : who called for help, and the answer that the patient will see."""

from typing import Any

from flask import abort, render_template, request

from kiosk.clinic import calls
from kiosk.database import db, transaction
from kiosk.staff.acts import changed
from kiosk.staff.blueprint import door, go, me, my_buildings, now


@door.get("/calls")
def calls_() -> Any:
    """The open calls of my buildings, oldest first."""
    return render_template("staff/calls.html", calls=_waiting())


@door.post("/calls")
def call_answered() -> Any:
    """Mark a call seen, coming or done."""
    number, answer = request.form.get("call", ""), request.form.get("answer", "")
    if number.isascii() and number.isdigit() and answer in (calls.SEEN, calls.COMING, calls.DONE):
        if int(number) not in {one.id for one in _waiting()}:
            abort(403)
        with transaction() as work:
            calls.answer(work, int(number), answer, now())
            changed(work, "call", {"call": None}, {"call": int(number), "answer": answer})
    return go("calls_")


def _waiting() -> list[calls.HelpCall]:
    mine = {one.id for one in my_buildings()}
    return [one for one in calls.open_calls(db.session(), me().organisation_id) if one.kiosk.building_id in mine]
