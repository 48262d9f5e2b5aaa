"""/voice : a sentence of the page spoken on request, and whether it may be heard by others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Response, abort, current_app, g, make_response, request

from kiosk.accessibility.script import Sentence, recorded
from kiosk.accessibility.speech import speakable
from kiosk.accessibility.stops import find_stop
from kiosk.accessibility.voices import VoiceClient, VoiceUnavailable
from kiosk.clinic.schedule import Doctor, Slot
from kiosk.database import db
from kiosk.patient.blueprint import door, shown_instead
from kiosk.patient.here import held, present_visit, save, visit


@dataclass(frozen=True)
class Chosen:
    """What this visit has chosen so far."""

    doctor: Doctor | None
    slot: Slot | None


@door.post("/voice")
def voice() -> Any:
    """Say one block of one screen: 404 for what the screen does not say, 403 where others would hear, 503 unwell."""
    sentence = _find(request.form)
    if sentence is None:
        abort(404)
    if sentence.private and not may_be_heard():
        abort(403)
    client: VoiceClient = current_app.extensions["voice"]
    try:
        clip = client.speak(sentence.language, sentence.text)
    except VoiceUnavailable:
        return "", 503
    told = {"Voice-Words": quote(sentence.text), "Voice-Language": sentence.language}
    told |= {"Voice-Private": "1"} if sentence.private else {}
    return Response(clip.data, mimetype=clip.media_type, headers=told)


@door.post("/voice/aloud")
def aloud() -> Any:
    """Remember for this visit whether private sentences may come from the loudspeaker."""
    present_visit()
    g.visit.aloud = {"yes": "yes", "no": "no"}.get(request.form.get("aloud", ""), "")
    save()
    return "", 204


@door.app_template_global()
def chosen() -> Chosen:
    """The doctor and the held time of this visit, for "where am I"."""
    now = visit() if "visit" in g else None
    if now is None or now.doctor_id is None:
        return Chosen(None, None)
    return Chosen(db.session().get(Doctor, now.doctor_id), held())


def may_be_heard() -> bool:
    """Whether a private sentence may leave the server: into headphones, or aloud by the person's own word."""
    now = visit()
    return now is not None and (now.preferences.voice == "headphones" or now.aloud == "yes")


def _find(form: Mapping[str, str]) -> Sentence | None:
    """Render the screen again from the visit, and look for the named block or stop in what it says."""
    screen = g.spoken_screen = form.get("screen", "")
    with recorded() as script:
        answer = shown_instead(screen)
        if answer is None:
            if not _is_screen(screen):
                return None
            answer = make_response(current_app.view_functions[f"{door.name}.{screen}"]())
    if "block" in form:
        return script.get(form["block"])
    mark = form.get("stop", "")
    if not (mark.isascii() and mark.isdigit() and len(mark) <= 10):
        return None
    found = find_stop(answer.get_data(as_text=True), int(mark))
    return _as_it_stands(*found) if found else None


def _as_it_stands(text: str, language: str) -> Sentence | None:
    """A text of the page that has no written words; after identification whatever is not fixed is private."""
    fixed = current_app.extensions["prompts"].find(language, text)
    now = visit()
    spoken = fixed[0] if fixed else speakable(text, language)
    is_private = fixed is None and now is not None and now.actor is not None
    return Sentence(spoken, language, is_private, None) if spoken else None


def _is_screen(name: str) -> bool:
    """Whether this door has a page of this name that can be shown as it is."""
    rules = current_app.url_map.iter_rules()
    return any(
        rule.endpoint == f"{door.name}.{name}" and "GET" in (rule.methods or ()) and not rule.arguments
        for rule in rules
    )
