"""What an entry of the journal says was changed or looked at, in the reader's words; what has no words stays a code."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from kiosk.clinic.names import LANGUAGES
from kiosk.staff.building_form import FACT_NAMES
from kiosk.staff.kiosks import PART_NAMES
from kiosk.staff.people import ROLE_NAMES
from kiosk.staff.settings_form import KNOWN, OWN

# What `what` begins with (whose number or code follows), what it ends with, and how that is said.
WHAT = (
    ("call", "", _("Call for help")),
    ("kiosk", "", _("Kiosk")),
    ("kiosk", "code", _("One-time code")),
    ("kiosk", "device", _("Enrolment of the kiosk")),
    ("kiosk", "service", _("Out of service")),
    ("kiosk", "errors", _("Errors of the kiosk seen to")),
    ("kiosk", "self-test", _("Self-test")),
    ("kiosk", "settings", _("Settings of the kiosk")),
    ("kiosk", "keys", _("Keys of the keypad")),
    ("building", "settings", _("Settings of the building")),
    ("building", "keys", _("Keys of the keypad")),
    ("organisation", "settings", _("Settings of the clinic")),
    ("organisation", "keys", _("Keys of the keypad")),
    ("building", "", _("Building")),
    ("organisation", "", _("Clinic")),
    ("sample document", "", _("Sample document")),
    ("doctor", "", _("Doctor")),
    ("district", "", _("District No.")),
    ("schedule of doctor", "", _("Schedule")),
    ("file of doctors", "", _("Doctors taken over from a file")),
    ("file of schedules", "", _("Schedules taken over from a file")),
    ("local list", "", _("List of people")),
    ("current local list", "", _("List of people that holds")),
    ("staff member", "", _("Staff account")),
    ("staff member", "secrets", _("New secrets")),
    ("entry", "", _("Kept as an extra visit, entry")),
    ("doubted document", "", _("Doubted document")),
    ("journal entry", "", _("Person of a journal entry")),
    ("journal export", "", _("Export of the journal")),
    ("figures export", "", _("Export of the figures")),
    ("day list", "", _("Day lists on paper")),
    ("to_tell", "", _("Names of those to tell")),
    ("schedules", "", _("Names of those to move")),
    ("import preview", "", _("Preview of a list of people")),
    ("window", "", _("Person who is acted for")),
)
FACTS: Mapping[str, Any] = {
    "names": _("Name"),
    "address": _("Address"),
    "phones": _("Phones"),
    "zone": _("Time zone"),
    "hours": _("Opening hours"),
    "facts": _("Accessibility of the building (standard, row 10)"),
    "rooms": _("Rooms and windows"),
    "settings": _("Settings"),
    "ways": _("Ways from the kiosk"),
    "building": _("Building"),
    "building_id": _("Building"),
    "kind": _("Kind of doctor"),
    "room": _("Room"),
    "floor": _("Floor"),
    "is_active": _("Active"),
    "substitute_id": _("Substitute"),
    "rules": _("Shifts"),
    "absences": _("Absences"),
    "state": _("State"),
    "status": _("State"),
    "taken_by": _("Who"),
    "day": _("Day"),
    "days": _("Day"),
    "reason": _("Reason"),
    "opens": _("From"),
    "closes": _("To"),
    "titles": _("Name"),
    "texts": _("Text"),
    "login": _("Login"),
    "role": _("Role"),
    "version": _("Version"),
    "as_of": _("List of the day"),
    "errors": _("Errors"),
    "rows": _("Rows"),
    "sha256": _("Checksum"),
    "sequence": _("No."),
    "people": _("People"),
    "doctors": _("Doctors"),
    "basis": _("Basis"),
    "out_of_service": _("Out of service"),
    "code": _("One-time code"),
    "enrolled": _("Enrolment of the kiosk"),
    "self-test": _("Self-test"),
    "test of the keys": _("Test of the keys"),
    "secrets": _("New secrets"),
    **{f"out_of_service_{code}": _("Message to patients") for code in LANGUAGES},
    **FACT_NAMES,
    **PART_NAMES,
}
VALUES = {
    "asked": _("Asked"),
    "seen": _("Seen"),
    "coming": _("Coming"),
    "done": _("Done"),
    "made": _("done"),
    "waiting": _("waits"),
    **{role.value: words for role, words in ROLE_NAMES.items()},
}


def what_words(what: str) -> str:
    """What was changed or looked at, with its number or name where it has one."""
    for begin, end, words in sorted(WHAT, key=lambda one: -len(one[0] + one[1])):
        found = re.fullmatch(rf"{begin}(?: (.*?))?{f' {end}' if end else ''}", what)
        if found:
            return f"{words} {found[1]}" if found[1] else str(words)
    return what


def fact_words(name: str) -> str:
    """What one fact is called."""
    if name in FACTS:
        return str(FACTS[name])
    return str(KNOWN[name].words) if name in KNOWN else what_words(name)


def change_rows(details: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What changed, before and after, fact by fact; what was only looked at has no before."""
    before, after = details.get("before") or {}, details.get("after") or {}
    for name in {**before, **after}:
        yield fact_words(name), value_words(before.get(name)), value_words(after.get(name))
    if not after:
        yield from ((fact_words(name), "", value_words(value)) for name, value in details.items() if name in FACTS)


def value_words(value: Any) -> str:
    """A value as people read it: yes and no, the languages by their names, lists with commas."""
    if value is None or value == "" or value == {} or value == []:
        return "—"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, Mapping):
        named = ((OWN.get(name) or fact_words(name), value_words(one)) for name, one in value.items())
        return "; ".join(f"{name}: {one}" for name, one in named)
    return ", ".join(value_words(one) for one in value) if isinstance(value, list) else str(VALUES.get(value, value))
