"""The server starts here."""

from kiosk.server import create

app = create()
