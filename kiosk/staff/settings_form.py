"""The form over KioskSettings: one field for each, empty where the value of the layer above shall hold."""

from dataclasses import Field as Setting
from dataclasses import dataclass, fields
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DecimalField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from kiosk.accessibility.preferences import TEXT_SIZES, THEMES
from kiosk.clinic.kiosk_settings import (
    ATTACHMENT,
    BOOK,
    CHANGE,
    FALLBACK,
    FREE_TIMES,
    GATEWAY,
    LOCAL,
    KioskSettings,
)
from kiosk.staff.forms import SeenForm, stripped, text_field

SAID_ELSEWHERE = (
    "keypad",
    "keypad_keys",
    "out_of_service",
    "out_of_service_kk",
    "out_of_service_ru",
    "out_of_service_en",
)
OWN = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
YES_NO = (("yes", _("yes")), ("no", _("no")))


@dataclass(frozen=True)
class Known:
    """How one setting is asked for: its words, choices or range, and which group it stands in."""

    words: Any
    group: str
    choices: tuple[tuple[str, Any], ...] = ()
    least: float = 0
    most: float = 10**6


GROUPS = {
    "look": _("Look and language"),
    "glass": _("Glass"),
    "time": _("Times"),
    "service": _("Service"),
    "doctors": _("Doctors"),
    "registers": _("State registers"),
    "other": _("Other"),
}
THEME_WORDS = {
    "default": _("calm"),
    "black-on-white": _("black on white"),
    "white-on-black": _("white on black"),
    "soft": _("soft"),
}
SERVICE_WORDS = {
    FREE_TIMES: _("see free times"),
    BOOK: _("book"),
    CHANGE: _("move and cancel"),
    ATTACHMENT: _("check the attachment"),
}
ALL_DOCTORS = _("all doctors of the clinic")
# What may be ticked several times; the doctors are filled in for each clinic.
MANY: dict[str, tuple[tuple[Any, Any], ...]] = {
    "languages": tuple(OWN.items()),
    "services": tuple(SERVICE_WORDS.items()),
    "doctors": (),
}
KNOWN = {
    "services": Known(_("Services offered"), "service"),
    "doctors": Known(_("Doctors offered; none ticked: as above"), "doctors"),
    "voice": Known(_("Voice"), "look", (("off", _("when a person asks for it")), ("speaker", _("from the start")))),
    "invite": Known(_("Invite passers-by aloud in the first screen"), "look"),
    "speaker_level": Known(
        _("Loudspeaker: decibels louder or softer, so that usual speech is 65 dB before the kiosk"),
        "look",
        least=-40,
        most=16,
    ),
    "headphones_level": Known(
        _("Headphones: decibels louder or softer, so that usual speech is 65 dB at the ear"), "look", least=-40, most=16
    ),
    "languages": Known(_("Languages offered"), "look"),
    "default_language": Known(_("First language"), "look", tuple(OWN.items())),
    "text_size": Known(_("Text size"), "look", tuple((str(size), str(size)) for size in TEXT_SIZES)),
    "theme": Known(_("Colours"), "look", tuple((theme, THEME_WORDS.get(theme, theme)) for theme in THEMES)),
    "panel_inches": Known(_("Diagonal, inches"), "glass", least=5, most=100),
    "panel_width": Known(_("Pixels across"), "glass", least=320, most=10000),
    "panel_height": Known(_("Pixels down"), "glass", least=320, most=10000),
    "panel_distance": Known(_("Viewing distance, millimetres"), "glass", least=200, most=3000),
    "panel_mounting": Known(
        _("Height of the middle of the glass above the floor, millimetres; 0 where not measured"), "glass", most=2500
    ),
    "idle": Known(_("Seconds until the kiosk asks whether somebody is there"), "time", least=120, most=300),
    "idle_grace": Known(_("Seconds to answer that question"), "time", least=20, most=45),
    "help_escalation": Known(_("Seconds until a call alarms every desk"), "time", least=10, most=1800),
    "help_patience": Known(_("Seconds until a call counts as unanswered"), "time", least=30, most=1800),
    "horizon_days": Known(_("Days ahead that can be booked"), "time", least=1, most=90),
    "notice_minutes": Known(_("Minutes before a visit that can still be booked"), "time", least=0, most=1440),
    "help_window": Known(_("Window where help is found"), "service"),
    "age_border": Known(_("Age from which adult doctors see a patient"), "service", least=14, most=18),
    "print_format": Known(_("Paper"), "service", (("slip", _("slip")), ("a4", "A4"))),
    "paper": Known(_("There is paper"), "service"),
    "consent_on_every_path": Known(_("Ask for consent on every path"), "service"),
    "number_may_change_earlier": Known(_("A typed number may change earlier bookings"), "service"),
    "tries_per_ten_minutes": Known(_("Identifications in ten minutes"), "service", least=1, most=100000),
    "closed_outside_hours": Known(_("Close the kiosk outside opening hours"), "service"),
    "bring": Known(_("What to bring"), "service", (("identity_document", _("identity document")),)),
    "registers": Known(
        _("Where people are looked up"),
        "registers",
        (
            (GATEWAY, _("state registers")),
            (LOCAL, _("the clinic's own list")),
            (FALLBACK, _("state registers, the own list in an outage")),
        ),
    ),
    "operator_bin": Known(_("Business number (BIN) of the clinic"), "registers"),
    "digital_documents": Known(_("Digital documents"), "registers"),
    "code_digits": Known(_("Digits of a one-time code"), "registers", least=4, most=8),
    "code_minutes": Known(_("Minutes a one-time code is valid"), "registers", least=1, most=60),
    "code_tries": Known(_("Tries for a one-time code"), "registers", least=1, most=10),
    "code_resend_seconds": Known(_("Seconds until a code can be sent again"), "registers", least=10, most=600),
    "code_sends": Known(_("How often a code can be sent"), "registers", least=1, most=10),
}


def settings_asked() -> list[Setting[Any]]:
    """The settings that this form asks for, in the order of KioskSettings."""
    return [one for one in fields(KioskSettings) if one.name not in SAID_ELSEWHERE]


def known(name: str) -> Known:
    """How to ask for this setting; one without words of its own is asked for by its name."""
    return KNOWN.get(name) or Known(name.replace("_", " ").capitalize(), "other")


def grouped() -> dict[str, list[str]]:
    """The names of the settings by group, empty groups left out."""
    names = {group: [one.name for one in settings_asked() if known(one.name).group == group] for group in GROUPS}
    return {group: inside for group, inside in names.items() if inside}


def worded(name: str, value: Any) -> Any:
    """A value as the form's choices call it; what has no words of its own stays as it is."""
    if isinstance(value, bool):
        return dict(YES_NO)["yes" if value else "no"]
    if isinstance(value, tuple | list):
        known_words = {**OWN, **{code: str(words) for code, words in SERVICE_WORDS.items()}}
        return ", ".join(known_words.get(one, "") for one in value) if name != "doctors" else len(value) or ALL_DOCTORS
    return dict(known(name).choices).get(str(value), value)


def _field(one: Setting[Any]) -> Any:
    how = known(one.name)
    if isinstance(one.default, tuple):
        return SelectMultipleField(
            how.words,
            choices=list(MANY[one.name]),
            coerce=int if one.name == "doctors" else str,
            option_widget=CheckboxInput(),
            widget=ListWidget(prefix_label=False),
        )
    choices = YES_NO if isinstance(one.default, bool) else how.choices
    if choices:
        return SelectField(how.words, choices=[("", _("as above")), *choices])
    if isinstance(one.default, int | float):
        return _number(how, isinstance(one.default, int))
    return text_field(how.words, 100)


def _number(how: Known, whole: bool) -> Any:
    message = _("A number from %(least)s to %(most)s.", least=f"{how.least:g}", most=f"{how.most:g}")
    rules = [Optional(), NumberRange(how.least, how.most, message)]
    return (IntegerField if whole else DecimalField)(how.words, validators=rules)


SettingsForm: Any = type("SettingsForm", (SeenForm,), {one.name: _field(one) for one in settings_asked()})


def show(form: Any, overrides: dict[str, Any]) -> None:
    """Fill the form with what one layer says of its own."""
    for one in settings_asked():
        form[one.name].data = _shown(one, overrides.get(one.name))


def _shown(one: Setting[Any], value: Any) -> Any:
    if isinstance(one.default, tuple):
        return list(value or [])
    if isinstance(value, bool):
        return "yes" if value else "no"
    if known(one.name).choices or isinstance(one.default, str):
        return "" if value is None else str(value)
    return value


def overrides_from(form: Any, present: dict[str, Any]) -> dict[str, Any]:
    """What was typed as a layer's overrides; what is said elsewhere stays as it is."""
    typed = {one.name: _value(one, form[one.name].data) for one in settings_asked()}
    kept = {name: value for name, value in present.items() if name in SAID_ELSEWHERE}
    return {**kept, **{name: value for name, value in typed.items() if value is not None}}


def _value(one: Setting[Any], typed: Any) -> Any:
    if typed in (None, "", []):
        return None
    if isinstance(one.default, bool):
        return typed == "yes"
    if isinstance(one.default, tuple):
        return list(typed)
    if isinstance(one.default, int):
        return int(typed)
    return float(typed) if isinstance(one.default, float) else stripped(typed)
