"""Kazakh sentences: which numbers count, which stand in a row, and their endings."""

import re

from kiosk.accessibility.speech import kk
from kiosk.accessibility.speech.abbreviations import kazakh_case
from kiosk.accessibility.speech.letters import letter_name

_SMALL = "[а-яәғқңөұүһі]"
_ORDINAL_ENDING = re.compile(r"[ыі]?н?[шс]?[ыі]")
_MONTH = "|".join(kk.MONTHS)
_WEEKDAY = "|".join(kk.WEEKDAYS)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}


def say_numbers(text: str) -> str:
    """Say numbers by the word they lean on: № 205 кабинет, 2-қабат, 2026 жылғы, 5-тен."""
    text = re.sub(rf"\b({_WEEKDAY})\s?[-–—]\s?({_WEEKDAY})\b", _week, text, flags=re.IGNORECASE)
    text = re.sub(rf"№\s?([0-9]{{1,4}})(?:-?({_SMALL}))?\s+(\w{_SMALL}{{2,}})", _numbered, text)
    text = re.sub(rf"\b([0-9]{{1,2}})\s+(?=(?:{_MONTH}))", _day, text, flags=re.IGNORECASE)
    text = re.sub(rf"\b([0-9]{{4}})(?:\s|-)?(ж\.|жыл{_SMALL}*)(?=(.?))", _year, text)
    text = re.sub(rf"\b([0-9]{{1,6}})-({_SMALL}+)", _joined, text)
    return re.sub(rf"\b([IVX]{{1,4}})\s(?={_SMALL})", _roman, text)


def _week(found: re.Match[str]) -> str:
    return f"{kk.with_case(found[1], 'ablative')} {kk.with_case(found[2].lower(), 'dative')} дейін"


def _numbered(found: re.Match[str]) -> str:
    letter = f" {letter_name(found[2], 'kk')}" if found[2] else ""
    noun = re.sub("^кабинет(?!і)", "кабинеті", found[3]) if letter else found[3]
    return f"{kk.ordinal(int(found[1]))}{letter} {noun}"


def _day(found: re.Match[str]) -> str:
    return f"{kk.ordinal(int(found[1]))} "


def _year(found: re.Match[str]) -> str:
    noun = found[2]
    if noun == "ж.":
        rest = found.string[found.end() :].lstrip()
        # «2026 ж. 16 желтоқсан» is the year of a date; alone it is just a year.
        dated = re.match(rf"(?:[0-9]|{_SMALL}+(?: {_SMALL}+)? (?:{_MONTH}))", rest)
        noun = "жылғы" if dated else "жыл"
    return f"{kk.ordinal(int(found[1]))} {noun}"


def _joined(found: re.Match[str]) -> str:
    number, tail = int(found[1]), found[2]
    case = kazakh_case(tail)
    if case:
        return kk.with_case(kk.cardinal(number), case)
    if _ORDINAL_ENDING.fullmatch(tail):
        return kk.ordinal(number)
    if len(tail) < 3:
        return f"{kk.cardinal(number)} {letter_name(tail[0], 'kk')}"
    return f"{kk.ordinal(number)} {tail}"


def _roman(found: re.Match[str]) -> str:
    return f"{kk.ordinal(_ROMAN[found[1]])} " if found[1] in _ROMAN else found[0]
