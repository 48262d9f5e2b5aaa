"""Rules that hold in every language: dates, times, telephones, codes, money, percentages."""

import re
from datetime import date, time

from kiosk.accessibility.speech import en, kk, ru
from kiosk.accessibility.speech.abbreviations import kazakh_case
from kiosk.accessibility.speech.counts import NOUNS, spell_count
from kiosk.accessibility.speech.numbers import spell_digits, spell_fraction
from kiosk.accessibility.speech.sentence_ru import RANGE, names_the_date, preposition_case
from kiosk.accessibility.speech.times import spell_date, spell_hours

_CLOCK = r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?![\d:])"
_KK_ENDING = r"(?:-([а-яәғқңөұүһі]{1,3})\b)?"
_UNITS = (
    (r"%", "percent"),
    (r"(?:₸|тг\b\.?|KZT\b)", "tenge"),
    (r"(?:мин|min)\b\.?", "minute"),
    (r"(?:сек|sec)\b\.?", "second"),
    (r"°\s?C?\b", "degree"),
)
_CODE_WORDS = r"\b(код\w*|code|PIN|пин\w*|құпиясөз\w*)(\W{1,4})([0-9]{4,6})\b"
_RANGES = {"kk": RANGE, "ru": RANGE, "en": " to "}
_SLASHES = {"kk": " бөлшек ", "ru": " дробь ", "en": " slash "}
_MINUS = {"kk": "минус ", "ru": "минус ", "en": "minus "}
# Official papers write hours with a point: 8.00-ден, с 8.00 до 20.00.
_POINTED = r"(?<![\d.,])([01]?\d|2[0-3])\.([0-5]\d)(?![\d.,]*\d)"
_BEFORE_HOURS = {"kk": "сағат", "ru": "с|до|в|на", "en": "at|from|to|until"}
_CONTACT_CENTRE = {
    "kk": "он төрт он төрт",
    "ru": "четырнадцать четырнадцать",
    "en": "fourteen fourteen",
}


def say_quantities(text: str, language: str) -> str:
    """Say everything whose shape tells what it is, whatever the language around it."""
    text = _say_dates(text, language)
    text = _say_times(text, language)
    text = _say_codes(text, language)
    text = re.sub(r"(?<![\d.,])([0-9]{1,3})((?: [0-9]{3})+)(?![0-9])", _joined, text)
    for unit, noun in _UNITS:
        text = re.sub(
            rf"(?<![\d.,])([0-9]{{1,6}})(?:[.,]([0-9]+))?\s?{unit}{_KK_ENDING}",
            lambda found, noun=noun: _measure(found, noun, language),  # type: ignore[misc]
            text,
        )
    text = re.sub(
        r"(?<![\d.,])([0-9]{1,6})[.,]([0-9]{1,6})(?![\d.,]*[0-9])",
        lambda found: spell_fraction(int(found[1]), found[2], language),
        text,
    )
    text = re.sub(r"(?<=[0-9])/(?=[0-9])", _SLASHES[language], text)
    text = re.sub(r"(?<=[0-9])\s?[–—-]\s?(?=[0-9])", _RANGES[language], text)
    # After a word a dash is a hyphen (ДСМ-90, Ақсай -4); at a beginning it is a minus.
    text = re.sub(r"(?<=[^\W\d_])\s?-(?=[0-9])", " ", text)
    return re.sub(r"(?<![\w)-])-(?=[0-9])", _MINUS[language], text)


def _say_dates(text: str, language: str) -> str:
    def numeric(found: re.Match[str]) -> str:
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _date(found, year, int(found[2]), int(found[1]), language)

    def iso(found: re.Match[str]) -> str:
        return _date(found, int(found[1]), int(found[2]), int(found[3]), language)

    text = re.sub(r"(?<![\d-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![\d-])", iso, text)
    year = r"([0-9]{4}|[0-9]{2})(?![\d.]*\d)(?:\s?(?:г\.|ж\.|года\b))?"
    return re.sub(rf"(?<![\d.])([0-9]{{1,2}})\.([0-9]{{1,2}})\.{year}{_KK_ENDING}", numeric, text)


def _date(found: re.Match[str], year: int, month: int, day: int, language: str) -> str:
    try:
        chosen = date(year, month, day)
    except ValueError:
        return found[0]
    on = language == "ru" and not names_the_date(found)
    said = spell_date(chosen, language, on=on, with_year=True, with_weekday=False)
    ending = found[4] if found.re.groups > 3 else None
    case = kazakh_case(ending) if language == "kk" and ending else None
    return kk.with_case(said, case) if case else said


def _say_times(text: str, language: str) -> str:
    text = re.sub(rf"\b({_BEFORE_HOURS[language]}) {_POINTED}", r"\1 \2:\3", text, flags=re.IGNORECASE)
    if language == "kk":
        text = re.sub(rf"{_POINTED}(?=-[дтғгқк][аеы])", r"\1:\2", text)
    if language == "ru":
        text = re.sub(r"(?<=:[0-5][0-9]) (?:час(?:ов|а)?\b|ч\.)", "", text)
    before = {"kk": "(?:[Сс]ағат )?", "ru": "(?:[Сс] )?", "en": "(?:[Ff]rom )?"}[language]
    text = re.sub(
        rf"{before}{_CLOCK}\s?[–—-]\s?{_CLOCK}",
        lambda found: spell_hours(time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])), language),
        text,
    )
    ending = _KK_ENDING if language == "kk" else ""
    hour_word = "([Сс]ағат )?" if language == "kk" else "()"
    return re.sub(rf"{hour_word}{_CLOCK}{ending}", lambda found: _time(found, language), text)


def _time(found: re.Match[str], language: str) -> str:
    moment = time(int(found[2]), int(found[3]))
    if language == "en":
        return en.clock(moment)
    if language == "ru":
        return ru.clock(moment, preposition_case(found, "nominative"))
    case = kazakh_case(found[4]) if found[4] else None
    said = kk.clock(moment).removeprefix("сағат ")
    said = kk.with_case(said, case) if case else said
    # A second time in "сағат 08:00-ден 20:00-ге дейін" needs no second "сағат".
    spoken_hour = found[1] or ("сағат " if case == "locative" else "")
    if not spoken_hour and not case and not moment.minute:
        spoken_hour = "сағат "
    return spoken_hour + said


def _say_codes(text: str, language: str) -> str:
    def phone(found: re.Match[str]) -> str:
        return spell_digits(found[0], language)

    def masked(found: re.Match[str]) -> str:
        shown = spell_digits(found[1], language, (2, 2, 2, 3, 3)) if found[1] else ""
        stars = spell_count(len(found[2]), "star", language)
        return f"{shown}, {stars}" if shown else stars

    text = re.sub(r"([0-9]*)(\*{2,})", masked, text)
    text = re.sub(r"(?<![\d.])\+?[0-9](?:[ ()-]{0,2}[0-9]){9,14}(?![\d.]*\d)", phone, text)
    text = re.sub(r"\+?[0-9]{7,}", phone, text)
    text = re.sub(
        _CODE_WORDS,
        lambda found: f"{found[1]}{found[2]}{spell_digits(found[3], language)}",
        text,
        flags=re.IGNORECASE,
    )
    return re.sub(r"(?<![\d.,])1414(?![\d.,]*\d)", _CONTACT_CENTRE[language], text)


def _joined(found: re.Match[str]) -> str:
    return found[0].replace(" ", "")


def _measure(found: re.Match[str], noun: str, language: str) -> str:
    forms = NOUNS[noun][language].forms
    if found[2]:
        said = f"{spell_fraction(int(found[1]), found[2], language)} {forms['other']}"
    else:
        said = spell_count(int(found[1]), noun, language)
    case = kazakh_case(found[3]) if language == "kk" and found[3] else None
    return kk.with_case(said, case) if case else said
