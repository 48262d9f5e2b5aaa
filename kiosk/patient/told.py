"""/attachment/told : what staff changed since the patient was last here, said first, on the screen and aloud."""

from typing import Any

from flask import g, render_template

from kiosk.clinic import to_tell
from kiosk.clinic.people import find_patient
from kiosk.clinic.places import Building
from kiosk.database import db, transaction
from kiosk.patient.acts import record
from kiosk.patient.blueprint import door, go, step
from kiosk.patient.here import here, keys


def untold() -> list[to_tell.ToTell]:
    """The changes by staff that the people of this visit have not heard of yet."""
    iins = {one.iin for one in (g.visit.actor, g.visit.patient) if one is not None}
    known = [find_patient(db.session(), keys(), iin) for iin in sorted(iins)]
    news = to_tell.waiting_for(db.session(), [one.id for one in known if one is not None])
    return [one for one in news if one.organisation_id == here().organisation.id]


def told_first(news: list[to_tell.ToTell]) -> str:
    """The screen that says the changes, each with what was and what holds now."""
    houses = {one.before["building_id"]: db.session().get(Building, one.before["building_id"]) for one in news}
    return render_template("patient/told.html", news=news, buildings=houses)


@door.post("/attachment/told")
@step("attachment")
def told() -> Any:
    """The patient has seen or heard it: nobody needs to telephone any more."""
    news = untold()
    if news:
        with transaction() as work:
            to_tell.tell(work, [one.id for one in news], to_tell.KIOSK, to_tell.KIOSK, here().now)
            entries = [one.appointment.entry_number for one in news]
            record(work, "told", "attachment", details={"entries": entries, "outcome": "told"})
    return go("attachment")
