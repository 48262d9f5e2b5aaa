"""/staff/day-lists : a day's list of a doctor or a room on paper, for the day when the power fails."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, request

from kiosk.clinic.appointments import Appointment, slots_between
from kiosk.clinic.people import Patient, open_patient
from kiosk.clinic.schedule import Doctor, Slot
from kiosk.database import db, transaction
from kiosk.staff.acts import looked
from kiosk.staff.blueprint import door, keys
from kiosk.staff.scope import my_doctors
from kiosk.staff.serving import today


@door.get("/day-lists")
def day_lists() -> Any:
    """Ask for the day, and for one doctor, one room, or everybody."""
    return _asked(today().isoformat(), "all")


def _asked(day: str, whose: str, wrong: bool = False) -> str:
    doctors = [one for one in my_doctors() if one.is_active]
    rooms = sorted({(one.building_id, one.building.names.kk, one.room) for one in doctors})
    return render_template("staff/day_lists.html", doctors=doctors, rooms=rooms, day=day, whose=whose, wrong=wrong)


@door.post("/day-lists")
def day_list() -> Any:
    """The lists with names, a sheet for each; the journal keeps that they were made. Not a page to come back to."""
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        return _asked(request.form.get("day", ""), request.form.get("whose", ""), wrong=True), 400
    chosen = [one for one in my_doctors() if one.is_active and _is_wanted(one, request.form.get("whose", ""))]
    with transaction() as work:
        looked(work, "day list", day=day.isoformat(), doctors=[one.id for one in chosen])
    return render_template("staff/day_list.html", day=day, sheets=[(one, _rows(one, day)) for one in _fresh(chosen)])


def _fresh(chosen: list[Doctor]) -> list[Doctor]:
    return [db.session().get_one(Doctor, one.id) for one in chosen]


def _is_wanted(doctor: Doctor, whose: str) -> bool:
    return whose in ("all", f"doctor {doctor.id}", f"room {doctor.building_id} {doctor.room}")


def _rows(doctor: Doctor, day: date) -> list[tuple[Slot, Appointment | None, Any]]:
    begin = datetime.combine(day, time.min, ZoneInfo(doctor.building.zone))
    found = slots_between(db.session(), [doctor.id], begin, begin + timedelta(days=1))
    return [(slot, booked, _person(booked)) for slot, booked in found]


def _person(booked: Appointment | None) -> Any:
    return open_patient(keys(), db.session().get_one(Patient, booked.patient_id)) if booked else None
