"""Writing out: the doctors with districts and weeks in one table, and every shift with all its columns in another."""

from sqlalchemy.orm import Session

from kiosk.clinic.doctor_files.judging import DOCTORS, WEEK
from kiosk.clinic.doctors import districts_of
from kiosk.clinic.publishing import rules_of
from kiosk.clinic.schedule import Doctor
from kiosk.clinic.timetable import Rule

DOCTOR_COLUMNS = (
    "id", "name_kk", "name_ru", "name_en", "kind", "building", "room", "floor", "district", "patients", "active",
    "slot_minutes", "kept_percent", "cool_down_minutes", "valid_from", *WEEK,
)  # fmt: skip
SCHEDULE_COLUMNS = (
    "id", "name_kk", "weekday", "starts", "ends", "break_starts", "break_ends", "slot_minutes", "every_weeks",
    "kept_percent", "cool_down_minutes", "valid_from", "valid_until", "extra",
)  # fmt: skip


def table_of(session: Session, kind: str, doctors: list[Doctor]) -> tuple[tuple[str, ...], list[list[str]]]:
    """Headings and rows of one kind of file for these doctors."""
    if kind == DOCTORS:
        return DOCTOR_COLUMNS, _doctor_rows(session, doctors)
    rows = [_schedule_row(one, rule) for one in doctors for rule in rules_of(session, one).values()]
    return SCHEDULE_COLUMNS, rows


def _doctor_rows(session: Session, doctors: list[Doctor]) -> list[list[str]]:
    districts = districts_of(session, doctors[0].organisation_id) if doctors else []
    rows = []
    for one in doctors:
        adult = [each.number for each in districts if each.adult_doctor_id == one.id]
        child = [each.number for each in districts if each.child_doctor_id == one.id]
        rules = [rule for rule in rules_of(session, one).values() if not rule.is_extra]
        first = next(iter(rules), None)
        rows.append(
            [
                str(one.id), one.names.kk, one.names.ru, one.names.en, one.kind, one.building.names.kk, one.room,
                str(one.floor), ";".join(adult or child), "children" if child and not adult else "adults",
                "yes" if one.is_active else "no", str(first.slot_minutes) if first else "",
                str(first.kept_percent) if first else "", str(first.cool_down_minutes) if first else "",
                first.valid_from.isoformat() if first else "",
                *(_shifts(rules, day) for day in range(7)),
            ]
        )  # fmt: skip
    return rows


def _shifts(rules: list[Rule], weekday: int) -> str:
    return ";".join(f"{one.starts:%H:%M}-{one.ends:%H:%M}" for one in rules if one.weekday == weekday)


def _schedule_row(doctor: Doctor, rule: Rule) -> list[str]:
    times = [f"{one:%H:%M}" if one else "" for one in (rule.starts, rule.ends, rule.break_starts, rule.break_ends)]
    numbers = [str(one) for one in (rule.slot_minutes, rule.every_weeks, rule.kept_percent, rule.cool_down_minutes)]
    until = rule.valid_until.isoformat() if rule.valid_until else ""
    extra = "yes" if rule.is_extra else "no"
    return [
        str(doctor.id), doctor.names.kk, str(rule.weekday + 1), *times, *numbers, rule.valid_from.isoformat(), until,
        extra,
    ]  # fmt: skip
