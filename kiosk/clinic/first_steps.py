"""The way from an empty database to the first booking: which steps a clinic has taken, read from what is stored."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from kiosk.clinic.appointments import Appointment
from kiosk.clinic.places import Building, Kiosk, KioskDevice, Organisation
from kiosk.clinic.schedule import Doctor, Schedule

CLINIC, BUILDING, DOCTORS, SCHEDULES, KIOSK, ENROLLED, BOOKED = STEPS = (
    "clinic",
    "building",
    "doctors",
    "schedules",
    "kiosk",
    "enrolled",
    "booked",
)


@dataclass(frozen=True)
class FirstStep:
    """One of STEPS, and whether it is taken."""

    name: str
    done: bool


def first_steps(session: Session, organisation_id: int) -> list[FirstStep]:
    """The steps in their order; a clinic that has booked once has taken the last one."""
    doctors = exists().where(Doctor.organisation_id == organisation_id)
    houses = select(Building.id).where(Building.organisation_id == organisation_id)
    kiosks = select(Kiosk.id).where(Kiosk.building_id.in_(houses))
    done = {
        CLINIC: bool(session.get_one(Organisation, organisation_id).address.kk),
        BUILDING: session.scalar(select(exists(houses))),
        DOCTORS: session.scalar(select(doctors)),
        SCHEDULES: session.scalar(select(doctors.where(Schedule.doctor_id == Doctor.id))),
        KIOSK: session.scalar(select(exists(kiosks))),
        ENROLLED: session.scalar(select(exists().where(KioskDevice.kiosk_id.in_(kiosks)))),
        BOOKED: session.scalar(select(doctors.where(Appointment.doctor_id == Doctor.id))),
    }
    return [FirstStep(name, bool(done[name])) for name in STEPS]
