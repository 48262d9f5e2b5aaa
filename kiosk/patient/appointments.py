"""/appointments : my bookings; move, cancel; who made each and when."""

from typing import Any

from flask import g, render_template, request

from kiosk.clinic import booking, slots
from kiosk.clinic.kiosk_settings import CHANGE
from kiosk.clinic.obstacles import CardNeeded, Obstacle
from kiosk.database import db, settle, transaction
from kiosk.patient.acts import act, coming, may_change_earlier
from kiosk.patient.apologies import apology_for
from kiosk.patient.blueprint import door, go, not_offered, step
from kiosk.patient.here import here, keep, save, visit_ident


@door.get("/appointments")
@step("appointments")
def appointments() -> Any:
    """Show the coming appointments, or ask whether one is really to be cancelled."""
    mine = coming(db.session(), g.visit.patient)
    wanted = next((one for one in mine if one.ref == request.args.get("cancel")), None)
    if wanted is not None and _may_change(wanted):
        return render_template("patient/cancel.html", appointment=wanted)
    return render_template(
        "patient/appointments.html",
        appointments=[(one, _may_change(one)) for one in mine],
        apology=apology_for(request.args.get("again", "")),
        done=request.args.get("done", ""),
    )


@door.post("/appointments")
@step("appointments")
def appointment_changed() -> Any:
    """Cancel one, or begin to move it; the old time stays until the new one is got."""
    if not here().settings.offers(CHANGE):
        return not_offered()
    try:
        if "cancel" in request.form:
            return _cancel(request.form["cancel"])
        return _begin_move(request.form.get("move", ""))
    except Obstacle as reason:
        return go("appointments", again=type(reason).__name__)


def _may_change(appointment: booking.Appointment) -> bool:
    started = appointment.starts_at <= here().now
    if not here().settings.offers(CHANGE):
        return False
    return not started and (may_change_earlier() or appointment.booked_in == visit_ident())


def _cancel(ref: str) -> Any:
    def deed(work: Any) -> None:
        booking.cancel(work, ref, act(work, "appointments"), may_change_earlier())
        if g.visit.ticket == ref:
            g.visit.ticket = None
        g.visit.answered = True
        keep(work)

    settle(deed)
    return go("appointments", done="cancelled")


def _begin_move(ref: str) -> Any:
    chosen = next((one for one in coming(db.session(), g.visit.patient) if one.ref == ref), None)
    if chosen is None:
        return go("appointments", again="AppointmentUnknown")
    if not _may_change(chosen):
        raise CardNeeded
    g.visit.moving, g.visit.doctor_id, g.visit.lost_slot, g.visit.ticket = ref, chosen.doctor_id, None, None
    with transaction() as work:
        slots.release(work, visit_ident())
        keep(work)
    save()
    return go("slot")
