"""/staff/journal : search, day view, print and export of the preliminary booking journal; looking is journalled."""

from datetime import date, timedelta
from typing import Any

from flask import abort, g, render_template, request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from kiosk.clinic import journal_search
from kiosk.clinic.authority import open_number
from kiosk.clinic.journal import CHANNELS, EVENTS, JournalEntry
from kiosk.clinic.journal_search import Scope, Wanted
from kiosk.clinic.people import open_patient
from kiosk.clinic.staff import logins
from kiosk.clock import today
from kiosk.database import db, transaction
from kiosk.staff import journal_export
from kiosk.staff.acts import looked
from kiosk.staff.blueprint import door, keys
from kiosk.staff.change_words import change_rows, what_words
from kiosk.staff.exports import download, export, kind_asked
from kiosk.staff.scope import scope_of_mine


@door.get("/journal", endpoint="journal")
def journal_page() -> Any:
    """The entries found, newest first; without a filter, the newest of all."""
    scope, wanted = scope_of_mine(), wanted_from(request.args)
    before = _number(request.args.get("before", ""))
    entries, older = journal_search.page_of(db.session(), scope, wanted, before)
    return render_template(
        "staff/journal.html",
        entries=entries,
        older=entries[-1].sequence if older else None,
        wanted=wanted,
        today=today(scope.zone),
        one_day=timedelta(days=1),
        query={name: value for name, value in request.args.items() if value and name != "before"},
        **_names(scope),
    )


@door.get("/journal/<int:sequence>")
def journal_entry(sequence: int) -> Any:
    """One entry with all its facts; the person it speaks of stays masked."""
    return _entry_page(_entry(sequence), {})


@door.post("/journal/<int:sequence>/person")
def journal_person(sequence: int) -> Any:
    """Show the person, once, in this answer: there is no address to come back to without being journalled again."""
    entry = _entry(sequence)
    shown = _people_of(entry)
    with transaction() as work:
        looked(work, "journal entry", sequence=sequence, patient=entry.patient_ref)
    return _entry_page(_entry(sequence), shown)


def _people_of(entry: JournalEntry) -> dict[str, Any]:
    """The patient, who acted for them, and the number of the paper that person showed."""
    refs = {"person": entry.patient_ref, "actor": entry.actor_ref if entry.actor_ref != entry.patient_ref else None}
    found = {name: journal_search.person_of(db.session(), ref) for name, ref in refs.items()}
    shown: dict[str, Any] = {name: open_patient(keys(), one) for name, one in found.items() if one}
    if "paper" in entry.details:
        shown["paper"] = open_number(keys(), entry.details["paper"], str(entry.patient_ref))
    return shown


@door.post("/journal/export", endpoint="journal_export")
def journal_exported() -> Any:
    """What was found as CSV or XLSX without personal data; the journal keeps who took what, with its checksum."""
    scope, wanted = scope_of_mine(), wanted_from(request.form)
    made = export(kind_asked(), journal_export.heading(), journal_export.rows(scope, wanted, _names(scope)))
    with transaction() as work:
        looked(work, "journal export", rows=made.rows, sha256=made.sha256)
    return download(made, "journal")


def wanted_from(form: MultiDict[str, str]) -> Wanted:
    """The filter that a form or address names; what cannot be read is left out."""
    day = _day(form.get("day", ""))
    channel, event = form.get("channel", ""), form.get("event", "")
    return Wanted(
        first=day or _day(form.get("first", "")),
        last=day or _day(form.get("last", "")),
        doctor_id=_number(form.get("doctor", "")),
        channel=channel if channel in CHANNELS else "",
        event=event if event in EVENTS else "",
        number=_number(form.get("number", "")),
    )


def channel_words() -> dict[str, str]:
    """What the channels are called at the desks."""
    return {
        "kiosk": gettext("kiosk"),
        "window": gettext("window"),
        "phone": gettext("phone"),
        "staff": gettext("staff door"),
        "command": gettext("command line"),
        "demo": gettext("demo"),
    }


def _entry(sequence: int) -> JournalEntry:
    found = journal_search.find_entry(db.session(), scope_of_mine(), sequence)
    return found or abort(403)


def _entry_page(entry: JournalEntry, shown: dict[str, Any]) -> str:
    what = entry.details.get("what", "")
    changes = {"what": what_words(what), "code": what, "rows": list(change_rows(entry.details))} if what else None
    return render_template(
        "staff/journal_entry.html", entry=entry, shown=shown, changes=changes, **_names(scope_of_mine())
    )


def _names(scope: Scope) -> dict[str, Any]:
    session = db.session()
    return {
        "doctors": {one.id: one.names.in_(g.language) for one in journal_search.doctors_of(session, scope)},
        "kiosks": {one.id: one.names.in_(g.language) for one in journal_search.kiosks_of(session, scope)},
        "logins": logins(session, scope.organisation_id),
        "zone": scope.zone,
        "events": EVENTS,
        "channels": CHANNELS,
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
