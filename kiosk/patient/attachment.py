"""/attachment : who this is, whether attached here, and the earliest time with the district doctor."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import g, render_template, request

from kiosk.clinic import slots
from kiosk.clinic.attachment import attached_here
from kiosk.clinic.kiosk_settings import BOOK
from kiosk.clinic.legal import edition_on
from kiosk.clinic.obstacles import ChildNeedsStaff, ConsentOver, Obstacle, SlotTaken
from kiosk.clinic.places import find_organisation
from kiosk.clinic.ports import LOCAL_LIST, Basis, Person
from kiosk.clinic.refusals import Refusal
from kiosk.clinic.schedule import Doctor
from kiosk.database import db, transaction
from kiosk.patient.acts import coming, kinds, period, record
from kiosk.patient.apologies import REFUSAL, apology_for, stop_for
from kiosk.patient.blueprint import door, go, step
from kiosk.patient.here import attachments, here, keep, persons, save, visit_ident
from kiosk.patient.told import told_first, untold
from kiosk.patient.visit import Attached


@door.get("/attachment")
@step("attachment")
def attachment() -> Any:
    """Say first what staff changed; then for whom, or what stands in the way, or the attachment and a time."""
    news = untold()
    if news:
        return told_first(news)
    if g.visit.stop is not None:
        return _stopped()
    if g.visit.attached is None:
        return render_template("patient/for_whom.html", children=g.visit.children)
    doctor = own_doctor()
    served = doctor if doctor and _books_with(doctor) else None
    counts = slots.free_counts(db.session(), [served.id], period()) if served else {}
    return render_template(
        "patient/attachment.html",
        doctor=doctor,
        earliest=counts[served.id][1] if served and served.id in counts else None,
        appointments=coming(db.session(), g.visit.patient),
        booked=doctor is not None and _booked_with(doctor.kind),
    )


@door.post("/attachment")
@step("attachment")
def attachment_next() -> Any:
    """Choose for whom, try a silent register again, or take the earliest time with the district doctor."""
    if g.visit.attached is None or request.form.get("patient") == "change":
        return _choose_patient()
    doctor = own_doctor()
    if doctor is not None and _booked_with(doctor.kind):
        return go("appointments")
    if doctor is not None and _books_with(doctor):
        g.visit.doctor_id = doctor.id
        for row in slots.free_times(db.session(), doctor.id, period())[:5]:
            if _hold(row.id, doctor):
                return go("confirm")
    save()
    return go("doctor")


def _books_with(doctor: Doctor) -> bool:
    settings = here().settings
    return settings.offers(BOOK) and settings.serves(doctor.id)


def _booked_with(kind: str) -> bool:
    return any(one.doctor_kind == kind for one in coming(db.session(), g.visit.patient))


def own_doctor() -> Doctor | None:
    """The district doctor of the person to be seen."""
    today = here().now.astimezone(ZoneInfo(here().zone)).date()
    return slots.district_doctor(
        db.session(), here().organisation.id, g.visit.attached.district, kinds(g.visit.patient), today
    )


def look_up(person: Person) -> None:
    """Ask the register about the person to be seen, and keep the attachment, the obstacle or the refusal."""
    g.visit.forget_choice()
    g.visit.patient = person
    answer = None
    try:
        answer = attachments().get_attachments(person.iin, _lasting_basis())
        g.visit.messages.append(answer.message_id)
        found = attached_here(answer, here().organisation.code)
        g.visit.attached = Attached(found.district, found.since, answer.source, answer.received_at, answer.as_of)
        if answer.source == LOCAL_LIST and answer.as_of:
            g.visit.local["attachment"] = answer.as_of.isoformat()
    except (Obstacle, Refusal) as reason:
        g.visit.stop = stop_for(reason)
        if answer is not None:
            g.visit.stop.facts["answered_at"] = answer.received_at.isoformat()
    with transaction() as work:
        _journal_answer(work)
        keep(work)


def _journal_answer(work: Any) -> None:
    stop = g.visit.stop
    if stop is not None and apology_for(stop.name).way == REFUSAL:  # type: ignore[union-attr]
        record(work, "refused", "attachment", ground=int(stop.facts["ground"]))
    elif g.visit.attached is not None:
        doctor = own_doctor()
        if doctor and not slots.free_counts(work, [doctor.id], period()):
            record(work, "no_free_time", "attachment", doctor_id=doctor.id)


def _choose_patient() -> Any:
    """Myself or a child whom the register names; a silent register is asked again for the same person."""
    wanted = request.form.get("patient", "")
    actor = g.visit.actor
    if actor is None:
        return go("identify")
    if wanted == "change" or (wanted == "again" and g.visit.patient is None and actor.children):
        return _ask_again_for_whom()  # what was silent about a child says nothing of the parent
    if wanted == "again" and g.visit.patient is not None:
        look_up(g.visit.patient)
    elif wanted.isascii() and wanted.isdigit() and int(wanted) < len(actor.children):
        _look_up_child(actor.children[int(wanted)])
    else:
        look_up(actor)
    return go("attachment")


def _ask_again_for_whom() -> Any:
    g.visit.forget_choice()
    with transaction() as work:
        slots.release(work, visit_ident())
        keep(work)
    return go("attachment")


def children_of(actor: Person, basis: Basis) -> list[dict[str, str]]:
    """Given name and year of birth of each child the register names, empty where it does not answer."""
    told = []
    for iin in actor.children:
        try:
            answer = persons().find_person(iin, basis)
        except Obstacle:
            answer = None
        child = answer.person if answer and answer.alive else None
        told.append({"name": child.name, "year": str(child.birth_date.year)} if child else {})
    return told


def _look_up_child(iin: str) -> None:
    try:
        answer = persons().find_person(iin, _lasting_basis())
        if answer is None or not answer.alive:
            raise ChildNeedsStaff
    except Obstacle as reason:
        g.visit.forget_choice()
        g.visit.stop = stop_for(reason)
        save()
        return
    g.visit.messages.append(answer.message_id)
    look_up(answer.person)


def _lasting_basis() -> Basis:
    """The basis of this visit; raises ConsentOver where it was a consent that has ended."""
    basis: Basis = g.visit.basis
    if basis.expires_at is not None and basis.expires_at <= here().now:
        raise ConsentOver
    return basis


def _hold(slot_id: int, doctor: Doctor) -> bool:
    try:
        with transaction() as work:
            slots.hold(work, slot_id, [doctor.id], period())
            keep(work)
    except SlotTaken:
        return False
    return True


def _stopped() -> Any:
    stop = g.visit.stop
    apology = apology_for(stop.name)
    code, answered = stop.facts.get("organisation"), stop.facts.get("answered_at")
    other = find_organisation(db.session(), code) if code else None
    return render_template(
        "patient/refusal.html" if apology and apology.way == REFUSAL else "patient/apology.html",
        apology=apology,
        stop=stop,
        answered_at=datetime.fromisoformat(answered) if answered else None,
        edition=edition_on(here().now.date()),
        other=other,
        other_name=other.names.in_(g.language) if other else stop.facts.get("organisation_name", ""),
    )
