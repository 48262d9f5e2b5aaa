"""Which doctors and patients' names a member of staff may see: by building, and by role after saying so."""

from datetime import timedelta
from typing import Any

from flask import abort, session

from kiosk.clinic.doctors import doctors_in
from kiosk.clinic.journal_search import Scope, scope_of
from kiosk.clinic.people import Patient, open_patient
from kiosk.clinic.ports import Person
from kiosk.clinic.schedule import Doctor
from kiosk.clinic.staff_moves import Mover
from kiosk.database import db
from kiosk.staff.acts import looked
from kiosk.staff.blueprint import keys, me, my_buildings, now
from kiosk.staff.rights import AUDITOR

NAMES_FOR = timedelta(minutes=15)
_UNTIL = "names_until"


def my_doctors() -> list[Doctor]:
    """The doctors of the buildings in my scope."""
    return doctors_in(db.session(), [one.id for one in my_buildings()])


def doctor_or_403(ident: int) -> Doctor:
    """One doctor of my scope; anything else is 403, whether it exists or not."""
    found = next((one for one in my_doctors() if one.id == ident), None)
    return found or abort(403)


def scope_of_mine() -> Scope:
    """The journal that whoever is signed in may see."""
    return scope_of(db.session(), me().organisation_id, me().building_id)


def mover() -> Mover:
    """Me, as the clinic's moves know me."""
    return Mover(me().ref, me().role, now)


def show_names(work: Any, what: str) -> None:
    """Journal that I look at patients' names now; for a quarter of an hour the pages show them to me."""
    if me().role == AUDITOR:
        abort(403)
    looked(work, what)
    session[_UNTIL] = {"staff": me().ref, "until": (now() + NAMES_FOR).timestamp()}


def names_are_shown() -> bool:
    """Whether I said a little while ago that I look at names."""
    said = session.get(_UNTIL) or {}
    return me().role != AUDITOR and said.get("staff") == me().ref and said.get("until", 0) > now().timestamp()


def opened(patient: Patient) -> Person | None:
    """The person under the seal, for whom names are shown; None for everybody else."""
    return open_patient(keys(), patient) if names_are_shown() else None
