"""/slot : days as a plain list with the number of free times, then the times of a day."""

from collections import Counter
from datetime import date
from itertools import groupby
from typing import Any

from flask import g, render_template, request

from kiosk.accessibility.dates import local
from kiosk.clinic import slots
from kiosk.clinic.obstacles import Obstacle
from kiosk.clinic.schedule import Doctor, Slot
from kiosk.database import db, transaction
from kiosk.patient.acts import period
from kiosk.patient.apologies import apology_for
from kiosk.patient.blueprint import door, go, htmx, step
from kiosk.patient.here import here, keep, save


@door.get("/slot")
@step("slot")
def slot() -> Any:
    """Show the days, or the times of one day; htmx gets the same list as a fragment."""
    if not here().settings.serves(g.visit.doctor_id):
        return go("doctor")
    doctor = db.session().get(Doctor, g.visit.doctor_id)
    part = request.args.get("part", "")
    times = _times(part)
    day = _day(request.args.get("day", ""), {moment.date() for _id, moment in times})
    chosen = [(ident, moment) for ident, moment in times if moment.date() == day]
    grouped = groupby(chosen, key=lambda one: slots.part_of_day(one[1].time()))
    return render_template(
        "patient/_slot.html" if htmx else "patient/slot.html",
        doctor=doctor,
        part=part if part in slots.PARTS_OF_DAY else "",
        day=day,
        today=local(here().now, here().zone).date(),
        days=sorted(Counter(moment.date() for _id, moment in times).items()),
        groups=[(name, list(rows)) for name, rows in grouped],
        apology=apology_for(request.args.get("again", "")),
        nearest=_nearest(doctor) if "again" in request.args else [],
    )


@door.post("/slot")
@step("slot")
def slot_chosen() -> Any:
    """Hold the chosen time; the database decides whether it is still free."""
    if not here().settings.serves(g.visit.doctor_id):
        return go("doctor")
    wanted = request.form.get("slot", "")
    ident = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 16 else 0
    try:
        with transaction() as work:
            slots.hold(work, ident, [g.visit.doctor_id], period())
            g.visit.lost_slot = None
            keep(work)
    except Obstacle as reason:
        return lost(ident, reason)
    return go("confirm")


def lost(slot_id: int, reason: Obstacle) -> Any:
    """Back to the times, told kindly why, with the nearest ones offered."""
    g.visit.lost_slot = slot_id
    save()
    return go("slot", again=type(reason).__name__)


def _times(part: str) -> list[tuple[int, Any]]:
    rows = slots.free_times(db.session(), g.visit.doctor_id, period())
    times = [(row.id, local(row.starts_at, here().zone)) for row in rows]
    if part not in slots.PARTS_OF_DAY:
        return times
    return [one for one in times if slots.part_of_day(one[1].time()) == part]


def _day(text: str, offered: set[date]) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day in offered else None


def _nearest(doctor: Doctor | None) -> list[tuple[int, Any]]:
    gone = db.session().get(Slot, g.visit.lost_slot) if g.visit.lost_slot else None
    to = gone.starts_at if gone is not None and doctor and gone.doctor_id == doctor.id else here().now
    rows = slots.nearest(db.session(), g.visit.doctor_id, to, period())
    return [(row.id, local(row.starts_at, here().zone)) for row in rows]
