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
from kiosk.patient.visit import Visit


def untold() -> list[to_tell.ToTell]:
    """The changes by staff that the people of this visit have not heard of yet."""
    news = to_tell.waiting_for(db.session(), list(_concerned()))
    return [one for one in news if one.organisation_id == here().organisation.id]


def _concerned() -> dict[int, str]:
    """Whom this visit may hear about, each with a given name: who identified, their children, who is to be seen."""
    now: Visit = g.visit
    names: dict[str, str] = {}
    if now.actor is not None:
        names = {iin: child["name"] for iin, child in zip(now.actor.children, now.children, strict=False) if child}
    names |= {one.iin: one.name for one in (now.actor, now.patient) if one is not None}
    known = {iin: find_patient(db.session(), keys(), iin) for iin in sorted(names)}
    return {record.id: names[iin] for iin, record in known.items() if record is not None}


def told_first(news: list[to_tell.ToTell]) -> str:
    """The screen that says the changes, each with what was and what holds now."""
    houses = {one.before["building_id"]: db.session().get(Building, one.before["building_id"]) for one in news}
    return render_template("patient/told.html", news=news, buildings=houses, names=_others())


def _others() -> dict[int, str]:
    """The given names of those concerned who are not the person standing here."""
    actor = g.visit.actor
    myself = find_patient(db.session(), keys(), actor.iin) if actor is not None else None
    return {ident: name for ident, name in _concerned().items() if myself is None or ident != myself.id}


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
