"""/accessibility: the statement and the report, shown and said in three languages, reachable from two screens."""

import pytest

from kiosk.accessibility.conformance import CHAPTERS, latest, rows
from tests.client import Patient

HEADINGS = {"kk": "Бұл терминал баршаға арналған", "ru": "Этот терминал для всех", "en": "This kiosk is for everyone"}


@pytest.mark.row("F12")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_row_is_shown_with_its_state(patient: Patient, language: str) -> None:
    patient.post("/language", {"language": language, "page": "welcome"})
    statement = patient.get("/accessibility")
    assert HEADINGS[language] in statement.text
    assert str(latest().day.year) in statement.text
    for letter in CHAPTERS:
        assert f"/accessibility?chapter={letter}" in statement.text
        chapter = patient.get(f"/accessibility?chapter={letter}").text
        for finding in latest().chapter(letter):
            assert rows()[finding.row].titles[language].replace("'", "&#39;").split('"')[0] in chapter


def test_it_is_reached_from_the_settings_and_from_the_building(patient: Patient) -> None:
    for screen in ("/preferences", "/building"):
        assert 'href="/accessibility"' in patient.get(screen).text


@pytest.mark.row("F12")
def test_at_the_very_large_size_one_row_stands_on_a_screen(patient: Patient) -> None:
    patient.post("/preferences", {"page": "welcome", "text_size": "5"})
    shown = patient.get("/accessibility?chapter=B&more=1").text
    assert shown.count('class="fact"') == 1
    assert "chapter=B&amp;more=2" in shown


def test_a_chapter_that_is_none_is_the_statement(patient: Patient) -> None:
    for chapter in ("Z", "AB", ""):
        assert HEADINGS["kk"] in patient.get(f"/accessibility?chapter={chapter}").text
