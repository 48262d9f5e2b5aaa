"""All desks of the staff door: importing this file hangs each page on it."""

from kiosk.staff import (
    buildings,
    calls,
    days,
    decisions,
    doctors,
    figures,
    imports,
    journal,
    kiosks,
    legal,
    login,
    preview,
    schedules,
    settings,
    to_tell,
    unconfirmed,
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
    "figures",
    "imports",
    "journal",
    "kiosks",
    "legal",
    "login",
    "preview",
    "schedules",
    "settings",
    "to_tell",
    "unconfirmed",
    "window",
]
