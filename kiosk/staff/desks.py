"""All desks of the staff door: importing this file hangs each page on it."""

from kiosk.staff import buildings, calls, days, figures, journal, kiosks, legal, login, people, preview, settings
from kiosk.staff.blueprint import door

__all__ = [
    "buildings",
    "calls",
    "days",
    "door",
    "figures",
    "journal",
    "kiosks",
    "legal",
    "login",
    "people",
    "preview",
    "settings",
]
