"""All desks of the staff door: importing this file hangs each page on it."""

from kiosk.staff import calls
from kiosk.staff.blueprint import door

__all__ = ["calls", "door"]
