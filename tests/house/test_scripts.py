"""What the page's own scripts listen to and never ask for: single taps and keys; no body, no face, no speech."""

import re
from pathlib import Path

import pytest

from kiosk.config import ROOT
from tests.client import Patient

SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))
HEARD = re.compile(r"addEventListener\(\s*\"([^\"]+)\"")
GESTURES = ("touchstart", "touchmove", "touchend", "gesturestart", "gesturechange", "dblclick", "drag", "drop", "wheel")
MANY_FINGERS = re.compile(r"\.touches|targetTouches|changedTouches|isPrimary")
BODY = re.compile(r"navigator\.credentials|PublicKeyCredential|FaceDetector|getUserMedia|SpeechRecognition")


@pytest.mark.row("C3")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_waits_for_a_gesture_or_a_second_finger(script: Path) -> None:
    source = script.read_text(encoding="utf-8")
    assert not set(HEARD.findall(source)) & set(GESTURES)
    assert not MANY_FINGERS.search(source)
    assert "pointermove" not in source or script.name == "touch.js", "only exploring by touch follows a finger"


@pytest.mark.row("C11", "C12")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_asks_for_a_finger_a_face_or_a_voice(script: Path) -> None:
    assert not BODY.search(script.read_text(encoding="utf-8"))


@pytest.mark.row("C11", "C12")
def test_there_are_four_ways_to_say_who_one_is_and_none_needs_a_body_or_speech(patient: Patient) -> None:
    links = {one.get("href", "").split("#")[0] for one in patient.get("/").all("a")}
    assert {"/identify", "/document", "/identify?kind=identity_card", "/help"} <= links
    page = patient.get("/identify")
    assert page.by_id("scan-field") is not None and page.by_id("iin") is not None
    policy = page.response.headers["Permissions-Policy"]
    assert "camera=()" in policy and "microphone=()" in policy
