"""Rooms, floors and districts read aloud."""

import re

from kiosk.accessibility.speech import en, kk, ru
from kiosk.accessibility.speech.letters import letter_name


def spell_room(room: str, language: str, at: bool = False) -> str:
    """Say a room from its door sign (205, 205а): екі жүз бесінші кабинет, кабинет двести пять."""
    number, letter = _split(room, language)
    if language == "kk":
        # A letter ties the noun to it: "екі жүз бесінші а кабинеті".
        noun = "кабинеті" if letter else "кабинет"
        return f"{_kk_number(number)}{letter} {_kk_at(noun, at)}".strip()
    if language == "ru":
        return f"{'в кабинете' if at else 'кабинет'} {_ru_number(number)}{letter}".strip()
    return f"{'in ' if at else ''}room {_en_number(number)}{letter}".strip()


def spell_floor(floor: int, language: str, at: bool = False) -> str:
    """Say a floor: екінші қабат, второй этаж, floor two; nought and below are the basement."""
    if language == "kk":
        name = kk.ordinal(floor) if floor > 0 else "жертөле"
        return f"{name} {_kk_at('қабат' if floor > 0 else 'қабаты', at)}"
    if language == "ru":
        if at:
            name = ru.ordinal(floor, "prepositional") if floor > 0 else "цокольном"
            return f"на {name} этаже"
        return f"{ru.ordinal(floor) if floor > 0 else 'цокольный'} этаж"
    if floor <= 0:
        return "in the basement" if at else "basement"
    return f"{'on ' if at else ''}floor {en.cardinal(floor)}"


def spell_district(district: str, language: str) -> str:
    """Say a district of the clinic (07): жетінші учаске, участок семь, district seven."""
    number, letter = _split(district, language)
    if language == "kk":
        return f"{_kk_number(number)}{letter} {'учаскесі' if letter else 'учаске'}"
    if language == "ru":
        return f"участок {_ru_number(number)}{letter}"
    return f"district {_en_number(number)}{letter}"


def _split(sign: str, language: str) -> tuple[int | None, str]:
    """Part a sign into its number and its spoken letters, the latter with a space before them."""
    found = re.search(r"[0-9]{1,6}", sign)
    letters = [letter_name(each, language) for each in sign if each.isalpha()]
    return int(found[0]) if found else None, "".join(f" {each}" for each in letters if each)


def _kk_at(noun: str, at: bool) -> str:
    if not at:
        return noun
    owned = noun.endswith(("ы", "і"))
    return kk.with_possessed_case(noun, "locative") if owned else kk.with_case(noun, "locative")


def _kk_number(number: int | None) -> str:
    return "" if number is None else kk.ordinal(number)


def _ru_number(number: int | None) -> str:
    return "" if number is None else ru.cardinal(number)


def _en_number(number: int | None) -> str:
    return "" if number is None else en.cardinal(number)
