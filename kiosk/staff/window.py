"""/staff/window : find a person, see the attachment, book, move and cancel for them, and say the answer aloud."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, make_response, render_template, request

from kiosk.accessibility.dates import local
from kiosk.clinic import booking, doubted, journal, reviews, slots, to_tell
from kiosk.clinic.legal import edition_on
from kiosk.clinic.moving import staff_window
from kiosk.clinic.obstacles import Obstacle, SlotTaken
from kiosk.clinic.people import find_patient
from kiosk.clinic.schedule import Doctor
from kiosk.database import db, settle, transaction
from kiosk.staff import serving
from kiosk.staff.blueprint import door, go, keys, me, now
from kiosk.staff.identifying import choose_child, identify, look_up, sentence
from kiosk.staff.oral_answer import answer_to
from kiosk.staff.scope import scope_of_mine
from kiosk.staff.served_doctors import doctors_for, free_counts, own_doctor
from kiosk.staff.serving import Served, served


@door.get("/window")
def window() -> Any:
    """Ask who it is; or who is here, with bookings, the doctors, and the answer to say."""
    person = served()
    again = sentence(request.args.get("again", ""))
    if person is None:
        return render_template("staff/window.html", again=again, typed=request.args, **_waiting())
    minutes = edition_on(now().date()).limits.answer_minutes
    own, doctors = own_doctor(person), doctors_for(person)
    counts = free_counts(doctors)
    return render_template(
        "staff/window_person.html",
        person=person,
        again=again,
        clock=minutes,
        due=person.identified_at + timedelta(minutes=minutes),
        zone=serving.zone(),
        appointments=serving.appointments_of(person.patient) if person.patient else [],
        own=own,
        doctors=doctors,
        counts=counts,
        answer=answer_to(person, own, doctors, counts),
        stop=sentence(person.stop or ""),
        news=_news(person),
    )


@door.post("/window/told")
def window_told() -> Any:
    """The person has heard from me what staff changed since."""
    person = _here()
    ids = [one.id for one in _news(person)]
    if ids:
        with transaction() as work:
            to_tell.tell(work, ids, me().ref, person.channel, now())
            event = serving.event(work, "told", person, details={"outcome": "told", "entries": _numbers(ids)})
            journal.record(work, me().organisation_id, event, now())
    return go("window")


def _numbers(ids: list[int]) -> list[int | None]:
    """The entry numbers of the bookings that were told of."""
    told = (db.session().get_one(to_tell.ToTell, one) for one in ids)
    return [one.appointment.entry_number for one in told]


def _news(person: Served) -> list[to_tell.ToTell]:
    known = [find_patient(db.session(), keys(), one.iin) for one in (person.actor, person.patient) if one]
    return to_tell.waiting_for(db.session(), sorted({one.id for one in known if one}))


def _waiting() -> dict[str, int]:
    cases = doubted.waiting(db.session(), me().organisation_id, me().building_id)
    refusals = reviews.waiting(db.session(), scope_of_mine(), now())
    return {"cases": len(cases), "refusals": refusals}


@door.post("/window")
def window_identified() -> Any:
    """Identify by a scan or typed numbers; whoever was at the desk before is forgotten first."""
    with transaction() as work:
        serving.forget(work)
    try:
        identify()
    except Obstacle as reason:
        name = type(reason).__name__
        if name in ("DocumentDoubted", "DocumentDiffers"):
            return go("decisions", again=name)
        typed = {
            key: request.form.get(key, "")[:40] for key in ("iin", "document_number", "channel", "language", "for")
        }
        page = render_template("staff/window.html", again=sentence(name), typed=typed, **_waiting())
        return make_response(page, 400)
    return go("window")


@door.post("/window/patient")
def window_patient() -> Any:
    """Who is to be seen, the person or a child of theirs; ask about them again; or speak another language."""
    person = _here()
    wanted = request.form.get("patient", "")
    try:
        if request.form.get("language") in ("kk", "ru", "en"):
            person.language = request.form["language"]
            with transaction() as work:
                serving.keep(work, person)
        elif wanted.isdigit() and int(wanted) < len(person.children):
            choose_child(person, int(wanted))
        elif wanted == "again" and person.patient is not None:
            look_up(person, person.patient, person.authority, person.paper)
        else:
            look_up(person, person.actor)
    except Obstacle as reason:
        return go("window", again=type(reason).__name__)
    return go("window")


@door.post("/window/end")
def window_end() -> Any:
    """Forget the person."""
    with transaction() as work:
        serving.forget(work)
    return go("window")


@door.get("/window/times")
def window_times() -> Any:
    """The days and times of one doctor, those kept for the window included."""
    person = _here()
    doctor = _doctor(person, request.args.get("doctor", 0, type=int))
    rows = slots.free_times(db.session(), doctor.id, staff_window(doctor, now()))
    times = [(row.id, local(row.starts_at, doctor.building.zone)) for row in rows]
    days = sorted(Counter(moment.date() for _id, moment in times).items())
    offered = [one for one, _count in days]
    day = _day(request.args.get("day", ""), offered) or next(iter(offered), None)
    return render_template(
        "staff/window_times.html",
        person=person,
        doctor=doctor,
        day=day,
        days=days,
        times=[one for one in times if one[1].date() == day],
        moving=_moving(person, request.args.get("move", "")),
        again=sentence(request.args.get("again", "")),
    )


@door.post("/window/book")
def window_booked() -> Any:
    """Book the time, or move a booking to it; the database decides whether it is still free."""
    person = _here()
    doctor = _doctor(person, request.form.get("doctor", 0, type=int))
    ident, moving = request.form.get("slot", 0, type=int), _moving(person, request.form.get("move", ""))
    known = {row.id for row in slots.free_times(db.session(), doctor.id, staff_window(doctor, now()))}

    def deed(work: Any) -> None:
        doing = serving.act(work, person)
        if ident not in known and booking.find_made(work, ident, doing) is None:
            raise SlotTaken
        made = booking.move(work, moving, ident, doing, True) if moving else booking.book(work, ident, doing)
        serving.done(work, person, "moved" if moving else "booked", made)

    try:
        settle(deed)
    except Obstacle as reason:
        return go("window_times", doctor=doctor.id, move=moving or None, again=type(reason).__name__)
    return go("window")


@door.post("/window/cancel")
def window_cancelled() -> Any:
    """Cancel a booking of the person at the desk."""
    person = _here()
    ref = request.form.get("cancel", "")
    try:
        settle(
            lambda work: serving.done(
                work, person, "cancelled", booking.cancel(work, ref, serving.act(work, person), True)
            )
        )
    except Obstacle as reason:
        return go("window", again=type(reason).__name__)
    return go("window")


@door.post("/window/extra")
def window_extra() -> Any:
    """Book a deliberate extra visit, for a stretch in which the doctor has no time of the schedule."""
    person = _here()
    doctor = _doctor(person, request.form.get("doctor", 0, type=int))
    minutes, starts = request.form.get("minutes", 0, type=int), _moment(doctor)
    if starts is None or not 5 <= minutes <= 60:
        return go("window_times", doctor=doctor.id, again="SlotUnknown")

    def deed(work: Any) -> None:
        made = booking.book_extra(work, doctor.id, starts, minutes, serving.act(work, person))
        serving.done(work, person, "booked", made)

    try:
        settle(deed)
    except Obstacle as reason:
        return go("window_times", doctor=doctor.id, again=type(reason).__name__)
    return go("window")


def _here() -> Served:
    return served() or abort(400)


def _doctor(person: Served, ident: int) -> Doctor:
    return next((one for one in doctors_for(person) if one.id == ident), None) or abort(403)


def _moving(person: Served, ref: str) -> str:
    mine = serving.appointments_of(person.patient) if person.patient else []
    return ref if ref in {one.ref for one in mine} else ""


def _day(text: str, offered: list[date]) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day in offered else None


def _moment(doctor: Doctor) -> datetime | None:
    try:
        day, at = date.fromisoformat(request.form.get("day", "")), time.fromisoformat(request.form.get("at", ""))
    except ValueError:
        return None
    return datetime.combine(day, at, ZoneInfo(doctor.building.zone))
