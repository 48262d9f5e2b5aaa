"""Identifying at the window: a scanned card or typed numbers, the same registers, and what stands in the way."""

import re
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _

from kiosk.clinic import doubted, journal, obstacles, reviews
from kiosk.clinic.attachment import attached_here
from kiosk.clinic.authority import PARENT
from kiosk.clinic.identity import IDENTITY_CARD, PASSPORT, Reading, clean_number, is_iin, names_no_century, read_scan
from kiosk.clinic.people import judge, remember
from kiosk.clinic.ports import CARD_PRESENTED, LOCAL_LIST, NUMBER_TYPED, Basis, Person, PersonAnswer
from kiosk.clinic.refusals import NotAttachedHere
from kiosk.database import transaction
from kiosk.staff import serving
from kiosk.staff.acts import changed, looked
from kiosk.staff.blueprint import keys, me, now
from kiosk.staff.served_doctors import free_counts, own_doctor
from kiosk.staff.serving import PHONE, WINDOW, Served

LONGEST_SCAN = 4096
NUMBER_FORMS = {IDENTITY_CARD: re.compile(r"[0-9]{9}"), PASSPORT: re.compile(r"N[0-9]{7,8}")}
SENTENCES: dict[str, Any] = {
    "CardUnreadable": _("The card could not be read"),
    "NumberWrong": _("There is a mistake in the number"),
    "DocumentNumberNeeded": _("The document number is needed too"),
    "ForeignNumber": _("The register cannot check a number of this kind yet."),
    "PersonUnknown": _("No data were found"),
    "PersonDeceased": _("The register says this person has died. Check the data with care."),
    "DocumentExpired": _("The document's term has ended. This is no ground of refusal."),
    "DocumentDoubted": _("The register does not show this document as valid"),
    "DocumentDiffers": _("The document's data differ from the register"),
    "RegisterSilent": _("The state register does not answer. This is not a refusal."),
    "NotInList": _("The clinic's list does not have this person. This is not a refusal."),
    "CardItselfNeeded": _("Only the card itself identifies now: the register is silent."),
    "AttachmentPending": _("The attachment is being considered (1 working day)."),
    "AttachmentsConflict": _("The register shows two attachments"),
    "ChildNeedsStaff": _("The register gives no data about this child."),
    "NotAttachedHere": _("Not attached to this clinic: the service is refused on ground 2."),
    "SlotTaken": _("This time has just been taken"),
    "SlotPast": _("This time has gone by"),
    "SlotWithdrawn": _("The clinic has changed the schedule"),
    "SlotUnknown": _("There is no such time"),
    "AlreadyBooked": _("There is a booking with a doctor of this kind already."),
    "PatientBusy": _("The patient has another appointment at that time."),
    "AppointmentUnknown": _("This booking is not there any more"),
    "AppointmentStarted": _("This appointment has begun"),
}


def sentence(name: str) -> Any:
    """What the desk says of an obstacle or refusal, by its class name."""
    return SENTENCES.get(name, "")


def identify() -> None:
    """Read what was scanned or typed, ask the registers, and put the person at my desk.

    Raises the Obstacle in the way; a doubted document then waits among the cases for a decision.
    """
    reading, basis = _read()
    channel = PHONE if request.form.get("channel") == PHONE and basis.kind == NUMBER_TYPED else WINDOW
    if names_no_century(reading.iin):
        raise obstacles.ForeignNumber
    answer = serving.registers().persons.find_person(reading.iin, basis)
    try:
        person = judge(reading, answer, serving.today())
    except (obstacles.DocumentDoubted, obstacles.DocumentDiffers) as reason:
        _leave_to_decision(reason, reading, answer)
        raise
    language = request.form.get("language", "")
    served = Served(channel, language if language in ("kk", "ru", "en") else "kk", person, basis.kind, now())
    served.messages.append(answer.message_id if answer else "")
    served.children = _children(person, basis)
    if answer is not None and answer.source == LOCAL_LIST and answer.as_of:
        expires = reading.expires.isoformat() if reading.expires else None
        served.local["identity"] = answer.as_of.isoformat()
        served.local["document"] = {"kind": reading.kind, "number": reading.document_number, "expires": expires}
    with transaction() as work:
        journal.record(work, me().organisation_id, serving.event(work, "identified", served), now())
        serving.keep(work, served)
    if not served.children and request.form.get("for") != "another":
        look_up(served, person)  # else it is asked first who is to be seen: ground 2 is about that person alone


def _read() -> tuple[Reading, Basis]:
    if "scan" in request.form:
        raw = request.form["scan"]
        if len(raw.encode(errors="replace")) > LONGEST_SCAN:
            raise obstacles.CardUnreadable
        return read_scan(raw, serving.today()), Basis(CARD_PRESENTED)
    iin, number = (clean_number(request.form.get(name, "")[:40]) for name in ("iin", "document_number"))
    if not is_iin(iin) and not names_no_century(iin):
        raise obstacles.NumberWrong("iin")
    if not number:
        raise obstacles.DocumentNumberNeeded
    kind = PASSPORT if number.startswith("N") else IDENTITY_CARD
    if not NUMBER_FORMS[kind].fullmatch(number):
        raise obstacles.NumberWrong("document_number")
    return Reading(kind, iin, number, None), Basis(NUMBER_TYPED)


def _leave_to_decision(reason: Exception, reading: Reading, answer: PersonAnswer | None) -> None:
    if answer is not None:
        place = doubted.Presented(me().organisation_id, me().building_id)
        with transaction() as work:
            case = doubted.wait_for_staff(work, keys(), place, type(reason).__name__, reading, answer, now())
            changed(work, f"doubted document {case.id}", {}, {"status": case.status, "reason": case.reason})


def _children(person: Person, basis: Basis) -> list[dict[str, str]]:
    found = []
    for iin in person.children:
        try:
            answer = serving.registers().persons.find_person(iin, basis)
        except obstacles.Obstacle:
            answer = None
        child = answer.person if answer and answer.alive else None
        found.append({"iin": iin, "name": f"{child.name} {child.birth_date.year}" if child else ""})
    return found


def choose_child(served: Served, place: int) -> None:
    """The child at this place of the register's list is to be seen; raises ChildNeedsStaff."""
    answer = serving.registers().persons.find_person(served.children[place]["iin"], Basis(served.basis))
    if answer is None or not answer.alive:
        raise obstacles.ChildNeedsStaff
    look_up(served, answer.person, PARENT)


def look_up(served: Served, person: Person, authority: str = "", paper: str = "") -> None:
    """Ask the register where this person is attached, and keep the answer; ground 2 is journalled at once.

    `authority` and `paper` say on what ground the person at the desk acts for another.
    """
    served.patient, served.district, served.stop, served.stop_clinic = person, None, None, None
    served.by_decision, served.authority, served.paper = False, authority, paper
    served.local.pop("attachment", None)
    ground = None
    try:
        answer = serving.registers().attachments.get_attachments(person.iin, Basis(served.basis))
        served.messages.append(answer.message_id)
        if answer.source == LOCAL_LIST and answer.as_of:
            served.local["attachment"] = answer.as_of.isoformat()
        served.answered = answer.received_at.isoformat()
        served.district = attached_here(answer, serving.organisation().code).district
    except NotAttachedHere as refusal:
        served.stop, served.stop_clinic, ground = "NotAttachedHere", refusal.organisation, refusal.ground
    except obstacles.Obstacle as reason:
        served.stop = type(reason).__name__
    with transaction() as work:
        patient = remember(work, keys(), person, now())
        if authority:  # whoever came in person is in the journal as identified
            looked(work, "window", patient=patient.ref, basis=authority)
        served.by_decision = reviews.is_let_in(work, me().organisation_id, patient.ref, now())
        if ground and not served.by_decision:
            journal.record(work, me().organisation_id, serving.event(work, "refused", served, ground=ground), now())
        own = own_doctor(served)
        if own is not None and not free_counts([own]):
            event = serving.event(work, "no_free_time", served, doctor_id=own.id)
            journal.record(work, me().organisation_id, event, now())
        serving.keep(work, served)
