"""Doctors, districts and schedules as tables in a file: written out, judged row by row, taken over in one step."""

from kiosk.clinic.doctor_files.judging import DOCTORS, KINDS_OF_FILE, SCHEDULES, Judged, judge
from kiosk.clinic.doctor_files.saving import Effect, effect_of, standing, take_over
from kiosk.clinic.doctor_files.tables import read_rows, to_csv, to_xlsx
from kiosk.clinic.doctor_files.writing import table_of

__all__ = [
    "DOCTORS",
    "KINDS_OF_FILE",
    "SCHEDULES",
    "Effect",
    "Judged",
    "effect_of",
    "judge",
    "read_rows",
    "standing",
    "table_of",
    "take_over",
    "to_csv",
    "to_xlsx",
]
