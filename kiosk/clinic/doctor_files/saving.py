"""Taking a judged file over: doctors, districts and weeks in the caller's one transaction, published once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.clinic.appointments import coming_with
from kiosk.clinic.doctor_files.judging import DOCTORS, SCHEDULES, Judged
from kiosk.clinic.doctors import (
    DoctorFacts,
    add_doctor,
    districts_of,
    facts_of,
    find_district,
    keep_facts,
    save_district,
)
from kiosk.clinic.foreseen import Foreseen, of_doctor
from kiosk.clinic.names import Names
from kiosk.clinic.publishing import publish_ahead, rules_of
from kiosk.clinic.schedule import Doctor, Schedule
from kiosk.clinic.schedule_changes import Change, claim, described
from kiosk.clinic.timetable import Rule


@dataclass(frozen=True)
class Effect:
    """What a file would do: new doctors, known ones that change, their times and booked patients, other names.

    `renamed` are doctors with people booked whose name is another in the file: news, or only a corrected spelling.
    """

    new: int
    changed: int
    foreseen: Foreseen
    renamed: list[tuple[Doctor, Names]]


def effect_of(session: Session, kind: str, rows: list[Judged], now: datetime) -> Effect:
    """What taking over would do to doctors that are known, every other name taken for news; new ones only add times."""
    foreseen, changed = Foreseen(), 0
    renamed: list[tuple[Doctor, Names]] = []
    for doctor, facts, change in _touched(session, kind, rows):
        changed += 1
        is_news = facts.names != doctor.names
        foreseen += of_doctor(session, doctor, facts, is_news, now, change)
        if is_news and coming_with(session, doctor.id, now):
            renamed.append((doctor, facts.names))
    return Effect(sum(one.doctor is None for one in rows) if kind == DOCTORS else 0, changed, foreseen, renamed)


def _touched(session: Session, kind: str, rows: list[Judged]) -> Iterator[tuple[Doctor, DoctorFacts, Change]]:
    """The known doctors that a file changes, each with what is written about them then, and their shifts' change."""
    known = {one.doctor.id: one.doctor for one in rows if one.doctor}
    facts = {one.doctor.id: one.facts for one in rows if one.doctor and one.facts}
    weeks = {doctor.id: _change(session, kind, doctor, rules) for doctor, rules in _weeks(kind, rows)}
    for ident, doctor in known.items():
        after, change = facts.get(ident) or facts_of(doctor), weeks.get(ident)
        if change or after != facts_of(doctor):
            yield doctor, after, change or Change()


def _weeks(kind: str, rows: list[Judged]) -> list[tuple[Doctor, list[Rule]]]:
    """The rules that the file gives to each known doctor; those it does not name are left alone."""
    found: dict[int, tuple[Doctor, list[Rule]]] = {}
    for one in rows:
        if one.doctor is not None and one.rules is not None:
            found.setdefault(one.doctor.id, (one.doctor, []))[1].extend(one.rules)
    return list(found.values())


def _change(session: Session, kind: str, doctor: Doctor, rules: list[Rule]) -> Change | None:
    """From the stored rules to those of the file; None where they say the same."""
    compared = {ident: one for ident, one in rules_of(session, doctor).items() if kind == SCHEDULES or not one.is_extra}
    if {_core(kind, one) for one in compared.values()} == {_core(kind, one) for one in rules}:
        return None
    return Change(drop_rules=tuple(compared), add_rules=tuple(rules))


def _core(kind: str, rule: Rule) -> tuple[object, ...]:
    """What makes two rules the same: all that this kind of file can say of them, but for the day they hold from."""
    if kind == DOCTORS:
        return rule.weekday, rule.starts, rule.ends, rule.slot_minutes, rule.kept_percent, rule.cool_down_minutes
    return tuple(value for name, value in vars(rule).items() if name != "valid_from")


def take_over(
    session: Session,
    organisation_id: int,
    kind: str,
    rows: list[Judged],
    made_by: str,
    now: datetime,
    respelt: Collection[int] = (),
) -> None:
    """Keep every row of a file without problems, and publish the times of the doctors it touches.

    Whoever is booked hears of another name, but for the doctors `respelt`, whose spelling is only corrected.
    """
    touched: set[int] = set()
    for one in rows:
        if kind == DOCTORS and one.facts is not None:
            touched |= _keep_doctor(session, organisation_id, one, made_by, now, respelt)
    for doctor, rules in _weeks(kind, rows):
        change = _change(session, kind, doctor, rules)
        if change:
            touched.add(doctor.id)
            claim(session, doctor, doctor.version)
            for ident in change.drop_rules:
                session.delete(session.get_one(Schedule, ident))
            session.add_all(Schedule(doctor_id=doctor.id, **vars(rule)) for rule in change.add_rules)
    session.flush()
    publish_ahead(session, organisation_id, now, sorted(touched), made_by)


def standing(session: Session, organisation_id: int) -> dict[str, Any]:
    """All that a file may change, in plain words for the journal: every doctor with the week, every district."""
    doctors = session.scalars(select(Doctor).where(Doctor.organisation_id == organisation_id))
    found: dict[str, Any] = {f"doctor {one.id}": facts_of(one).plain() | described(session, one) for one in doctors}
    districts = districts_of(session, organisation_id)
    return found | {f"district {one.number}": [one.adult_doctor_id, one.child_doctor_id] for one in districts}


def _keep_doctor(
    session: Session, organisation_id: int, one: Judged, made_by: str, now: datetime, respelt: Collection[int]
) -> set[int]:
    touched: set[int] = set()
    assert one.facts is not None  # noqa: S101
    if one.doctor is None:
        one.doctor = add_doctor(session, organisation_id, one.facts)
        touched.add(one.doctor.id)
    elif facts_of(one.doctor) != one.facts:
        claim(session, one.doctor, one.doctor.version)
        is_news = one.doctor.names != one.facts.names and one.doctor.id not in respelt
        keep_facts(session, one.doctor, one.facts, is_news, made_by, now)
        touched.add(one.doctor.id)
    for number in one.districts:
        old = find_district(session, organisation_id, number)
        adult, child = (old.adult_doctor_id, old.child_doctor_id) if old else (None, None)
        adult, child = (adult, one.doctor.id) if one.for_children else (one.doctor.id, child)
        save_district(session, organisation_id, number, adult, child)
    return touched
