"""All tables in one import, for migrations and for tests that look at the whole schema."""

from kiosk.clinic.appointments import Appointment
from kiosk.clinic.calls import HelpCall
from kiosk.clinic.consent import Consent
from kiosk.clinic.day_counts import DayCount
from kiosk.clinic.doubted import DoubtedDocument
from kiosk.clinic.full_days import DoctorDay
from kiosk.clinic.import_drafts import ImportDraft
from kiosk.clinic.journal import JournalEntry, JournalHead
from kiosk.clinic.key_test import KeyTest
from kiosk.clinic.kiosks import EnrolmentCode, KioskHealth
from kiosk.clinic.limits import Tries
from kiosk.clinic.local_list import LocalList, LocalPerson, LocalProblem
from kiosk.clinic.people import Patient
from kiosk.clinic.places import Building, Kiosk, KioskDevice, Organisation
from kiosk.clinic.reception import Reception
from kiosk.clinic.sample_documents import SampleDocument
from kiosk.clinic.schedule import Absence, DayException, District, Doctor, Schedule, Slot
from kiosk.clinic.self_test import SelfTest
from kiosk.clinic.staff import RecoveryCode, SignInTries, StaffMember, StaffSession
from kiosk.clinic.to_tell import ToTell
from kiosk.clinic.unconfirmed import UnconfirmedBooking
from kiosk.clinic.visits import VisitRecord

__all__ = [
    "Absence",
    "Appointment",
    "Building",
    "Consent",
    "DayCount",
    "DayException",
    "District",
    "Doctor",
    "DoctorDay",
    "DoubtedDocument",
    "EnrolmentCode",
    "HelpCall",
    "ImportDraft",
    "JournalEntry",
    "JournalHead",
    "KeyTest",
    "Kiosk",
    "KioskDevice",
    "KioskHealth",
    "LocalList",
    "LocalPerson",
    "LocalProblem",
    "Organisation",
    "Patient",
    "Reception",
    "RecoveryCode",
    "SampleDocument",
    "Schedule",
    "SelfTest",
    "SignInTries",
    "Slot",
    "StaffMember",
    "StaffSession",
    "ToTell",
    "Tries",
    "UnconfirmedBooking",
    "VisitRecord",
]
