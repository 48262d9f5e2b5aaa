"""/heartbeat : a page tells that its kiosk lives; nothing of the person in front of it."""

import re
from datetime import timedelta
from typing import Any

from flask import current_app, g, request
from jinja2 import pass_context
from jinja2.runtime import Context

from kiosk import clock
from kiosk.accessibility import own_words
from kiosk.accessibility.voices import VoiceClient, VoiceUnavailable
from kiosk.clinic import key_test, kiosks, self_test, visit_ends, visits
from kiosk.database import db, settle, transaction
from kiosk.patient.blueprint import door
from kiosk.patient.here import here

SCAN_NOTED_EVERY = timedelta(minutes=1)
MOST_ERRORS = 1000


@door.post("/heartbeat")
def heartbeat() -> Any:
    """Keep version, clock skew, errors, voice and keys of this kiosk; forget the visits whose time is over.

    The answer says when a self-test is due, and that the keys are to be tested as long as they are.
    """
    place, due = here(), self_test.is_due(db.session(), here().kiosk.id, here().now)
    found = _found() if due and "sound" in request.form else None
    told = _told(found)

    def deed(work: Any) -> None:
        if found is not None:
            self_test.keep(work, place.kiosk.id, found, place.now)
        kiosks.beat(work, place.kiosk.id, told, place.now)
        key_test.answer(work, place.kiosk.id, request.form.get("keys", "").split(), place.now)
        if told.key_pressed and g.visit_token:
            visits.note_keys(work, g.visit_token, place.now)
        visit_ends.sweep(work, place.now)

    settle(deed)
    asked = {"Self-Test": due and found is None, "Key-Test": bool(keys_asked())}
    return "", 204, {name: "due" for name, is_asked in asked.items() if is_asked}


@door.app_template_global()
def keys_asked() -> list[str]:
    """The functions whose keys staff want tested here, in order, while nobody's visit is on and a test goes on."""
    place = here()
    found = key_test.find_open(db.session(), place.kiosk.id, place.now) if g.visit is None else None
    return found.silent if found else []


def note_scan() -> None:
    """The reader of this kiosk works: remembered once a minute at most."""
    health = db.session().get(kiosks.KioskHealth, here().kiosk.id)
    if health and health.last_scan_at and here().now - health.last_scan_at < SCAN_NOTED_EVERY:
        return
    with transaction() as work:
        kiosks.scanned(work, here().kiosk.id, here().now)


@door.app_template_global()
@pass_context
def voice_is_down(context: Context) -> bool:
    """Whether the kiosk that is shown knows that its voice does not work."""
    return kiosks.voice_is_down(db.session(), context["here"].kiosk.id)


def _found() -> self_test.Found:
    """The page has played a sentence that nobody heard: try each language's voice too."""
    faults = [f"voice_{code}" for code in here().settings.languages if not _speaks(code)]
    faults += [self_test.SOUND] if request.form["sound"] != "played" else []
    counts = (min(_number(request.form.get(name, ""), -1), 99) for name in ("outputs", "touch"))
    return self_test.Found(tuple(faults), *counts)


def _speaks(language: str) -> bool:
    client: VoiceClient = current_app.extensions["voice"]
    try:
        return bool(client.speak(language, own_words.OWN_NAMES[language]).data)
    except VoiceUnavailable:
        return False


def _told(found: self_test.Found | None) -> kiosks.Beat:
    present = here().now.timestamp() - clock.offset()
    theirs = _number(request.form.get("clock", ""), int(present * 1000)) / 1000
    skew = max(-(10**8), min(10**8, round(theirs - present)))
    voice = request.form.get("voice", "")
    if found is not None:
        voice = kiosks.FAILED if found.faults else kiosks.SPEAKS
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
