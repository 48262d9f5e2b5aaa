"""/staff/schedules : weekly shifts, extra days and absences; preview before saving; patients moved in one step."""

import json
from collections import Counter
from typing import Any

from flask import abort, make_response, render_template, request

from kiosk.clinic import appointments, obstacles, schedule_changes, staff_moves
from kiosk.clinic.moving import proposals
from kiosk.clinic.people import Patient
from kiosk.clinic.publishing import absences_of, rules_of
from kiosk.clinic.schedule import Doctor
from kiosk.clinic.schedule_changes import Change, ChangedMeanwhile, change_from
from kiosk.database import db, settle
from kiosk.staff.acts import changed
from kiosk.staff.blueprint import door, go, me, now
from kiosk.staff.forms import WEEKDAYS
from kiosk.staff.schedule_forms import REASONS, AbsenceForm, ExtraForm, RuleForm, add_error, filled
from kiosk.staff.scope import doctor_or_403, mover, my_doctors, opened

FORMS: dict[str, Any] = {"rule": RuleForm, "extra": ExtraForm, "absence": AbsenceForm}


@door.get("/schedules")
def schedules() -> Any:
    """The doctors of my buildings with their weeks, absences, and how many patients wait to be moved."""
    doctors = my_doctors()
    waiting = Counter(
        one.doctor_id for one in appointments.to_be_moved(db.session(), [one.id for one in doctors], now())
    )
    rows = [(one, rules_of(db.session(), one), absences_of(db.session(), one), waiting[one.id]) for one in doctors]
    return render_template("staff/schedules.html", rows=rows, weekdays=WEEKDAYS, reasons=REASONS)


@door.get("/schedules/<int:doctor_id>")
def schedule(doctor_id: int) -> Any:
    """One doctor's schedule, and the patients booked against it with their nearest free times."""
    doctor = doctor_or_403(doctor_id)
    return render_template(
        "staff/schedule.html",
        doctor=doctor,
        rules=rules_of(db.session(), doctor),
        absences=absences_of(db.session(), doctor),
        waiting=_waiting(doctor),
        weekdays=WEEKDAYS,
        reasons=REASONS,
        doctors={one.id: one for one in my_doctors()},
        done=request.args.get("done", ""),
        moved=request.args.get("moved", type=int),
        left=request.args.get("left", type=int),
    )


def _waiting(doctor: Doctor) -> list[tuple[Any, ...]]:
    rows = appointments.to_be_moved(db.session(), [doctor.id], now())
    people = {one.id: opened(db.session().get_one(Patient, one.patient_id)) for one in rows}
    return [
        (one, people[one.id], proposals(db.session(), one, now()), staff_moves.may_keep(db.session(), one))
        for one in rows
    ]


def _keep(ref: str) -> None:
    def deed(work: Any) -> None:
        kept = staff_moves.keep_one(work, ref, mover())
        changed(work, f"entry {kept.entry_number}", {"extra visit": False}, {"extra visit": True})

    settle(deed)


@door.get("/schedules/<int:doctor_id>/add/<what>")
def schedule_form(doctor_id: int, what: str) -> Any:
    """Ask for a weekly shift, an extra day or an absence."""
    doctor = doctor_or_403(doctor_id)
    rules = rules_of(db.session(), doctor)
    replaced = rules.get(request.args.get("replace", 0, type=int))
    form = filled(replaced) if replaced and what == "rule" else _form(what, doctor, None)
    return _asked(doctor, what, form, request.args.get("replace", 0, type=int) if replaced else 0)


@door.post("/schedules/<int:doctor_id>/add/<what>")
def schedule_drafted(doctor_id: int, what: str) -> Any:
    """Judge what was typed, and go on to what it would do; nothing is saved yet."""
    doctor = doctor_or_403(doctor_id)
    form = _form(what, doctor, request.form)
    replaces = request.form.get("replaces", 0, type=int)
    try:
        if form.validate():
            return _preview(doctor, form.change(replaces))
    except ValueError as error:
        add_error(form, str(error))
    return make_response(_asked(doctor, what, form, replaces), 400)


def _form(what: str, doctor: Doctor, typed: Any) -> Any:
    if what not in FORMS:
        abort(404)
    form = FORMS[what](formdata=typed)
    if what == "absence":
        others = [one for one in my_doctors() if one.id != doctor.id and one.is_active]
        form.substitute.choices = [(0, "-")] + [(one.id, one.names.kk) for one in others]
    return form


def _asked(doctor: Doctor, what: str, form: Any, replaces: int) -> str:
    return render_template("staff/schedule_form.html", doctor=doctor, what=what, form=form, replaces=replaces)


@door.post("/schedules/<int:doctor_id>/drop")
def schedule_drop(doctor_id: int) -> Any:
    """Take away a shift or an absence: first what that would do."""
    doctor = doctor_or_403(doctor_id)
    rule, absence = request.form.get("rule", 0, type=int), request.form.get("absence", 0, type=int)
    return _preview(doctor, Change((rule,) if rule else (), (), (absence,) if absence else ()))


def _preview(doctor: Doctor, change: Change, **more: Any) -> Any:
    return go("schedule_preview", doctor_id=doctor.id, change=json.dumps(change.plain(), separators=(",", ":")), **more)


@door.get("/schedules/<int:doctor_id>/preview")
def schedule_preview(doctor_id: int) -> Any:
    """Which times appear, vanish and conflict, and which booked patients are concerned, before anything is saved."""
    doctor = doctor_or_403(doctor_id)
    change = _change(request.args.get("change", ""))
    return render_template(
        "staff/schedule_preview.html",
        doctor=doctor,
        change=change,
        plain=json.dumps(change.plain(), separators=(",", ":")),
        preview=schedule_changes.preview(db.session(), doctor, change, now()),
        rules=rules_of(db.session(), doctor),
        absences=absences_of(db.session(), doctor),
        weekdays=WEEKDAYS,
        reasons=REASONS,
        doctors={one.id: one for one in my_doctors()},
        meanwhile="meanwhile" in request.args,
    )


def _change(text: str) -> Change:
    try:
        change = change_from(json.loads(text))
    except (ValueError, KeyError, TypeError):
        abort(400)
    mine = {one.id for one in my_doctors()}
    if any(one.substitute_id and one.substitute_id not in mine for one in change.add_absences):
        abort(403)
    return change


@door.post("/schedules/<int:doctor_id>/save")
def schedule_saved(doctor_id: int) -> Any:
    """Save and publish what was previewed, unless somebody else has saved in between."""
    doctor = doctor_or_403(doctor_id)
    change, seen = _change(request.form.get("change", "")), request.form.get("version", -1, type=int)

    def deed(work: Any) -> None:
        found = work.get_one(Doctor, doctor_id)
        before = schedule_changes.described(work, found)
        schedule_changes.save(work, found, seen, change, now(), me().ref)
        changed(work, f"schedule of doctor {doctor_id}", before, schedule_changes.described(work, found))

    try:
        settle(deed)
    except ChangedMeanwhile:
        return _preview(doctor, change, meanwhile=1)
    return go("schedule", doctor_id=doctor_id, done="saved")


@door.post("/schedules/<int:doctor_id>/patients")
def patients_moved(doctor_id: int) -> Any:
    """Move one patient, cancel one, or move all to the nearest times; each gets an entry on the list to tell."""
    doctor = doctor_or_403(doctor_id)
    waiting = [one.ref for one in appointments.to_be_moved(db.session(), [doctor.id], now())]
    if "all" in request.form:
        made = [staff_moves.move_nearest(ref, mover()) for ref in waiting]
        moved = sum(one is not None for one in made)
        return go("schedule", doctor_id=doctor_id, done="moved", moved=moved, left=len(made) - moved)
    ref = next((request.form[name] for name in ("move", "cancel", "keep") if request.form.get(name)), "")
    if ref not in waiting:
        return go("schedule", doctor_id=doctor_id, done="gone")
    try:
        if "keep" in request.form:
            _keep(ref)
        elif "cancel" in request.form:
            staff_moves.cancel_one(ref, mover())
        else:
            staff_moves.move_one(ref, request.form.get("slot", 0, type=int), mover())
    except obstacles.Obstacle:
        return go("schedule", doctor_id=doctor_id, done="gone")
    return go("schedule", doctor_id=doctor_id, done="moved", moved=1, left=len(waiting) - 1)
