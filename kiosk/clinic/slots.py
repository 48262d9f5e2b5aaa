"""Free times: who may see whom, which days, which times, which is the earliest, and holding one."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, exists, func, or_, select, update
from sqlalchemy.orm import Session

from kiosk.clinic.obstacles import SlotPast, SlotTaken, SlotUnknown, SlotWithdrawn
from kiosk.clinic.people import age_on
from kiosk.clinic.schedule import ANY, FREE, WITHDRAWN, Absence, District, Doctor, DoctorKind, Slot
from kiosk.clinic.visits import VisitRecord

_ALPHABET = " -аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
PARTS_OF_DAY = ("morning", "day", "evening")


@dataclass(frozen=True)
class Window:
    """From when until when slots are offered: now plus the notice, now plus the horizon (to the end of that day).

    Staff are also offered what is kept from the kiosks, and what still rests after a cancelling.
    """

    visit_id: str
    now: datetime
    begins: datetime
    ends: datetime
    by_staff: bool = False


def window(visit_id: str, now: datetime, notice_minutes: int, horizon_days: int, zone: str) -> Window:
    """The Window of one visit at `now`, in the building's `zone`."""
    last = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=horizon_days)
    ends = datetime.combine(last + timedelta(days=1), time.min, ZoneInfo(zone))
    return Window(visit_id, now, now + timedelta(minutes=notice_minutes), ends)


def kinds_for(born: date, today: date, age_border: int) -> tuple[DoctorKind, ...]:
    """The kinds of doctor that a person of this age may see here; the border is the clinic's setting."""
    first = DoctorKind.PAEDIATRICIAN if age_on(today, born) < age_border else DoctorKind.THERAPIST
    return (first, DoctorKind.GENERAL_PRACTITIONER)


def part_of_day(moment: time) -> str:
    """morning before 12, day before 17, evening after."""
    return "morning" if moment.hour < 12 else "day" if moment.hour < 17 else "evening"


def district_doctor(
    session: Session, organisation_id: int, number: str, kinds: tuple[DoctorKind, ...], day: date | None = None
) -> Doctor | None:
    """The doctor of a district for a person who may see `kinds`: the child's for children, else the adults'.

    On a `day` of this doctor's absence it is the substitute, where one is named who may see the person.
    """
    wanted = number.strip().lstrip("0")
    rows = session.scalars(select(District).where(District.organisation_id == organisation_id))
    district = next((one for one in rows if one.number.lstrip("0") == wanted), None)
    if district is None:
        return None
    child = DoctorKind.PAEDIATRICIAN in kinds
    ident = district.child_doctor_id if child else district.adult_doctor_id
    doctor = session.get(Doctor, ident) if ident else None
    other = substitute_of(session, doctor, day) if doctor and day else None
    chosen = other if other and other.kind in kinds else doctor
    return chosen if chosen and chosen.is_active and chosen.kind in kinds else None


def substitute_of(session: Session, doctor: Doctor, day: date) -> Doctor | None:
    """Who receives this doctor's patients on a day of absence: the absence's own substitute, else the standing one.

    The patients of a doctor who has left go to the standing substitute.
    """
    absence = absence_on(session, doctor, day)
    own = absence.substitute_id if absence else None
    ident = own or (doctor.substitute_id if absence or not doctor.is_active else None)
    found = session.get(Doctor, ident) if ident else None
    return found if found and found.is_active else None


def absence_on(session: Session, doctor: Doctor, day: date) -> Absence | None:
    """The absence that covers this day, the one entered first where several do."""
    query = select(Absence).where(Absence.doctor_id == doctor.id, Absence.first_day <= day, Absence.last_day >= day)
    return session.scalars(query.order_by(Absence.id)).first()


def doctors_for(session: Session, organisation_id: int, kinds: tuple[DoctorKind, ...]) -> list[Doctor]:
    """All active doctors of an organisation that a person who may see `kinds` can choose, kind by kind."""
    query = select(Doctor).where(
        Doctor.organisation_id == organisation_id, Doctor.is_active, Doctor.kind.in_([str(kind) for kind in kinds])
    )
    return sorted(
        session.scalars(query), key=lambda one: (kinds.index(DoctorKind(one.kind)), in_alphabet(one.names.kk))
    )


def in_alphabet(name: str) -> list[int]:
    """A sort key in the order of the Kazakh alphabet, which code points do not follow."""
    return [_ALPHABET.find(letter) for letter in name.lower()]


def _open_to(period: Window) -> tuple[ColumnElement[bool], ...]:
    held_by_other = exists().where(
        VisitRecord.id == Slot.held_by, VisitRecord.id != period.visit_id, VisitRecord.alive_until > period.now
    )
    for_kiosks = (Slot.channel == ANY, or_(Slot.reopens_at.is_(None), Slot.reopens_at <= period.now))
    return (
        Slot.status == FREE,
        Slot.starts_at >= period.begins,
        Slot.starts_at < period.ends,
        Slot.is_closing.is_(False),
        ~held_by_other,
        *(() if period.by_staff else for_kiosks),
    )


def free_times(session: Session, doctor_id: int, period: Window) -> list[Row[tuple[int, datetime]]]:
    """Rows (id, starts_at) of all that is free with one doctor, earliest first: one query, plain rows."""
    query = select(Slot.id, Slot.starts_at).where(Slot.doctor_id == doctor_id, *_open_to(period))
    return list(session.execute(query.order_by(Slot.starts_at)))


def free_counts(session: Session, doctor_ids: list[int], period: Window) -> dict[int, tuple[int, datetime]]:
    """For each doctor with free times: how many, and the earliest; doctors without are missing."""
    query = select(Slot.doctor_id, func.count(), func.min(Slot.starts_at))
    rows = session.execute(query.where(Slot.doctor_id.in_(doctor_ids), *_open_to(period)).group_by(Slot.doctor_id))
    return {doctor_id: (count, earliest) for doctor_id, count, earliest in rows}


def nearest(
    session: Session, doctor_id: int, to: datetime, period: Window, most: int = 3
) -> list[Row[tuple[int, datetime]]]:
    """The `most` free times of a doctor that lie nearest to a moment, in the order of time."""
    times = free_times(session, doctor_id, period)
    return sorted(sorted(times, key=lambda row: abs(row.starts_at - to))[:most], key=lambda row: row.starts_at)


def hold(session: Session, slot_id: int, doctor_ids: list[int], period: Window) -> Slot:
    """Hold one slot for the visit, letting go of any other; the database decides in one statement.

    Raises SlotUnknown, SlotPast, SlotWithdrawn or SlotTaken; then the earlier hold stays, as the caller rolls back.
    """
    visit = period.visit_id
    release(session, visit, but=slot_id)
    alive = select(VisitRecord.id).where(VisitRecord.id == visit, VisitRecord.alive_until > period.now).exists()
    taken = session.execute(
        update(Slot)
        .where(Slot.id == slot_id, Slot.doctor_id.in_(doctor_ids), *_open_to(period), alive)
        .values(held_by=visit)
        .execution_options(synchronize_session=False)
    )
    slot = session.get(Slot, slot_id, populate_existing=True)
    if taken.rowcount and slot:  # type: ignore[attr-defined]
        return slot
    if slot is None or slot.doctor_id not in doctor_ids or slot.starts_at >= period.ends:
        raise SlotUnknown
    if slot.starts_at < period.begins:
        raise SlotPast
    raise SlotWithdrawn if slot.status == WITHDRAWN else SlotTaken


def release(session: Session, visit_id: str, but: int = 0) -> None:
    """Let go of what a visit holds, except the slot `but`."""
    session.execute(
        update(Slot)
        .where(Slot.held_by == visit_id, Slot.id != but)
        .values(held_by=None)
        .execution_options(synchronize_session=False)
    )


def find_held(session: Session, visit_id: str) -> Slot | None:
    """The slot that a visit holds."""
    return session.scalar(select(Slot).where(Slot.held_by == visit_id))
