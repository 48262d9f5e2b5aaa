"""Where reader, keypad, jack and printer are by touch: as staff say it, shown and said where it is needed."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.clinic.places import Kiosk
from kiosk.database import db, transaction
from tests.client import Patient
from tests.factories import Registers, Somebody

READER = {
    "kk": "Куәлік сканері: экранның оң жағында, бел тұсында.",
    "ru": "Считыватель карты: справа от экрана, на уровне пояса.",
    "en": "Card reader: to the right of the screen, at waist height.",
}


def said(patient: Patient) -> list[str]:
    scripts = [one.get("data-say", "[]") for one in patient.page.tree.iter() if isinstance(one.tag, str)]
    return [sentence["text"] for one in scripts for sentence in json.loads(one)]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_reader_is_found_by_touch(patient: Patient, language: str) -> None:
    patient.get("/")
    patient.post("/language", {"language": language, "page": "identify"})
    assert READER[language] in patient.page.words
    assert any(READER[language].split(": ")[1][:12] in one for one in said(patient))


def test_who_listens_hears_of_the_keypad_and_the_jack_too(patient: Patient) -> None:
    patient.get("/")
    patient.post("/preferences", {"voice": "headphones", "page": "identify"})
    for words in ("экранның астында", "пернетақтаның оң жағында"):
        assert any(words in one for one in said(patient))


def test_the_ticket_says_where_the_paper_comes(patient: Patient, registers: Registers) -> None:
    patient.scan(registers.add(Somebody()).scan)
    patient.press("next")
    patient.press("next")
    assert patient.page.path == "/ticket"
    assert any("экранның сол жағында" in one for one in said(patient))


def test_nothing_is_said_of_a_part_that_nobody_described(app: Flask, patient: Patient) -> None:
    with app.app_context(), transaction() as work:
        work.scalars(select(Kiosk)).one().ways = {}
    assert "Куәлік сканері:" not in patient.get("/identify").words
    with app.app_context():
        assert db.session.scalars(select(Kiosk)).one().position("reader") is None
