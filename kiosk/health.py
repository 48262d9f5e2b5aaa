"""/healthz : ok, degraded (a state system is out of reach) or unfit (the database or its migrations)."""

import logging
import socket
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, jsonify, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from kiosk import clock, migrations
from kiosk.config import Settings
from kiosk.database import db

log = logging.getLogger("kiosk")
door = Blueprint("health", __name__)


@door.get("/healthz")
def healthz() -> Any:
    """Tell a supervisor how the server stands; details only to the machine itself."""
    settings: Settings = current_app.extensions["settings"]
    fit = _database_fits()
    silent = [name for name, url in _systems(settings).items() if not _listens(url)]
    status = "unfit" if not fit else "degraded" if silent else "ok"
    answer: dict[str, Any] = {"status": status}
    if request.remote_addr in ("127.0.0.1", "::1"):
        answer |= {"silent": silent, "clock_offset": clock.offset()}
    response = jsonify(answer)
    response.headers["Cache-Control"] = "no-store"
    return response, 200 if fit else 503


def _database_fits() -> bool:
    try:
        db.session.execute(text("SELECT 1"))
        return migrations.is_current(db.engine)
    except SQLAlchemyError:
        return False


def _systems(settings: Settings) -> dict[str, str]:
    return {"persons": settings.persons_url, "attachments": settings.attachments_url}


def _listens(url: str) -> bool:
    address = urlsplit(url)
    port = address.port or (443 if address.scheme == "https" else 80)
    try:
        with socket.create_connection((address.hostname or "", port), timeout=1):
            return True
    except OSError:
        return False
