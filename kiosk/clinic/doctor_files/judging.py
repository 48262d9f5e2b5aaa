"""Judging rows: each becomes a doctor with district and week, or a list of what is wrong in which column."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from kiosk.clinic.doctors import DoctorFacts
from kiosk.clinic.names import Names
from kiosk.clinic.places import Building
from kiosk.clinic.rooms import why_not
from kiosk.clinic.schedule import Doctor, DoctorKind
from kiosk.clinic.schedule_changes import checked
from kiosk.clinic.timetable import Rule

DOCTORS, SCHEDULES = "doctors", "schedules"
KINDS_OF_FILE = (DOCTORS, SCHEDULES)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALIASES = {
    "name": "name_kk", "doctor": "name_kk", "аты-жөні": "name_kk", "дәрігер": "name_kk", "фио": "name_kk",
    "врач": "name_kk", "latin": "name_en", "түрі": "kind", "вид": "kind", "ғимарат": "building", "корпус": "building",
    "здание": "building", "кабинет": "room", "қабат": "floor", "этаж": "floor", "учаске": "district",
    "участок": "district", "дс": "mon", "сс": "tue", "ср": "wed", "бс": "thu", "жм": "fri", "сб": "sat",
    "жс": "sun", "пн": "mon", "вт": "tue", "чт": "thu", "пт": "fri", "вс": "sun", "minutes": "slot_minutes",
}  # fmt: skip
KIND_WORDS = {
    DoctorKind.THERAPIST: ("therapist", "учаскелік терапевт", "терапевт", "участковый терапевт"),
    DoctorKind.PAEDIATRICIAN: ("paediatrician", "учаскелік педиатр", "педиатр", "участковый педиатр"),
    DoctorKind.GENERAL_PRACTITIONER: ("gp", "жалпы практикалық дәрігер", "жпд", "врач общей практики", "воп"),
}
YES, NO = ("1", "yes", "иә", "да", "true", ""), ("0", "no", "жоқ", "нет", "false")


@dataclass
class Judged:
    """One row: what it says, and what is wrong as (column, code)."""

    row: int
    name: str
    doctor: Doctor | None = None
    facts: DoctorFacts | None = None
    districts: tuple[str, ...] = ()
    for_children: bool = False
    rules: tuple[Rule, ...] | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)

    def take(self, column: str, read: Callable[[], Any], code: str = "not_possible") -> Any:
        """What `read` gives, or None with a problem noted for `column`."""
        try:
            return read()
        except (ValueError, LookupError, TypeError) as error:
            self.problems.append((column, str(error) if str(error) in ("missing", "unknown") else code))
            return None


def judge(
    kind: str, rows: list[dict[str, str]], doctors: list[Doctor], buildings: list[Building], today: date
) -> list[Judged]:
    """Every row, judged against the doctors and buildings in scope; nothing is written."""
    named = [{ALIASES.get(key, key): value for key, value in row.items()} for row in rows]
    judged = [(_doctor_row if kind == DOCTORS else _schedule_row)(row, doctors, buildings, today) for row in named]
    if kind == DOCTORS:
        names = Counter(one.name.lower() for one in judged)
        for one in judged:
            if names[one.name.lower()] > 1:
                one.problems.append(("name_kk", "twice"))
    return judged


def _known(row: dict[str, str], doctors: list[Doctor]) -> Doctor | None:
    ident, name = row.get("id", ""), row.get("name_kk", "")
    if ident.isdigit():
        return next((one for one in doctors if one.id == int(ident)), None)
    return next((one for one in doctors if one.names.kk.lower() == name.lower()), None)


def _doctor_row(row: dict[str, str], doctors: list[Doctor], buildings: list[Building], today: date) -> Judged:
    made = Judged(int(row["row"]), row.get("name_kk", ""), _known(row, doctors))
    if not made.name:
        made.problems.append(("name_kk", "missing"))
    if row.get("id", "").isdigit() and made.doctor is None:
        made.problems.append(("id", "unknown"))
    kind = made.take("kind", lambda: _kind(row.get("kind", "")))
    building = made.take("building", lambda: _building(row.get("building", ""), buildings))
    room = made.take("room", lambda: _filled(row.get("room", ""), 20))
    floor = made.take("floor", lambda: _number(row.get("floor", "") or "1", -3, 99))
    house = next((one for one in buildings if one.id == building), None)
    wrong = why_not(house, room, floor) if house and room and floor is not None else ""
    if wrong:
        made.problems.append((wrong, "unknown" if wrong == "room" else "not_possible"))
    active = made.take("active", lambda: _yes(row.get("active", "")))
    made.districts = tuple(re.findall(r"[^\s,;]+", row.get("district", "")))
    who = row.get("patients", "")
    made.for_children = who == "children" if who else kind == DoctorKind.PAEDIATRICIAN.value
    made.rules = _week(made, row, today)
    if not made.problems:
        kk = made.name
        names = Names(kk, row.get("name_ru") or kk, row.get("name_en") or kk)
        substitute = made.doctor.substitute_id if made.doctor else None
        made.facts = DoctorFacts(names, kind, building, room, floor, active, substitute)
    return made


def _week(made: Judged, row: dict[str, str], today: date) -> tuple[Rule, ...] | None:
    """The week of a row; None where the file has no columns of a week, so that schedules stay as they are."""
    if not any(day in row for day in WEEK):
        return None
    more = {
        "slot_minutes": _optional(made, row, "slot_minutes", 15, (5, 120)),
        "kept_percent": _optional(made, row, "kept_percent", 0, (0, 100)),
        "cool_down_minutes": _optional(made, row, "cool_down_minutes", 0, (0, 1440)),
    }
    first = made.take("valid_from", lambda: _day(row.get("valid_from", "")) or today)
    rules: list[Rule] = []
    for weekday, day in enumerate(WEEK):
        for text in re.findall(r"[^\s,;]+", row.get(day, "").replace("–", "-").replace(" - ", "-")):
            rule = made.take(day, lambda text=text, weekday=weekday: _shift(weekday, text, first, more), "shift")  # type: ignore[misc]
            if rule:
                rules.append(rule)
    return tuple(rules)


def _shift(weekday: int, text: str, first: date, more: dict[str, Any]) -> Rule:
    starts, ends = (time.fromisoformat(one.zfill(5)) for one in text.split("-"))
    return checked(Rule(weekday, starts, ends, valid_from=first, valid_until=None, **more))


def _schedule_row(row: dict[str, str], doctors: list[Doctor], buildings: list[Building], today: date) -> Judged:
    made = Judged(int(row["row"]), row.get("name_kk", ""), _known(row, doctors))
    if made.doctor is None:
        made.problems.append(("name_kk", "unknown"))
    values: dict[str, Any] = {
        "weekday": made.take("weekday", lambda: _number(row.get("weekday", ""), 1, 7) - 1),
        "slot_minutes": _optional(made, row, "slot_minutes", 15, (5, 120)),
        "every_weeks": _optional(made, row, "every_weeks", 1, (1, 8)),
        "kept_percent": _optional(made, row, "kept_percent", 0, (0, 100)),
        "cool_down_minutes": _optional(made, row, "cool_down_minutes", 0, (0, 1440)),
        "is_extra": made.take("extra", lambda: _yes(row.get("extra") or "no")),
    }
    for name in ("starts", "ends", "break_starts", "break_ends"):
        values[name] = made.take(name, lambda name=name: _time(row.get(name, ""), name in ("starts", "ends")))  # type: ignore[misc]
    values["valid_from"] = made.take("valid_from", lambda: _day(row.get("valid_from", "")) or today)
    values["valid_until"] = made.take("valid_until", lambda: _day(row.get("valid_until", "")))
    rule = None if made.problems else made.take("starts", lambda: checked(Rule(**values)), "shift")
    made.rules = (rule,) if rule else ()
    return made


def _optional(made: Judged, row: dict[str, str], name: str, usual: int, bounds: tuple[int, int]) -> int:
    found = made.take(name, lambda: _number(row.get(name) or str(usual), *bounds))
    return usual if found is None else int(found)


def _kind(text: str) -> str:
    wanted = text.strip().lower()
    if not wanted:
        raise ValueError("missing")
    for kind, words in KIND_WORDS.items():
        if wanted == kind.value or wanted in words:
            return kind.value
    raise ValueError("unknown")


def _building(text: str, buildings: list[Building]) -> int:
    if not text and len(buildings) == 1:
        return buildings[0].id
    if not text:
        raise ValueError("missing")
    for one in buildings:
        if text == str(one.id) or text.lower() in {name.lower() for name in vars(one.names).values()}:
            return one.id
    raise ValueError("unknown")


def _filled(text: str, longest: int) -> str:
    if not text:
        raise ValueError("missing")
    if len(text) > longest:
        raise ValueError("long")
    return text


def _number(text: str, least: int, most: int) -> int:
    value = int(text or "x")
    if not least <= value <= most:
        raise ValueError("range")
    return value


def _yes(text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise ValueError("unknown")


def _time(text: str, needed: bool) -> time | None:
    if not text:
        if needed:
            raise ValueError("missing")
        return None
    return time.fromisoformat(text.zfill(5))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
