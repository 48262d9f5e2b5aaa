"""/identify : the card on the reader, or the numbers on it; who is this?"""

import re
from typing import Any

from flask import g, render_template, request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from kiosk.clinic.identity import (
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
    NumberWrong,
    Obstacle,
    TooManyTries,
)
from kiosk.clinic.ports import CARD_PRESENTED, NUMBER_TYPED, Basis
from kiosk.patient.apologies import problem
from kiosk.patient.blueprint import door, go, step
from kiosk.patient.document import presented
from kiosk.patient.heartbeat import note_scan
from kiosk.patient.here import here, present_visit, save, visit
from kiosk.patient.identification import ask, settle_who
from kiosk.patient.standing import kept

LONGEST_SCAN = 4096
NUMBER_FORMS = {IDENTITY_CARD: re.compile(r"[0-9]{9}"), PASSPORT: re.compile(r"N[0-9]{7,8}")}
MISTAKEN = {
    "NumberWrong_iin": "iin",
    "NumberWrong_document_number": "document_number",
    "DocumentNumberNeeded": "document_number",
}
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
    shown = presented(request.form.get("scan", "")[:LONGEST_SCAN])
    if shown is not None:
        return shown
    try:
        reading, basis = _read()
        settle_who(reading)
        return ask(reading, basis)
    except HERE_ERRORS as error:
        return _again(error)


def _page(kind: str, again: str) -> Any:
    now = visit()
    draft = dict(now.draft) if now else {}
    form = NumberForm(formdata=None, data={**draft, "kind": kind})
    return _shown(form, kind, again)


def _shown(form: NumberForm, kind: str, again: str) -> Any:
    return render_template(
        "patient/identify.html", form=form, kind=kind, mistaken=MISTAKEN.get(again, ""), problem=problem(again)
    )


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


def _again(error: Obstacle) -> Any:
    save()
    field = f"_{error.field}" if isinstance(error, NumberWrong) else ""
    return go("identify", again=f"{type(error).__name__}{field}", kind=g.visit.draft.get("kind") or None)


def _press(key: str) -> Any:
    """One key of the screen's keypad where the page has no JavaScript: the server types."""
    form = NumberForm()
    draft = {"iin": form.iin.data, "document_number": form.document_number.data}
    typed = _typed_into(draft, key, MISTAKEN.get(request.form.get("again", "")))
    g.visit.draft = {**typed, "kind": request.form.get("kind", "")}
    save()
    return go("identify", **kept(request.form))


def _typed_into(draft: dict[str, str], key: str, mistaken: str | None) -> dict[str, str]:
    """The two numbers after one key, which goes to the mistaken one, else to the first that is not whole."""
    into = mistaken or ("iin" if len(draft["iin"]) < 12 else "document_number")
    if key == "back":
        into = mistaken or ("document_number" if draft["document_number"] else "iin")
        return {**draft, into: draft[into][:-1]}
    if key == "clear":
        return {**draft, mistaken: ""} if mistaken else {"iin": "", "document_number": ""}
    digit = key if key.isascii() and key.isdigit() and len(key) == 1 else ""
    return {**draft, into: (draft[into] + digit)[:12]}


@door.get("/notice")
def notice() -> Any:
    """Which data are asked for, and why: the text behind the one sentence on /identify."""
    return render_template("patient/notice.html")
