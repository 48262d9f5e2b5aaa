"""All screens of the public door: importing this file hangs each page on it."""

from kiosk.patient import (
    accessibility,
    appointments,
    attachment,
    building,
    confirm,
    consents,
    doctor,
    document,
    heartbeat,
    help,  # noqa: A004 - the screen is named as its URL
    identify,
    parts,
    preferences,
    samples,
    slot,
    ticket,
    voice,
    welcome,
)
from kiosk.patient.blueprint import door, htmx, known_kiosk, stand
from kiosk.patient.enrol import enrolment
from kiosk.patient.visit import default_preferences

__all__ = [
    "accessibility",
    "appointments",
    "attachment",
    "building",
    "confirm",
    "consents",
    "default_preferences",
    "doctor",
    "document",
    "door",
    "enrolment",
    "heartbeat",
    "help",
    "htmx",
    "identify",
    "known_kiosk",
    "parts",
    "preferences",
    "samples",
    "slot",
    "stand",
    "ticket",
    "voice",
    "welcome",
]
