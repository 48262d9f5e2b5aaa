"""What the desks' forms say when something typed cannot be."""

from flask_babel import lazy_gettext as _
from wtforms.validators import InputRequired, Length, NumberRange

required = InputRequired(_("Please fill this in."))


def number(least: int, most: int) -> NumberRange:
    """A whole number from `least` to `most`."""
    return NumberRange(least, most, _("This number is not possible."))


def at_most(signs: int) -> Length:
    """A text of at most `signs` signs."""
    return Length(max=signs, message=_("This is too long."))
