"""All desks of the staff door: importing this file hangs each page on it."""

from kiosk.staff import (
    buildings,
    calls,
    days,
    decisions,
    doctors,
    kiosks,
    login,
    preview,
    schedules,
    settings,
    to_tell,
    window,
)
from kiosk.staff.blueprint import door

__all__ = [
    "buildings",
    "calls",
    "days",
    "decisions",
    "doctors",
    "door",
    "kiosks",
    "login",
    "preview",
    "schedules",
    "settings",
    "to_tell",
    "window",
]
