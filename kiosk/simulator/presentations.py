"""Documents shown on a phone: short-lived codes and QR payloads, and whose they are."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from kiosk import clock

LIFE = timedelta(minutes=5)
KINDS = ("code", "qr")
_QR_BYTES = 120


@dataclass(frozen=True)
class Presentation:
    """One document shown."""

    payload: str
    iin: str
    until: datetime


class Presentations:
    """Everything that was shown lately."""

    def __init__(self) -> None:
        self._all: dict[str, Presentation] = {}
        self._lock = Lock()

    def show(self, iin: str, kind: str) -> str:
        """A new payload for this person's document: six digits, or a text for a QR code."""
        with self._lock:
            payload = _new(kind)
            while payload in self._all:
                payload = _new(kind)
            self._all[payload] = Presentation(payload, iin, clock.now() + LIFE)
        return payload

    def find(self, payload: str) -> str | None:
        """The IIN behind a payload that is not too old."""
        shown = self._all.get(payload)
        return shown.iin if shown and clock.now() < shown.until else None


def _new(kind: str) -> str:
    return f"{secrets.randbelow(10**6):06d}" if kind == "code" else secrets.token_urlsafe(_QR_BYTES)
