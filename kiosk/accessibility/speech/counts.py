"""Counted things read aloud: so many minutes, so many free times."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from kiosk.accessibility.speech import ru
from kiosk.accessibility.speech.numbers import spell_number


@dataclass(frozen=True)
class Noun:
    """The plural forms of a noun in one language, keyed as in CLDR, and its Russian gender."""

    forms: Mapping[str, str]
    gender: ru.Gender = "m"


def _kk(word: str) -> Noun:
    return Noun({"other": word})


def _ru(one: str, few: str, many: str, gender: ru.Gender = "m") -> Noun:
    return Noun({"one": one, "few": few, "many": many, "other": few}, gender)


def _en(one: str, other: str) -> Noun:
    return Noun({"one": one, "other": other})


NOUNS: dict[str, dict[str, Noun]] = {
    "second": {
        "kk": _kk("секунд"),
        "ru": _ru("секунда", "секунды", "секунд", "f"),
        "en": _en("second", "seconds"),
    },
    "minute": {
        "kk": _kk("минут"),
        "ru": _ru("минута", "минуты", "минут", "f"),
        "en": _en("minute", "minutes"),
    },
    "hour": {
        "kk": _kk("сағат"),
        "ru": _ru("час", "часа", "часов"),
        "en": _en("hour", "hours"),
    },
    "day": {
        "kk": _kk("күн"),
        "ru": _ru("день", "дня", "дней"),
        "en": _en("day", "days"),
    },
    "free_time": {
        "kk": _kk("бос уақыт"),
        "ru": _ru("свободный вариант", "свободных варианта", "свободных вариантов"),
        "en": _en("free time", "free times"),
    },
    "appointment": {
        "kk": _kk("жазылу"),
        "ru": _ru("запись", "записи", "записей", "f"),
        "en": _en("appointment", "appointments"),
    },
    "attempt": {
        "kk": _kk("әрекет"),
        "ru": _ru("попытка", "попытки", "попыток", "f"),
        "en": _en("attempt", "attempts"),
    },
    "digit": {
        "kk": _kk("цифр"),
        "ru": _ru("цифра", "цифры", "цифр", "f"),
        "en": _en("digit", "digits"),
    },
    "person": {
        "kk": _kk("адам"),
        "ru": _ru("человек", "человека", "человек"),
        "en": _en("person", "people"),
    },
    "percent": {
        "kk": _kk("пайыз"),
        "ru": _ru("процент", "процента", "процентов"),
        "en": _en("percent", "percent"),
    },
    "degree": {
        "kk": _kk("градус"),
        "ru": _ru("градус", "градуса", "градусов"),
        "en": _en("degree", "degrees"),
    },
    "tenge": {
        "kk": _kk("теңге"),
        "ru": _ru("тенге", "тенге", "тенге"),
        "en": _en("tenge", "tenge"),
    },
    "star": {
        "kk": _kk("жұлдызша"),
        "ru": _ru("звёздочка", "звёздочки", "звёздочек", "f"),
        "en": _en("star", "stars"),
    },
}


def pluralise(count: int, forms: Mapping[str, str], language: str) -> str:
    """Choose the form of a noun that CLDR asks for after this number; other stands in for any."""
    rule = Locale(language).plural_form
    return forms.get(rule(count), forms["other"])


def spell_count(count: int, noun: str | Noun, language: str) -> str:
    """Say how many of a thing: бес минут, две минуты, one minute; known nouns go by their name."""
    chosen = NOUNS[noun][language] if isinstance(noun, str) else noun
    number = spell_number(count, language)
    if language == "ru" and 0 <= count <= 999_999:
        number = ru.cardinal(count, chosen.gender)
    return f"{number} {pluralise(count, chosen.forms, language)}"
