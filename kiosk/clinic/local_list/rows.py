"""One row of a list: the person it describes, or what is wrong with it; nothing is guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.clinic.identity import IDENTITY_CARD, PASSPORT, birth_date, clean_number, is_iin
from kiosk.clinic.local_list.records import Member
from kiosk.clinic.local_list.table_file import Cell, Row
from kiosk.clinic.ports import IdentityDocument

LONGEST = 100
_NAME = re.compile(r"[^\W\d_]+(?:[ '’ʼ`.\-]+[^\W\d_]+)*\.?")
_DISTRICT = re.compile(r"\w{1,10}")
_PHONE = re.compile(r"\+?[0-9]{5,15}")
_NUMBERS = {"card": (IDENTITY_CARD, re.compile(r"[0-9]{9}")), "passport": (PASSPORT, re.compile(r"N[0-9]{7,8}"))}
_SEXES = {
    "male": ("м", "муж", "мужской", "male", "m", "е", "ер", "еркек"),
    "female": ("ж", "жен", "женский", "female", "f", "ә", "әйел"),
}
_NOTHING = ("", "-", "–", "—")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field; `left_out` says whether the whole row is."""

    field: str
    code: str
    left_out: bool = True


class _Row:
    """A row under way: each question notes its problem and answers with what can be used."""

    def __init__(self, places: Mapping[str, int], row: Row) -> None:
        self._places, self._row = places, row
        self.problems: list[Problem] = []

    def note(self, field: str, code: str, left_out: bool = True) -> None:
        self.problems.append(Problem(field, code, left_out))

    def text(self, field: str, needed: bool = False) -> str:
        cell = self._cell(field)
        text = "" if cell is None else _spelt(cell)
        if text in _NOTHING:
            text = ""
        if text.startswith(("=", "@", "\t", "\r")):
            self.note(field, "formula")
        elif len(text) > LONGEST:
            self.note(field, "too_long")
        elif text or not needed:
            return text
        else:
            self.note(field, "missing")
        return ""

    def day(self, field: str, left_out: bool = True) -> date | None:
        cell = self._cell(field)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        text = self.text(field)
        found = _day(text) if text else None
        if text and found is None:
            self.note(field, "date_wrong", left_out)
        return found

    def name(self, field: str, needed: bool = False) -> str:
        text = self.text(field, needed)
        if text and not _NAME.fullmatch(text):
            self.note(field, "letters")
        return text

    def _cell(self, field: str) -> Cell:
        place = self._places.get(field)
        return self._row[place] if place is not None and place < len(self._row) else None


def read_row(places: Mapping[str, int], row: Row, districts: Mapping[str, str]) -> tuple[Member | None, list[Problem]]:
    """The person in `row` and what is wrong with it; None where the row must be left out.

    `districts` are the clinic's own numbers, each under itself without leading zeros.
    """
    it = _Row(places, row)
    iin = _iin(it)
    born, sex = _born(it, iin), _sex(it, iin)
    member = Member(
        iin=iin,
        surname=it.name("surname", needed=True),
        name=it.name("name", needed=True),
        patronymic=it.name("patronymic"),
        birth_date=born or date.min,
        sex=sex,
        phone=_phone(it),
        documents=tuple(one for kind in _NUMBERS if (one := _document(it, kind))),
        district=_district(it, districts),
        since=it.day("since", left_out=False),
    )
    return (None if any(one.left_out for one in it.problems) else member), it.problems


def _iin(it: _Row) -> str:
    text = clean_number(it.text("iin", needed=True))
    iin = text.zfill(12) if text.isascii() and text.isdigit() else text  # spreadsheets eat leading zeros
    if text and not is_iin(iin):
        it.note("iin", "iin_wrong")
        return ""
    return iin


def _born(it: _Row, iin: str) -> date | None:
    told, found = birth_date(iin) if iin else None, it.day("birth_date")
    if told and found and told != found:
        it.note("birth_date", "differs")
    if iin and not told and not found and not it.problems:
        it.note("birth_date", "missing")
    return told or found


def _sex(it: _Row, iin: str) -> str:
    told = {"1": "male", "0": "female"}[str(int(iin[6]) % 2)] if iin and iin[6] != "0" else ""
    text = it.text("sex").casefold().rstrip(".")
    found = next((sex for sex, words in _SEXES.items() if text in words), "")
    if text and not found:
        it.note("sex", "sex_wrong")
    elif told and found and told != found:
        it.note("sex", "differs")
    elif iin and not told and not found:
        it.note("sex", "missing")
    return told or found


def _phone(it: _Row) -> str:
    text = clean_number(it.text("phone"))
    if text and not _PHONE.fullmatch(text):
        it.note("phone", "phone_wrong", left_out=False)
        return ""
    return text


def _document(it: _Row, which: str) -> IdentityDocument | None:
    kind, form = _NUMBERS[which]
    number, expires = clean_number(it.text(f"{which}_number")), it.day(f"{which}_expires")
    if number.isascii() and number.isdigit():
        number = number.zfill(9) if kind == IDENTITY_CARD else f"N{number}"
    if number and not form.fullmatch(number):
        it.note(f"{which}_number", "number_wrong")
    return IdentityDocument(kind, number, expires, "valid") if number else None


def _district(it: _Row, districts: Mapping[str, str]) -> str:
    text = it.text("district", needed=True).lstrip("№# ").strip()
    if text and not _DISTRICT.fullmatch(text):
        it.note("district", "district_wrong")
        return ""
    known = districts.get(text.lstrip("0") or text)
    if text and known is None:
        it.note("district", "district_unknown", left_out=False)
    return known or text


def _spelt(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return re.sub(r"\s+", " ", str(cell)).strip()


def _day(text: str) -> date | None:
    match = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text)
    try:
        if match:
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(text[:10]) if re.fullmatch(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]+)?", text) else None
    except ValueError:
        return None
