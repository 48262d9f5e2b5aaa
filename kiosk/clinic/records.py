"""All tables in one import, for migrations and for tests that look at the whole schema."""

from kiosk.clinic.booking import Appointment
from kiosk.clinic.calls import HelpCall
from kiosk.clinic.journal import JournalEntry, JournalHead
from kiosk.clinic.kiosks import EnrolmentCode, KioskHealth
from kiosk.clinic.limits import Tries
from kiosk.clinic.people import Patient
from kiosk.clinic.places import Building, Kiosk, KioskDevice, Organisation
from kiosk.clinic.schedule import Absence, DayException, District, Doctor, Schedule, Slot
from kiosk.clinic.staff import RecoveryCode, SignInTries, StaffMember, StaffSession
from kiosk.clinic.visits import VisitRecord

__all__ = [
    "Absence",
    "Appointment",
    "Building",
    "DayException",
    "District",
    "Doctor",
    "EnrolmentCode",
    "HelpCall",
    "JournalEntry",
    "JournalHead",
    "Kiosk",
    "KioskDevice",
    "KioskHealth",
    "Organisation",
    "Patient",
    "RecoveryCode",
    "Schedule",
    "SignInTries",
    "Slot",
    "StaffMember",
    "StaffSession",
    "Tries",
    "VisitRecord",
]
