"""All desks of the staff door: importing this file hangs each page on it."""

from kiosk.staff import calls, login
from kiosk.staff.blueprint import door

__all__ = ["calls", "door", "login"]
