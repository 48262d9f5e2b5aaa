"""Moving patients by staff: the nearest free times with the same or the substitute doctor, in one step."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from kiosk.clinic.appointments import Appointment
from kiosk.clinic.kiosk_settings import merge
from kiosk.clinic.schedule import Doctor
from kiosk.clinic.slots import Window, absence_on, free_times, substitute_of, window

LEAD, EARLIER_LEAD = timedelta(hours=2), timedelta(days=1)


@dataclass(frozen=True)
class Proposal:
    """A free time that an appointment could move to."""

    slot_id: int
    starts_at: datetime
    doctor: Doctor


def staff_window(doctor: Doctor, now: datetime) -> Window:
    """The times that staff may give with this doctor: up to the clinic's horizon, kept ones included."""
    settings = merge(doctor.building.organisation.settings, doctor.building.settings)[0]
    period = window("", now, 0, settings.horizon_days, doctor.building.zone)
    return Window(period.visit_id, period.now, period.begins, period.ends, by_staff=True)


def proposals(session: Session, appointment: Appointment, now: datetime, most: int = 3) -> list[Proposal]:
    """The nearest free times with the same doctor or the substitute, nearest to the old time first.

    Nobody is sent to a time sooner than two hours from now, nor before the old time at less than a day's notice:
    the patient has to hear of it first.
    """
    found = [
        Proposal(row.id, row.starts_at, doctor)
        for doctor in receiving(session, appointment)
        for row in free_times(session, doctor.id, staff_window(doctor, now))
        if _in_time(row.starts_at, appointment.starts_at, now)
    ]
    return sorted(found, key=lambda one: (abs(one.starts_at - appointment.starts_at), one.slot_id))[:most]


def receiving(session: Session, appointment: Appointment) -> list[Doctor]:
    """Who may receive the patient of this appointment: the doctor, and on the days of absence the substitute."""
    doctor = appointment.doctor
    substitute = substitute_of(session, doctor, _day_of(appointment))
    return [one for one in (doctor, substitute) if one is not None and one.is_active]


def is_left_to_the_standing_substitute(session: Session, appointment: Appointment) -> bool:
    """Whether an absence covers the day of this appointment and names no substitute of its own."""
    absence = absence_on(session, appointment.doctor, _day_of(appointment))
    return absence is not None and absence.substitute_id is None


def _day_of(appointment: Appointment) -> date:
    return appointment.starts_at.astimezone(ZoneInfo(appointment.doctor.building.zone)).date()


def _in_time(moment: datetime, old: datetime, now: datetime) -> bool:
    return moment >= now + (LEAD if moment >= old else EARLIER_LEAD)
