"""What every screen of the public door owes to everybody: one question, one primary button, words on each control."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest

from kiosk.config import ROOT
from tests.client import Page, Patient, words
from tests.factories import Registers, Somebody
from tests.pages.patient.test_voice import lines

ME = Somebody()
OPEN = ("/", "/identify", "/document", "/notice", "/building", "/help", "/preferences", "/switches", "/keys")
KNOWN = ("/attachment", "/doctor", "/slot", "/confirm", "/appointments", "/consents")


def screens(patient: Patient, registers: Registers, language: str = "kk") -> Iterator[Page]:
    """Every screen from the welcome to the ticket."""
    registers.add(ME)
    patient.post("/language", {"language": language})
    for path in OPEN:
        yield patient.get(path)
    patient.scan(ME.scan)
    patient.press("next")
    for path in KNOWN:
        yield patient.get(path)
    patient.get("/confirm")
    yield patient.press("next")


def controls(page: Page) -> list[Element]:
    return page.all("a") + page.all("button")


@pytest.mark.row("E1")
def test_one_heading_one_primary_button_and_a_way_back(patient: Patient, registers: Registers) -> None:
    headings = []
    for page in screens(patient, registers):
        headings.append(page.heading)
        primary = [one for one in controls(page) if "primary" in one.get("class", "").split()]
        own = [one for one in primary if one.get("id") != "idle-more" and one.get("id") != "aloud-yes"]
        assert len(own) <= 1, page.path
        assert page.by_id("back") is not None or page.path in ("/", "/ticket"), page.path
    assert len(set(headings)) == len(headings)


@pytest.mark.row("E2")
def test_nothing_is_chosen_beforehand_and_nothing_is_disabled(patient: Patient, registers: Registers) -> None:
    for page in screens(patient, registers):
        for one in controls(page) + page.all("input"):
            assert one.get("checked") is None and one.get("disabled") is None, (page.path, one.attrib)
    times = patient.get("/slot").all("button")
    assert not [one for one in times if one.get("aria-pressed") == "true" and one.get("name") == "slot"]


@pytest.mark.row("D10")
def test_whoever_is_known_is_asked_to_type_nothing_again(patient: Patient, registers: Registers) -> None:
    for page in screens(patient, registers):
        typed = [one for one in page.all("input") + page.all("textarea") if one.get("type", "text") != "hidden"]
        asks = [one.get("name") for one in typed if one.get("name") != "scan"]
        assert not asks or page.path in OPEN, page.path


@pytest.mark.row("B11")
def test_no_control_is_only_an_icon(patient: Patient, registers: Registers) -> None:
    for page in screens(patient, registers):
        assert [one.attrib for one in controls(page) if not words(one)] == [], page.path


@pytest.mark.row("A17")
def test_every_picture_has_words_or_is_an_ornament(patient: Patient, registers: Registers) -> None:
    for page in screens(patient, registers):
        for one in page.all("img"):
            assert one.get("alt") is not None, page.path
        for one in page.all("svg"):
            assert one.get("aria-hidden") == "true" or one.get("aria-label") or one.get("aria-labelledby"), page.path


@pytest.mark.row("E7")
def test_the_way_to_help_stands_in_the_same_place(patient: Patient, registers: Registers) -> None:
    for page in screens(patient, registers):
        bottom = [one for nav in page.all("nav") if "bottom" in nav.get("class", "") for one in nav.iter("a")]
        ways = [one for one in bottom if (one.get("href") or "").startswith("/help")]
        assert len(ways) == 1 or page.path == "/help", page.path


@pytest.mark.row("A14")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_script_is_in_the_language_of_the_screen(patient: Patient, registers: Registers, language: str) -> None:
    for page in screens(patient, registers, language):
        assert page.all("html")[0].get("lang") == language, page.path
        script = lines(page)
        assert script and script[0]["lang"] == language, page.path
        foreign = {one["lang"] for one in script} - {language}
        assert not foreign or page.path == "/", (page.path, foreign)


@pytest.mark.row("B13")
def test_nothing_moves_by_itself() -> None:
    for sheet in (ROOT / "static/css").glob("*.css"):
        css = sheet.read_text(encoding="utf-8")
        assert not re.search(r"@keyframes|\banimation", css), sheet.name
        willing = re.sub(r"@media \(prefers-reduced-motion: no-preference\) \{[^}]*\}\s*\}", "", css)
        assert "transition" not in willing, sheet.name
