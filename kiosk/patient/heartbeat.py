"""/heartbeat : a page tells that its kiosk lives; nothing of the person in front of it."""

import re
from datetime import timedelta
from typing import Any

from flask import g, request

from kiosk import clock
from kiosk.clinic import kiosks, visit_ends, visits
from kiosk.database import db, settle, transaction
from kiosk.patient.blueprint import door, here

SCAN_NOTED_EVERY = timedelta(minutes=1)
MOST_ERRORS = 1000


@door.post("/heartbeat")
def heartbeat() -> Any:
    """Keep version, clock skew, errors, voice and keys of this kiosk; forget the visits whose time is over."""
    told = _told()

    def deed(work: Any) -> None:
        kiosks.beat(work, here().kiosk.id, told, here().now)
        if told.key_pressed and g.visit_token:
            visits.note_keys(work, g.visit_token, here().now)
        visit_ends.sweep(work, here().now)

    settle(deed)
    return "", 204


def note_scan() -> None:
    """The reader of this kiosk works: remembered once a minute at most."""
    health = db.session().get(kiosks.KioskHealth, here().kiosk.id)
    if health and health.last_scan_at and here().now - health.last_scan_at < SCAN_NOTED_EVERY:
        return
    with transaction() as work:
        kiosks.scanned(work, here().kiosk.id, here().now)


def _told() -> kiosks.Beat:
    present = here().now.timestamp() - clock.offset()
    theirs = _number(request.form.get("clock", ""), int(present * 1000)) / 1000
    skew = max(-(10**8), min(10**8, round(theirs - present)))
    voice = request.form.get("voice", "")
    return kiosks.Beat(
        version=re.sub(r"[^\w.+-]", "", request.form.get("version", ""))[:40],
        skew_seconds=skew,
        errors=min(_number(request.form.get("errors", ""), 0), MOST_ERRORS),
        last_error=re.sub(r"[^\w.: -]", "", request.form.get("last_error", ""), flags=re.ASCII)[:80],
        voice=voice if voice in kiosks.VOICES else "",
        key_pressed=request.form.get("key") == "1",
    )


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else otherwise
