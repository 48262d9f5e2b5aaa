"""The pages for people: what this server is, whom it knows, and what it is told to do wrong."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk import clock
from kiosk.simulator.clinics import clinic_name
from kiosk.simulator.faults import MODES, SYSTEMS, FaultWrong
from kiosk.simulator.state import box

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def front() -> str:
    """The people and what a scanner would send for them."""
    return render_template("front.html", people=box().population.people, clinic_name=clinic_name)


@blueprint.get("/faults")
def faults() -> str:
    """What each system is told to do."""
    return render_template("faults.html", faults=box().faults.all(), modes=MODES, now=clock.now(), error=None)


@blueprint.post("/faults")
def change_faults() -> Response | tuple[str, int]:
    """Tell one system what to do, or clear everything."""
    try:
        if request.form.get("system") in SYSTEMS:
            box().faults.tell(request.form["system"], request.form.get("mode"), request.form.get("seconds"))
        else:
            box().faults.clear()
    except FaultWrong as wrong:
        told = box().faults.all()
        return render_template("faults.html", faults=told, modes=MODES, now=clock.now(), error=str(wrong)), 400
    return redirect(url_for("pages.faults"), 303)


@blueprint.post("/clock")
def move_clock() -> Response:
    """Move the shared clock from the page."""
    minutes = request.form.get("minutes", "")
    if box().clock_shared and minutes.lstrip("-").isdecimal() and len(minutes) < 8:
        clock.advance(int(minutes) * 60.0)
    return redirect(url_for("pages.faults"), 303)
