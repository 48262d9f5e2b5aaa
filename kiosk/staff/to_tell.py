"""/staff/to-tell : the list of patients who have to hear of a change: told, or not reached."""

from typing import Any

from flask import abort, render_template, request

from kiosk.clinic import journal, to_tell
from kiosk.clinic.places import Building
from kiosk.database import db, transaction
from kiosk.staff.acts import CHANNEL
from kiosk.staff.blueprint import at_my_building, door, go, me, my_buildings, now
from kiosk.staff.schedule_forms import REASONS
from kiosk.staff.scope import names_are_shown, opened, show_names


@door.get("/to-tell", endpoint="to_tell")
def to_tell_() -> Any:
    """Who waits to be told, the earliest appointment first; names and phones only after saying that one looks."""
    rows = [(one, opened(one.patient)) for one in _mine()]
    return render_template(
        "staff/to_tell.html",
        rows=rows,
        names=names_are_shown(),
        reasons=REASONS,
        buildings={one.id: one for one in _buildings(rows)},
    )


def _mine() -> list[to_tell.ToTell]:
    mine = {one.id for one in my_buildings()}
    waiting = to_tell.waiting_in(db.session(), me().organisation_id)
    return [one for one in waiting if one.appointment.doctor.building_id in mine]


def _buildings(rows: list[Any]) -> list[Building]:
    return [db.session().get_one(Building, one.before["building_id"]) for one, _person in rows]


@door.post("/to-tell")
def told() -> Any:
    """Mark one told or not reached."""
    ident = request.form.get("told", type=int) or request.form.get("missed", type=int) or 0
    entry = next((one for one in _mine() if one.id == ident), None)
    if entry is None:
        return go("to_tell")
    with transaction() as work:
        if "missed" in request.form:
            to_tell.not_reached(work, ident, now())
        else:
            to_tell.tell(work, [ident], me().ref, to_tell.PHONE, now())
        _journal(work, work.get_one(to_tell.ToTell, ident))
    return go("to_tell")


def _journal(work: Any, entry: to_tell.ToTell) -> None:
    outcome = "not_reached" if "missed" in request.form else "told"
    who = {"staff": me().ref, "role": me().role, **at_my_building()}
    details = {**who, "entry": entry.appointment.entry_number, "outcome": outcome}
    event = journal.Event("told", channel=CHANNEL, patient_ref=entry.patient.ref, details=details)
    journal.record(work, me().organisation_id, event, now())


@door.post("/names")
def names() -> Any:
    """Say that I look at patients' names: it is journalled, and the pages show them to me for a quarter of an hour."""
    back = request.form.get("back", "")
    if back not in ("to_tell", "schedules"):
        abort(400)
    with transaction() as work:
        show_names(work, back)
    return go(back)
