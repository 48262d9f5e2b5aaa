"""All desks of the staff door: importing this file hangs each page on it."""

from kiosk.staff import buildings, calls, days, doctors, kiosks, login, preview, schedules, settings, to_tell
from kiosk.staff.blueprint import door

__all__ = [
    "buildings",
    "calls",
    "days",
    "doctors",
    "door",
    "kiosks",
    "login",
    "preview",
    "schedules",
    "settings",
    "to_tell",
]
