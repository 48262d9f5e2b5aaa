"""/attachment/told : what staff changed since the patient was last here, said first, on the screen and aloud."""

from dataclasses import dataclass
from typing import Any

from flask import g, render_template, request

from kiosk.clinic import to_tell
from kiosk.clinic.authority import PARENT
from kiosk.clinic.people import Patient, find_patient
from kiosk.clinic.places import Building
from kiosk.database import db, transaction
from kiosk.patient.acts import record
from kiosk.patient.blueprint import door, go, step
from kiosk.patient.here import here, keys
from kiosk.patient.visit import Visit


@dataclass(frozen=True)
class Concerned:
    """Somebody whose bookings this visit may hear of: the row, the given name, and whether it is who stands here."""

    patient: Patient
    name: str
    is_self: bool


def untold() -> list[to_tell.ToTell]:
    """The changes by staff that the people of this visit have not heard of yet."""
    news = to_tell.waiting_for(db.session(), list(_concerned()))
    return [one for one in news if one.organisation_id == here().organisation.id]


def told_first(news: list[to_tell.ToTell]) -> str:
    """The screen that says the changes, each with what was and what holds now, and whose it is if another's."""
    houses = {one.before["building_id"]: db.session().get(Building, one.before["building_id"]) for one in news}
    others = {ident: one.name for ident, one in _concerned().items() if not one.is_self}
    return render_template("patient/told.html", news=news, buildings=houses, names=others)


@door.post("/attachment/told")
@step("attachment")
def told() -> Any:
    """What this page showed was seen or heard: nobody needs to telephone about it any more."""
    shown = set(request.form.getlist("entry"))
    news = [one for one in untold() if str(one.id) in shown]
    for ident, who in _concerned().items():
        mine = [one for one in news if one.patient_id == ident]
        if mine:
            _keep_told(who, mine)
    return go("attachment")


def _keep_told(who: Concerned, news: list[to_tell.ToTell]) -> None:
    details: dict[str, Any] = {"entries": [one.appointment.entry_number for one in news], "outcome": "told"}
    kind = g.visit.basis.kind if g.visit.basis else None
    if not who.is_self:
        details["identified_by"] = kind
    with transaction() as work:
        to_tell.tell(work, [one.id for one in news], to_tell.KIOSK, to_tell.KIOSK, here().now)
        basis = kind if who.is_self else PARENT
        record(work, "told", "attachment", patient_ref=who.patient.ref, basis=basis, details=details)


def _concerned() -> dict[int, Concerned]:
    """By their rows: who identified, the children that the register names with them, and who is to be seen."""
    now: Visit = g.visit
    names: dict[str, str] = {}
    if now.actor is not None:
        names = {iin: child["name"] for iin, child in zip(now.actor.children, now.children, strict=False) if child}
    names |= {one.iin: one.name for one in (now.actor, now.patient) if one is not None}
    known = {iin: find_patient(db.session(), keys(), iin) for iin in sorted(names)}
    myself = now.actor.iin if now.actor else ""
    return {one.id: Concerned(one, names[iin], iin == myself) for iin, one in known.items() if one is not None}
