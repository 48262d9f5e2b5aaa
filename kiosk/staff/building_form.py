"""The form of a building: names, hours of seven days, and the five things of the standard's row 10."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, TextAreaField, TimeField
from wtforms.validators import Length, Optional

from kiosk.clinic.buildings import FACTS, ZONES
from kiosk.clinic.rooms import LONGEST, read_rooms, read_windows, written
from kiosk.staff.forms import (
    WEEKDAYS,
    SeenForm,
    all_or_none,
    fingerprint,
    names_from,
    show_names,
    text_field,
    three_fields,
)

FACT_NAMES = {
    "ramp": _("Ramp"),
    "call_button": _("Call button"),
    "tactile_path": _("Tactile path"),
    "waiting_hall": _("Waiting hall"),
    "sample_documents": _("Stand with sample documents"),
}
MOST_SIGNS = 10_000
ANSWERS = [("", _("not said")), ("yes", _("yes")), ("no", _("no"))]


class _Hours(SeenForm):
    def validate(self, extra_validators: Any = None) -> bool:
        """Every field by its own rules, then hours in pairs and descriptions in all languages."""
        fields = bool(super().validate(extra_validators))
        hours = [self._day_is_right(weekday) for weekday in range(7)]
        facts = [all_or_none(self, f"about_{name}") for name in FACTS]
        return fields and all(hours) and all(facts) and self._rooms_are_right()

    def _rooms_are_right(self) -> bool:
        """Every line of both lists, and the window for help among the windows where there is a list of them."""
        for name, read in (("rooms", read_rooms), ("windows", read_windows)):
            try:
                read(self[name].data or "")
            except ValueError as wrong:
                self[name].errors = [gettext("This line cannot be, or stands there twice: %(line)s", line=wrong)]
                return False
        return True

    def _day_is_right(self, weekday: int) -> bool:
        opens, closes = self[f"opens_{weekday}"], self[f"closes_{weekday}"]
        if opens.data is None and closes.data is None and not opens.errors and not closes.errors:
            return True
        if opens.data and closes.data and opens.data < closes.data:
            return True
        closes.errors = [gettext("Both times, the first before the second; or none on a day off.")]
        return False


def _lines(label: Any) -> Any:
    return TextAreaField(label, validators=[Length(max=MOST_SIGNS, message=_("This is too long."))])


def _building_fields() -> dict[str, Any]:
    fields: dict[str, Any] = {
        **three_fields("names", _("Name")),
        **three_fields("address", _("Address")),
        "zone": SelectField(_("Time zone"), choices=[(zone, zone.split("/")[1]) for zone in ZONES]),
        "phones": text_field(_("Telephones")),
        "tell": SelectField(_("Has the building moved? Then booked patients hear of it"), choices=ANSWERS, default=""),
        "help_window": text_field(_("Window where help is found"), LONGEST),
        "rooms": _lines(_("Rooms, one in a line with the floor after a comma: 203, 2")),
        "windows": _lines(_("Windows, one in a line")),
    }
    for weekday, name in enumerate(WEEKDAYS):
        fields[f"opens_{weekday}"] = TimeField(_("%(day)s, opens", day=name), validators=[Optional()])
        fields[f"closes_{weekday}"] = TimeField(_("%(day)s, closes", day=name), validators=[Optional()])
    for name, words in FACT_NAMES.items():
        fields[f"has_{name}"] = SelectField(words, choices=ANSWERS)
        fields |= three_fields(f"about_{name}", words, 300, required=False)
    return fields


BuildingForm: Any = type("BuildingForm", (_Hours,), _building_fields())
OrganisationForm: Any = type(
    "OrganisationForm",
    (SeenForm,),
    {
        **three_fields("names", _("Name")),
        **three_fields("address", _("Address")),
        "phones": text_field(_("Telephones")),
    },
)


def show(form: Any, plain: Mapping[str, Any]) -> None:
    """Fill the form with a building's values, and remember which they were."""
    show_names(form, "names", plain["names"])
    show_names(form, "address", plain["address"])
    form.zone.data, form.phones.data = plain["zone"], plain["phones"]
    form.help_window.data = plain["settings"].get("help_window", "")
    form.rooms.data = written(plain["rooms"].get("rooms", {}))
    form.windows.data = "\n".join(plain["rooms"].get("windows", []))
    for weekday, usual in enumerate(plain["hours"]):
        for name, text in zip(("opens", "closes"), usual or ("", ""), strict=True):
            form[f"{name}_{weekday}"].process_formdata([text] if text else [])
    for name in FACTS:
        fact = plain["facts"].get(name)
        form[f"has_{name}"].data = "" if fact is None else "yes" if fact["has"] else "no"
        show_names(form, f"about_{name}", (fact or {}).get("about"))
    form.seen.data = fingerprint(dict(plain))


def values_of(form: Any, settings: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as `plain_building` has it; other settings of the building stay."""
    kept = {name: value for name, value in settings.items() if name != "help_window"}
    window = {"help_window": form.help_window.data} if form.help_window.data else {}
    return {
        "names": names_from(form, "names"),
        "address": names_from(form, "address"),
        "zone": form.zone.data,
        "phones": form.phones.data,
        "hours": [_hours(form, weekday) for weekday in range(7)],
        "facts": {name: _fact(form, name) for name in FACTS if form[f"has_{name}"].data},
        "rooms": _rooms(form),
        "settings": {**kept, **window},
    }


def _rooms(form: Any) -> dict[str, Any]:
    rooms, windows = read_rooms(form.rooms.data or ""), read_windows(form.windows.data or "")
    return {name: listed for name, listed in (("rooms", rooms), ("windows", windows)) if listed}


def _hours(form: Any, weekday: int) -> list[str] | None:
    opens, closes = form[f"opens_{weekday}"].data, form[f"closes_{weekday}"].data
    return [opens.strftime("%H:%M"), closes.strftime("%H:%M")] if opens and closes else None


def _fact(form: Any, name: str) -> dict[str, Any]:
    about = names_from(form, f"about_{name}")
    words = {"about": about} if any(about.values()) else {}
    return {"has": form[f"has_{name}"].data == "yes", **words}
