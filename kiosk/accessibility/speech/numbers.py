"""Numbers read aloud: whole, in a row, with a fraction, and digit by digit in groups."""

import re
from collections.abc import Callable, Sequence

from kiosk.accessibility.speech import en, kk, ru

LARGEST = 999_999
_DIGITS = {"kk": kk.UNITS, "ru": ru.UNITS, "en": en.SMALL}
_GROUPS = {11: (1, 3, 3, 2, 2), 12: (2, 2, 2, 3, 3)}
_KK_PARTS = ("", "оннан", "жүзден")
_RU_PARTS = (("", ""), ("десятая", "десятых"), ("сотая", "сотых"))
_CARDINALS: dict[str, Callable[[int], str]] = {"kk": kk.cardinal, "ru": ru.cardinal, "en": en.cardinal}
_ORDINALS: dict[str, Callable[[int], str]] = {"kk": kk.ordinal, "ru": ru.ordinal, "en": en.ordinal}


def spell_number(number: int, language: str) -> str:
    """Say a whole number; beyond 999,999 it is said digit by digit."""
    if abs(number) > LARGEST:
        return minus(number, language) + spell_digits(str(abs(number)), language)
    return minus(number, language) + _CARDINALS[language](abs(number))


def spell_ordinal(number: int, language: str) -> str:
    """Say which one in a row, 0 to 9,999: екінші, второй, second."""
    return _ORDINALS[language](number)


def spell_fraction(whole: int, decimals: str, language: str) -> str:
    """Say a number with decimals: бір бүтін оннан бес, одна целая пять десятых, one point five."""
    decimals = decimals.rstrip("0")
    if not decimals:
        return spell_number(whole, language)
    if language == "en":
        return f"{en.cardinal(whole)} point {_read(decimals, language)}"
    if len(decimals) > 2:
        sign = {"kk": "үтір", "ru": "запятая"}[language]
        return f"{spell_number(whole, language)} {sign} {_read(decimals, language)}"
    part = int(decimals)
    if language == "kk":
        return f"{kk.cardinal(whole)} бүтін {_KK_PARTS[len(decimals)]} {kk.cardinal(part)}"
    one, many = _RU_PARTS[len(decimals)]
    wholes = "целая" if ru.plural(whole) == 0 else "целых"
    parts = one if ru.plural(part) == 0 else many
    return f"{ru.cardinal(whole, 'f')} {wholes} {ru.cardinal(part, 'f')} {parts}"


def spell_digits(digits: str, language: str, groups: Sequence[int] = ()) -> str:
    """Say a code, a telephone or a personal number digit by digit, a comma after each group.

    Separators in the text set the groups; without them the length does: a personal number goes
    by its date of birth (2, 2, 2, 3, 3), anything else by threes and twos.
    """
    written = re.findall(r"[0-9]+", digits)
    if groups or len(written) < 2 or max(map(len, written)) > 4:
        written = _cut("".join(written), groups)
    plus = {"kk": "плюс ", "ru": "плюс ", "en": "plus "}[language] if "+" in digits else ""
    return plus + ", ".join(_read(group, language) for group in written)


def minus(number: int, language: str) -> str:
    """Say the sign of a number below nought, and nothing for any other."""
    return {"kk": "минус ", "ru": "минус ", "en": "minus "}[language] if number < 0 else ""


def _read(digits: str, language: str) -> str:
    return " ".join(_DIGITS[language][int(digit)] for digit in digits)


def _cut(digits: str, groups: Sequence[int]) -> list[str]:
    sizes = list(groups or _GROUPS.get(len(digits), ()) or _threes(len(digits)))
    parts: list[str] = []
    start = 0
    for size in sizes:
        parts.append(digits[start : start + size])
        start += size
    return [part for part in [*parts, digits[start:]] if part]


def _threes(length: int) -> list[int]:
    if length % 3 == 1 and length > 1:
        return [3] * (length // 3 - 1) + [2, 2]
    return [3] * (length // 3) + [length % 3]
