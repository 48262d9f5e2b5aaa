"""What templates say of numbers, days, times and places: the words of `speech` in the language of the page."""

from datetime import date, datetime
from typing import Any

from flask_babel import get_locale

from kiosk.accessibility import speech


def day(value: date, today: date | None = None, year: bool = False) -> str:
    """A date as a name, with its weekday."""
    return speech.spell_date(value, _language(), today, with_year=year)


def moment(value: datetime, today: date | None = None) -> str:
    """When an appointment is: weekday, date and time in one breath."""
    return speech.spell_moment(value, _language(), today)


def hour(value: datetime) -> str:
    """A time of the day as a name."""
    return speech.spell_time(value.time(), _language(), at=False)


def place(room: str, floor: int) -> str:
    """Room and floor."""
    return f"{speech.spell_room(room, _language())}, {speech.spell_floor(floor, _language())}"


def district(number: str) -> str:
    """A district of the clinic."""
    return speech.spell_district(number, _language())


def digits(text: str) -> str:
    """A number digit by digit, in groups."""
    return speech.spell_digits(text, _language())


def number(value: int) -> str:
    """A whole number."""
    return speech.spell_number(value, _language())


def ordinal(value: int) -> str:
    """Which one in a row."""
    return speech.spell_ordinal(value, _language())


def count(value: int, noun: Any) -> str:
    """How many of a thing that the voice can count."""
    return speech.spell_count(value, noun, _language())


def initial(name: str) -> str:
    """The first letter of a name, as it is called."""
    return speech.letter_name(name[:1], _language())


def _language() -> str:
    return str(get_locale() or "kk")
