"""/identify : the card on the reader, or the numbers on it; who is this?"""

import re
from typing import Any

from flask import g, render_template, request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from kiosk.clinic import limits
from kiosk.clinic.identity import (
    BARCODE,
    IDENTITY_CARD,
    PASSPORT,
    Reading,
    clean_number,
    is_iin,
    names_no_century,
    read_scan,
)
from kiosk.clinic.obstacles import (
    CardUnreadable,
    DocumentNumberNeeded,
    ForeignNumber,
    NumberWrong,
    Obstacle,
    TooManyTries,
)
from kiosk.clinic.people import judge
from kiosk.clinic.ports import CARD_PRESENTED, NUMBER_TYPED, Basis, Person
from kiosk.clinic.refusals import Refusal
from kiosk.database import transaction
from kiosk.patient import journey
from kiosk.patient.acts import record
from kiosk.patient.apologies import problem, stop_for
from kiosk.patient.attachment import children_of, look_up
from kiosk.patient.blueprint import begin, door, forget, go, held, here, keep, persons, present_visit, save, step, visit
from kiosk.patient.heartbeat import note_scan
from kiosk.patient.visit import Visit

LONGEST_SCAN = 4096
NUMBER_FORMS = {IDENTITY_CARD: re.compile(r"[0-9]{9}"), PASSPORT: re.compile(r"N[0-9]{7,8}")}
HERE_ERRORS = (CardUnreadable, NumberWrong, DocumentNumberNeeded, TooManyTries)


def _clean(typed: str | None) -> str:
    return clean_number((typed or "")[:40])


class NumberForm(FlaskForm):  # type: ignore[misc]
    """The two numbers of a document, as typed by hand or on the screen's keypad."""

    kind = HiddenField()
    iin = StringField(_("IIN, 12 digits"), filters=[_clean])
    document_number = StringField(_("Document number"), filters=[_clean])


@door.get("/identify")
@step("identify")
def identify() -> Any:
    """Ask for the card, or for the kind of document and its numbers."""
    kind = request.args.get("kind", "")
    if kind == "other":
        return render_template("patient/other_document.html")
    return _page(kind if kind in NUMBER_FORMS else IDENTITY_CARD, request.args.get("again", ""))


@door.post("/identify")
def identified() -> Any:
    """Take a scan or typed numbers, ask the registers, and go on; whatever is wrong is said, nothing is lost."""
    present_visit()
    if "key" in request.form:
        return _press(request.form["key"])
    if request.form.get("scan"):
        note_scan()
    try:
        reading, basis = _read()
        _settle_who(reading)
        return _ask(reading, basis)
    except HERE_ERRORS as error:
        return _again(error)


def _page(kind: str, again: str) -> Any:
    now = visit()
    draft = dict(now.draft) if now else {}
    form = NumberForm(formdata=None, data={**draft, "kind": kind})
    return _shown(form, kind, again)


def _shown(form: NumberForm, kind: str, again: str) -> Any:
    return render_template("patient/identify.html", form=form, kind=kind, again=again, problem=problem(again))


def refreshed() -> Any:
    """The page again with what was typed and one sentence: its token was stale, so nothing was believed."""
    form = NumberForm()
    kind = form.kind.data if form.kind.data in NUMBER_FORMS else IDENTITY_CARD
    return _shown(form, kind, "stale")


def _read() -> tuple[Reading, Basis]:
    if "scan" in request.form:
        raw = request.form["scan"]
        if len(raw.encode(errors="replace")) > LONGEST_SCAN:
            raise CardUnreadable
        return read_scan(raw, here().now.date()), Basis(CARD_PRESENTED)
    return _typed(), Basis(NUMBER_TYPED)


def _typed() -> Reading:
    form = NumberForm()
    typed = {"iin": form.iin.data, "document_number": form.document_number.data}
    kind = form.kind.data
    if kind not in NUMBER_FORMS:
        kind = PASSPORT if typed["document_number"].startswith("N") else IDENTITY_CARD
    if kind == PASSPORT and typed["document_number"].isdigit():
        typed["document_number"] = "N" + typed["document_number"]
    g.visit.draft = {**typed, "kind": kind}
    if not is_iin(typed["iin"]) and not names_no_century(typed["iin"]):
        raise NumberWrong("iin")
    if not typed["document_number"]:
        raise DocumentNumberNeeded
    if not NUMBER_FORMS[kind].fullmatch(typed["document_number"]):
        raise NumberWrong("document_number")
    return Reading(kind, typed["iin"], typed["document_number"], None)


def _settle_who(reading: Reading) -> None:
    """Another person ends the running visit first, and begins anew."""
    now = visit()
    if now is not None and now.actor is not None and now.actor.iin != reading.iin:
        forget()
        begin(Visit(g.language))
    if reading.kind == BARCODE and g.visit.actor is None:
        g.visit.draft = {"iin": reading.iin, "document_number": "", "kind": IDENTITY_CARD}
        raise DocumentNumberNeeded


def _ask(reading: Reading, basis: Basis) -> Any:
    if _is_known(reading, basis):
        return go(journey.first_unfinished(visit(), held() is not None))
    with transaction() as work:
        limits.count_try(work, here().kiosk.id, here().settings.tries_per_ten_minutes, here().now)
    try:
        if names_no_century(reading.iin):
            raise ForeignNumber
        answer = persons().find_person(reading.iin, basis)
        person = judge(reading, answer, here().now.date())
    except (Obstacle, Refusal) as reason:
        typed = g.visit.draft
        g.visit.forget_person()
        g.visit.draft, g.visit.stop = typed, stop_for(reason)
        save()
        return go("attachment")
    _welcome_person(person, basis, answer.message_id if answer else "")
    return go("attachment" if g.visit.ticket is None else "ticket")


def _is_known(reading: Reading, basis: Basis) -> bool:
    """Whether this scan tells nothing new: the same person, and no better proof than before."""
    now = visit()
    if now is None or now.actor is None or now.attached is None:
        return False
    return now.by_card or basis.kind == NUMBER_TYPED or reading.kind == BARCODE


def _welcome_person(person: Person, basis: Basis, message_id: str) -> None:
    """Remember who identified; somebody who only adds the card to a typed number loses nothing."""
    if g.visit.attached is None:
        g.visit.forget_person()
        g.visit.actor, g.visit.identified_at = person, here().now
        g.visit.children = children_of(person, basis)
    g.visit.basis, g.visit.draft = basis, {}
    g.visit.messages.append(message_id)
    with transaction() as work:
        record(work, "identified", "identify")
        keep(work)
    if not person.children and g.visit.attached is None:
        look_up(person)


def _again(error: Obstacle) -> Any:
    save()
    field = f"_{error.field}" if isinstance(error, NumberWrong) else ""
    return go("identify", again=f"{type(error).__name__}{field}", kind=g.visit.draft.get("kind") or None)


def _press(key: str) -> Any:
    """One key of the screen's keypad where the page has no JavaScript: the server types."""
    form = NumberForm()
    draft = {"iin": form.iin.data, "document_number": form.document_number.data}
    into = "iin" if len(draft["iin"]) < 12 else "document_number"
    if key == "back":
        into = "document_number" if draft["document_number"] else "iin"
        draft[into] = draft[into][:-1]
    elif key == "clear":
        draft = {"iin": "", "document_number": ""}
    elif key.isascii() and key.isdigit() and len(key) == 1:
        draft[into] = (draft[into] + key)[:12]
    g.visit.draft = {**draft, "kind": request.form.get("kind", "")}
    save()
    return go("identify", kind=g.visit.draft["kind"] or None)


@door.get("/notice")
def notice() -> Any:
    """Which data are asked for, and why: the text behind the one sentence on /identify."""
    return render_template("patient/notice.html")


@door.get("/document")
def document() -> Any:
    """The digital document: not yet at this kiosk, said so."""
    return render_template("patient/document.html")
