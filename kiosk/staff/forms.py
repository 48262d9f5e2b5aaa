"""What the desks' forms share: rules with their words, names in three languages, noticing that somebody was faster."""

import json
from hashlib import sha256
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from kiosk.clinic.names import LANGUAGES

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
IN_LANGUAGE = {"kk": _("in Kazakh"), "ru": _("in Russian"), "en": _("in English")}


needed = InputRequired(_("Please fill this in."))


def number(least: int, most: int) -> NumberRange:
    """A whole number from `least` to `most`."""
    return NumberRange(least, most, _("This number is not possible."))


def at_most(signs: int) -> Length:
    """A text of at most `signs` signs."""
    return Length(max=signs, message=_("This is too long."))


class SeenForm(FlaskForm):  # type: ignore[misc]
    """A form that knows the state its values were read in."""

    seen = HiddenField()

    def was_overtaken(self, present: dict[str, Any]) -> bool:
        """Whether what is stored differs from what this form was made from; it then takes the new state as seen."""
        fresh = fingerprint(present)
        overtaken: bool = self.seen.data != fresh
        self.seen.data = fresh
        return overtaken


def fingerprint(plain: dict[str, Any]) -> str:
    """Twenty digits that change with the content."""
    return sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:20]


def stripped(typed: str | None) -> str:
    """What was typed, without the white space around and doubled inside."""
    return " ".join((typed or "").split())


def text_field(label: Any, longest: int = 200, required: bool = False) -> Any:
    """One line of text, at most `longest` characters."""
    rules = [needed, at_most(longest)] if required else [at_most(longest)]
    return StringField(label, validators=rules, filters=[stripped])


def three_fields(name: str, label: Any, longest: int = 200, required: bool = True) -> dict[str, Any]:
    """A field for each language: name_kk, name_ru, name_en; where one is filled in, all must be."""
    made = {}
    for code in LANGUAGES:
        made[f"{name}_{code}"] = text_field(
            _("%(what)s, %(language)s", what=label, language=IN_LANGUAGE[code]), longest, required
        )
    return made


def names_from(form: Any, name: str) -> dict[str, str]:
    """The three texts of `three_fields`, as Names has them."""
    return {code: form[f"{name}_{code}"].data or "" for code in LANGUAGES}


def show_names(form: Any, name: str, plain: dict[str, str] | None) -> None:
    """Fill `three_fields` with what is stored."""
    for code in LANGUAGES:
        form[f"{name}_{code}"].data = (plain or {}).get(code, "")


def all_or_none(form: Any, name: str) -> bool:
    """Whether the three texts are all there or all empty; marks those that are missing."""
    texts = names_from(form, name)
    if not any(texts.values()) or all(texts.values()):
        return True
    for code, text in texts.items():
        if not text:
            form[f"{name}_{code}"].errors = [gettext("Say it in all three languages, or in none.")]
    return False
