"""Who receives in the demo: the doctors, their weeks, their districts, and the one who is away."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.clinic.schedule import Absence, District, Doctor, Schedule
from kiosk.demo import reading
from kiosk.demo.places import buildings
from kiosk.demo.reading import DoctorRow

LEAVE_BEGAN, LEAVE_LASTS = timedelta(days=3), timedelta(days=21)


def settle_doctors(session: Session, organisation_id: int) -> None:
    """Make the doctors with their weeks and districts, unless the clinic has doctors already."""
    if session.scalar(select(Doctor.id).where(Doctor.organisation_id == organisation_id).limit(1)) is not None:
        return
    rows = reading.doctors()
    houses = {key: building.id for key, building in buildings(session, organisation_id).items()}
    made = [(row, _doctor(row, organisation_id, houses[row.building])) for row in rows]
    session.add_all(doctor for _, doctor in made)
    session.flush()
    _add_weeks(session, made)
    _add_districts(session, organisation_id, made)
    session.flush()


def marked(session: Session, organisation_id: int, state: str) -> list[Doctor]:
    """The doctors whom doctors.csv marks with this `state` (leave or full), found by their names."""
    wanted = {row.names for row in reading.doctors() if row.state == state}
    query = select(Doctor).where(Doctor.organisation_id == organisation_id).order_by(Doctor.id)
    return [doctor for doctor in session.scalars(query) if doctor.names in wanted]


def send_on_leave(session: Session, organisation_id: int, today: date) -> None:
    """Let the one leave begin three days ago and last three weeks more, whatever day it is."""
    for doctor in marked(session, organisation_id, "leave"):
        absence = session.scalar(select(Absence).where(Absence.doctor_id == doctor.id).order_by(Absence.id))
        if absence is None:
            absence = Absence(doctor_id=doctor.id)
            session.add(absence)
        absence.first_day, absence.last_day = today - LEAVE_BEGAN, today + LEAVE_LASTS
    session.flush()


def _doctor(row: DoctorRow, organisation_id: int, building_id: int) -> Doctor:
    return Doctor(
        organisation_id=organisation_id,
        building_id=building_id,
        kind=row.kind.value,
        names=row.names,
        room=row.room,
        floor=row.floor,
    )


def _add_weeks(session: Session, made: list[tuple[DoctorRow, Doctor]]) -> None:
    plain = reading.clinic()
    for row, doctor in made:
        for weekday, starts, ends in reading.shifts(plain["weeks"][row.week]):
            shift = Schedule(
                doctor_id=doctor.id,
                weekday=weekday,
                starts=starts,
                ends=ends,
                slot_minutes=row.slot_minutes,
                valid_from=plain["schedules_from"],
            )
            session.add(shift)


def _add_districts(session: Session, organisation_id: int, made: list[tuple[DoctorRow, Doctor]]) -> None:
    districts: dict[str, District] = {}
    for row, doctor in made:
        district = districts.setdefault(row.district, District(organisation_id=organisation_id, number=row.district))
        if row.for_children:
            district.child_doctor_id = doctor.id
        else:
            district.adult_doctor_id = doctor.id
    session.add_all(districts.values())
