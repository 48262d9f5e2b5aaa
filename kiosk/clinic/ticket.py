"""Ticket: what the paper, the screen and the voice say of an appointment, as data."""

from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk.clinic.booking import Appointment
from kiosk.clinic.names import Names


@dataclass(frozen=True)
class Ticket:
    """One appointment without the patient: doctor, kind, times (UTC) and place, and the entry in the journal."""

    doctor: Names
    kind: str
    starts_at: datetime
    ends_at: datetime
    room: str
    floor: int
    building: Names
    address: Names
    organisation: Names
    phones: str
    entry_number: int
    ref: str

    @classmethod
    def of(cls, appointment: Appointment) -> "Ticket":
        """The ticket of an appointment."""
        doctor = appointment.doctor
        building = doctor.building
        return cls(
            doctor.names,
            doctor.kind,
            appointment.starts_at,
            appointment.ends_at,
            doctor.room,
            doctor.floor,
            building.names,
            building.address,
            building.organisation.names,
            building.organisation.phones,
            appointment.entry_number,
            appointment.ref,
        )


def calendar_entry(ticket: Ticket, language: str) -> str:
    """The appointment as an iCalendar event in UTC (RFC 5545), short enough for a QR code; no patient in it."""
    place = f"{ticket.organisation.in_(language)}, {ticket.building.in_(language)}, № {ticket.room}"
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Qabyldau//kiosk//",
        "BEGIN:VEVENT",
        f"UID:{ticket.ref}@qabyldau",
        f"DTSTAMP:{_utc(ticket.starts_at)}",
        f"DTSTART:{_utc(ticket.starts_at)}",
        f"DTEND:{_utc(ticket.ends_at)}",
        f"SUMMARY:{_escaped(ticket.doctor.in_(language))}",
        f"LOCATION:{_escaped(place)}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "\r\n".join(lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
