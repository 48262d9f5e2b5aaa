"""The journal as a table that leaves the house: each code, and what it is called in the reader's language."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from flask import get_template_attribute
from flask_babel import gettext

from kiosk.clinic import journal_search
from kiosk.clinic.journal_search import Scope, Wanted
from kiosk.database import db
from kiosk.staff.calls import step_names
from kiosk.staff.change_words import what_words
from kiosk.staff.settings_form import OWN

COLUMNS = (
    "sequence",
    "entry_number",
    "event",
    "at",
    "kiosk_id",
    "channel",
    "language",
    "basis",
    "ground",
    "text_version",
    "patient_ref",
    "actor_ref",
    "doctor_id",
    "starts_at",
    "seconds",
    "step",
    "hash",
    "details",
)
_CODED = {name: COLUMNS.index(name) for name in ("event", "channel", "language", "basis", "step")}
_SEALED = "paper"  # the number of a paper that was shown leaves the house under no seal
Names = Mapping[str, Mapping[Any, str]]


def heading() -> list[str]:
    """The codes' columns by their names in the database, then the words' columns in the reader's language."""
    words = [gettext("Outcome"), gettext("Channel"), gettext("Language"), gettext("Basis"), gettext("Step")]
    return [*COLUMNS, *words, gettext("Doctor"), gettext("Kiosk"), gettext("Who"), gettext("What")]


def rows(scope: Scope, wanted: Wanted, names: Names) -> Iterator[list[Any]]:
    """What was found, oldest first; `names` of doctors, kiosks and logins are those of the scope."""
    words = _words()
    for row in journal_search.all_of(db.session(), scope, wanted, COLUMNS):
        details = row[-1] or {}
        yield [
            *(_cell(value) for value in row[:-1]),
            json.dumps({key: value for key, value in details.items() if key != _SEALED}, ensure_ascii=False),
            *(words[name](row[place]) for name, place in _CODED.items()),
            names["doctors"].get(row[COLUMNS.index("doctor_id")], ""),
            names["kiosks"].get(row[COLUMNS.index("kiosk_id")], ""),
            names["logins"].get(details.get("staff"), ""),
            words["what"](details.get("what")),
        ]


def _words() -> dict[str, Callable[[Any], str]]:
    """For each coded column, what a code is called; each code is looked up once."""
    steps = step_names()
    macros: Sequence[tuple[str, str, str]] = (
        ("event", "event_name", "event_name"),
        ("channel", "event_name", "channel_name"),
        ("basis", "basis_name", "basis_name"),
    )
    said: dict[str, Callable[[Any], str]] = {
        name: get_template_attribute(f"components/staff/{file}.html", macro) for name, file, macro in macros
    }
    said |= {"language": lambda code: OWN.get(code, code), "step": lambda code: steps.get(code, code)}
    return {name: _once(word) for name, word in {**said, "what": what_words}.items()}


def _once(word: Callable[[Any], str]) -> Callable[[Any], str]:
    return cache(lambda code: str(word(code)).strip() if code else "")


def _cell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
