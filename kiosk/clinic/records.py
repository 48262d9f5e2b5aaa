"""All tables in one import, for migrations and for tests that look at the whole schema."""

from kiosk.clinic.booking import Appointment
from kiosk.clinic.calls import HelpCall
from kiosk.clinic.consent import Consent
from kiosk.clinic.journal import JournalEntry, JournalHead
from kiosk.clinic.kiosks import EnrolmentCode, KioskHealth
from kiosk.clinic.limits import Tries
from kiosk.clinic.local_list import LocalList, LocalPerson, LocalProblem
from kiosk.clinic.people import Patient
from kiosk.clinic.places import Building, Kiosk, KioskDevice, Organisation
from kiosk.clinic.schedule import Absence, DayException, District, Doctor, Schedule, Slot
from kiosk.clinic.staff import RecoveryCode, SignInTries, StaffMember, StaffSession
from kiosk.clinic.unconfirmed import UnconfirmedBooking
from kiosk.clinic.visits import VisitRecord

__all__ = [
    "Absence",
    "Appointment",
    "Building",
    "Consent",
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
    "LocalList",
    "LocalPerson",
    "LocalProblem",
    "Organisation",
    "Patient",
    "RecoveryCode",
    "Schedule",
    "SignInTries",
    "Slot",
    "StaffMember",
    "StaffSession",
    "Tries",
    "UnconfirmedBooking",
    "VisitRecord",
]
