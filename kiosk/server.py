"""The kiosk as a server runs it: settings from the environment, connected to the real outside world."""

import sys

from flask import Flask

from kiosk.app import create_app
from kiosk.config import SettingWrong, from_environment
from kiosk.outside import connect


def create() -> Flask:
    """The application for a WSGI server; a wrong setting ends the start with its sentence."""
    try:
        settings = from_environment()
    except SettingWrong as wrong:
        sys.exit(f"Qabyldau cannot start: {wrong}")
    return create_app(settings, connect(settings))
