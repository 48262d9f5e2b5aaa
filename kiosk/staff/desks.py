"""All desks of the staff door: importing this file hangs each page on it."""

from kiosk.staff import (
    buildings,
    calls,
    days,
    figures,
    imports,
    journal,
    kiosks,
    legal,
    login,
    preview,
    settings,
    unconfirmed,
)
from kiosk.staff.blueprint import door

__all__ = [
    "buildings",
    "calls",
    "days",
    "door",
    "figures",
    "imports",
    "journal",
    "kiosks",
    "legal",
    "login",
    "preview",
    "settings",
    "unconfirmed",
]
