"""English sentences: dates, ordinals, doors and emergency numbers."""

import re

from kiosk.accessibility.speech import en
from kiosk.accessibility.speech.letters import letter_name
from kiosk.accessibility.speech.numbers import spell_digits

_MONTH = "|".join(en.MONTHS)
_WEEKDAY = "|".join(en.WEEKDAYS)
_YEAR = r"(?:,?\s([0-9]{4})(?![0-9]))?"
_ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}


def say_numbers(text: str) -> str:
    """Say numbers as a loudspeaker would: the sixteenth of December, room two hundred and five."""
    text = re.sub(rf"\b({_WEEKDAY})\s?[-–—]\s?({_WEEKDAY})\b", r"\1 to \2", text)
    text = re.sub(rf"\b(the )?([0-9]{{1,2}})(?:st|nd|rd|th)?( of)? ({_MONTH}){_YEAR}", _day, text)
    text = re.sub(rf"\b({_MONTH}) ([0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9]){_YEAR}", _american_day, text)
    text = re.sub(r"\b([0-9]{1,6})(?:st|nd|rd|th)\b", lambda at: en.ordinal(int(at[1])), text)
    text = re.sub(r"\b([Rr]oom|[Dd]istrict|[Ff]loor)\s(?:№\s?)?0*([0-9]{1,4})\b", _door, text)
    text = re.sub(r"\b([Rr]oom|[Dd]istrict)\s(?:№\s?)?0*([0-9]{1,4})-?([^\W\d_])\b", _lettered_door, text)
    text = re.sub(r"№\s?0*([1-9][0-9]{0,5})\b", _numbered, text)
    text = re.sub(rf"\b({'|'.join(_ROMAN)})\b", lambda at: en.cardinal(_ROMAN[at[1]]), text)
    return re.sub(r"\b(103|112)\b", lambda found: spell_digits(found[1], "en"), text)


def _day(found: re.Match[str]) -> str:
    return _dated(found[2], found[4], found[5])


def _american_day(found: re.Match[str]) -> str:
    return _dated(found[2], found[1], found[3])


def _dated(day: str, month: str, year: str | None) -> str:
    said = f"the {en.ordinal(int(day))} of {month}"
    return f"{said} {en.year(int(year))}" if year else said


def _door(found: re.Match[str]) -> str:
    return f"{found[1]} {en.cardinal(int(found[2]))}"


def _lettered_door(found: re.Match[str]) -> str:
    return f"{_door(found)} {letter_name(found[3], 'en')}"


def _numbered(found: re.Match[str]) -> str:
    return f"number {en.cardinal(int(found[1]))}"
