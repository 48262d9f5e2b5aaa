"""A change of one doctor's schedule: what it would do, and saving it; nobody overwrites what somebody else saved."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from kiosk.clinic.appointments import Appointment, booked_on
from kiosk.clinic.publishing import (
    ALWAYS,
    Publication,
    absences_of,
    coming_days,
    house_of,
    publish_ahead,
    rules_of,
    standing_slots,
)
from kiosk.clinic.schedule import LEAVE, Absence, Doctor, Schedule
from kiosk.clinic.timetable import Difference, House, Rule, compare, extras_shut, plan
from kiosk.clinic.to_tell import PUBLICATION


class ChangedMeanwhile(Exception):
    """Somebody else has saved since this was looked at: look again, then decide."""


@dataclass(frozen=True)
class Away:
    """Days of absence, first and last included, as a value."""

    first_day: date
    last_day: date
    reason: str = LEAVE
    substitute_id: int | None = None


@dataclass(frozen=True)
class Change:
    """Shifts and absences that go (by the id of their row) and that come, in one step; replacing is both."""

    drop_rules: tuple[int, ...] = ()
    add_rules: tuple[Rule, ...] = ()
    drop_absences: tuple[int, ...] = ()
    add_absences: tuple[Away, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As JSON would have it; no person is in it."""
        return {
            "drop_rules": list(self.drop_rules),
            "add_rules": [plain_of(one) for one in self.add_rules],
            "drop_absences": list(self.drop_absences),
            "add_absences": [plain_of(one) for one in self.add_absences],
        }


@dataclass(frozen=True)
class Preview:
    """What a change would do to the stored slots, and the booked patients whom it concerns."""

    difference: Difference
    appointments: list[Appointment]

    @property
    def held(self) -> int:
        """How many slots somebody at a kiosk holds this minute against the change."""
        return len(self.difference.conflict) - len(self.appointments)


def plain_of(value: Rule | Away) -> dict[str, Any]:
    """A rule or absence as JSON would have it."""
    return {
        name: one.isoformat() if isinstance(one, date | time) else one
        for name, one in asdict(value).items()
        if one is not None
    }


def change_from(plain: dict[str, Any]) -> Change:
    """The Change in its plain form; raises ValueError, KeyError or TypeError for anything else."""
    return Change(
        tuple(int(one) for one in plain["drop_rules"]),
        tuple(rule_from(one) for one in plain["add_rules"]),
        tuple(int(one) for one in plain["drop_absences"]),
        tuple(_away_from(one) for one in plain["add_absences"]),
    )


def rule_from(plain: dict[str, Any]) -> Rule:
    """One shift from its plain form; raises ValueError where it cannot be one."""
    values = dict(plain)
    for name in ("starts", "ends", "break_starts", "break_ends"):
        values[name] = time.fromisoformat(values[name]) if values.get(name) else None
    for name in ("valid_from", "valid_until"):
        values[name] = date.fromisoformat(values[name]) if values.get(name) else None
    return checked(Rule(**values))


def _away_from(plain: dict[str, Any]) -> Away:
    days = {name: date.fromisoformat(plain[name]) for name in ("first_day", "last_day")}
    if days["first_day"] > days["last_day"]:
        raise ValueError("order")
    return Away(**{**plain, **days})


def checked(rule: Rule) -> Rule:
    """The rule itself; raises ValueError with the name of the first field that cannot be."""
    if (rule.break_starts is None) != (rule.break_ends is None):
        raise ValueError("break_ends")
    pause = (rule.break_starts, rule.break_ends)
    problems = {
        "weekday": not 0 <= rule.weekday <= 6,
        "ends": not rule.starts < rule.ends,
        "slot_minutes": not 5 <= rule.slot_minutes <= 120,
        "valid_until": rule.valid_until is not None and rule.valid_until < rule.valid_from,
        "every_weeks": not 1 <= rule.every_weeks <= 8,
        "break_starts": pause[0] is not None and pause[1] is not None and not rule.starts < pause[0] < pause[1],
        "break_ends": pause[1] is not None and not pause[1] < rule.ends,
        "kept_percent": not 0 <= rule.kept_percent <= 100,
        "cool_down_minutes": not 0 <= rule.cool_down_minutes <= 1440,
    }
    wrong = next((name for name, is_wrong in problems.items() if is_wrong), None)
    if wrong:
        raise ValueError(wrong)
    return rule


def preview(
    session: Session,
    doctor: Doctor,
    change: Change,
    now: datetime,
    house: House | None = None,
    receives: bool | None = None,
) -> Preview:
    """What publication would do after this change, in another `house` or with another `receives` where given."""
    days = _days(session, doctor, now)
    rules = {ident: one for ident, one in rules_of(session, doctor).items() if ident not in change.drop_rules}
    away = [
        (one.first_day, one.last_day)
        for ident, one in absences_of(session, doctor).items()
        if ident not in change.drop_absences
    ]
    away += [(one.first_day, one.last_day) for one in change.add_absences]
    if not (doctor.is_active if receives is None else receives):
        away.append(ALWAYS)
    house = house or house_of(session, doctor.building)
    wanted = plan([*rules.values(), *change.add_rules], days, away, *house)
    existing = [one for one in standing_slots(session, doctor, days, now) if one.starts_at > now]
    shut = extras_shut(existing, away, house)
    difference = compare(existing, [one for one in wanted if one.starts_at > now], shut)
    return Preview(difference, booked_on(session, [one.id for one in difference.conflict]))


def _days(session: Session, doctor: Doctor, now: datetime) -> list[date]:
    first, last = coming_days(session, doctor.organisation_id, now)
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def save(
    session: Session, doctor: Doctor, seen: int, change: Change, now: datetime, made_by: str = PUBLICATION
) -> Publication:
    """Keep the change and publish it; raises ChangedMeanwhile unless the doctor still stands at version `seen`."""
    claim(session, doctor, seen)
    own_rules = delete(Schedule).where(Schedule.doctor_id == doctor.id, Schedule.id.in_(change.drop_rules))
    session.execute(own_rules)
    own_absences = delete(Absence).where(Absence.doctor_id == doctor.id, Absence.id.in_(change.drop_absences))
    session.execute(own_absences)
    session.add_all(Schedule(doctor_id=doctor.id, **vars(one)) for one in change.add_rules)
    session.add_all(Absence(doctor_id=doctor.id, **vars(one)) for one in change.add_absences)
    session.flush()
    return publish_ahead(session, doctor.organisation_id, now, [doctor.id], made_by)


def claim(session: Session, doctor: Doctor, seen: int) -> None:
    """Be the one who changes this doctor from version `seen` on; the database decides who is."""
    claimed = session.execute(
        update(Doctor)
        .where(Doctor.id == doctor.id, Doctor.version == seen)
        .values(version=Doctor.version + 1)
        .execution_options(synchronize_session=False)
    )
    if not claimed.rowcount:  # type: ignore[attr-defined]
        raise ChangedMeanwhile
    session.refresh(doctor)


def described(session: Session, doctor: Doctor) -> dict[str, Any]:
    """The whole schedule of a doctor in plain words, for the journal's before and after."""
    return {
        "rules": [plain_of(one) for one in rules_of(session, doctor).values()],
        "absences": [
            plain_of(Away(one.first_day, one.last_day, one.reason, one.substitute_id))
            for one in absences_of(session, doctor).values()
        ],
    }
