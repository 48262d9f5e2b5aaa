"""/doctor : the district doctor first, then others of the kinds this person may see."""

from typing import Any

from flask import g, render_template, request

from kiosk.clinic import slots
from kiosk.clinic.schedule import Doctor
from kiosk.database import db
from kiosk.patient.acts import kinds, period
from kiosk.patient.attachment import own_doctor
from kiosk.patient.blueprint import door, go, step
from kiosk.patient.here import here, save


@door.get("/doctor")
@step("doctor")
def doctor() -> Any:
    """Show the doctors, each with the number of free times and the earliest."""
    own, others = choosable()
    ids = [one.id for one in ([own] if own else []) + others]
    counts = slots.free_counts(db.session(), ids, period())
    return render_template("patient/doctor.html", own=own, others=others, counts=counts)


@door.post("/doctor")
@step("doctor")
def doctor_chosen() -> Any:
    """Choose one of them, and go to the days."""
    own, others = choosable()
    wanted = request.form.get("doctor", "")
    if wanted not in {str(one.id) for one in ([own] if own else []) + others}:
        return go("doctor")
    g.visit.doctor_id = int(wanted)
    g.visit.lost_slot = None
    save()
    return go("slot")


def choosable() -> tuple[Doctor | None, list[Doctor]]:
    """The district doctor, if there is one, and the others; while a booking is moved, only its kind of doctor."""
    own = own_doctor()
    own = own if own and here().settings.serves(own.id) else None
    others = slots.doctors_for(db.session(), here().organisation.id, kinds(g.visit.patient))
    return own, [one for one in others if here().settings.serves(one.id) and (own is None or one.id != own.id)]
