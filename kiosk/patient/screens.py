"""All screens of the public door: importing this file hangs each page on it."""

from kiosk.patient import (
    appointments,
    attachment,
    building,
    confirm,
    doctor,
    help,
    identify,
    slot,
    ticket,
    welcome,
)
from kiosk.patient.blueprint import door, htmx, known_kiosk

__all__ = [
    "appointments",
    "attachment",
    "building",
    "confirm",
    "doctor",
    "door",
    "help",
    "htmx",
    "identify",
    "known_kiosk",
    "slot",
    "ticket",
    "welcome",
]
