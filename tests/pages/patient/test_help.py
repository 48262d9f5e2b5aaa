"""/help : asked, seen, coming, or honestly nobody; the call carries no personal data."""

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.clinic import calls
from kiosk.clinic.records import HelpCall, JournalEntry
from kiosk.database import db, transaction
from tests.client import Patient
from tests.conftest import Clock
from tests.factories import Registers, Somebody


def answer(app: Flask, state: str, clock: Clock) -> None:
    with app.app_context(), transaction() as work:
        call = work.scalars(select(HelpCall)).one()
        calls.answer(work, call.id, state, clock.now)


@pytest.mark.row("E8")
def test_a_call_is_asked_seen_and_coming(app: Flask, patient: Patient, time: Clock) -> None:
    patient.get("/help")
    patient.press("next")
    assert "Қызметкер шақырылды" in patient.page.words
    answer(app, "seen", time)
    assert "шақыруыңызды көрді" in patient.get("/help").words
    answer(app, "coming", time)
    time.advance(150)
    assert patient.get("/help").path == "/help"
    answer(app, "done", time)
    assert patient.get("/help").by_id("next") is not None


@pytest.mark.row("E8")
def test_nobody_answers_and_the_kiosk_says_so(patient: Patient, time: Clock) -> None:
    patient.get("/help")
    patient.press("next")
    time.advance(119)
    assert "№ 3 терезеге" not in patient.get("/help").words
    time.advance(2)
    assert "№ 3 терезеге" in patient.get("/help").words


@pytest.mark.row("D2", "D8")
def test_an_abandoned_call_ends_its_visit_however_often_the_page_asks_how_it_stands(
    patient: Patient, registers: Registers, time: Clock
) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.get("/help")
    patient.press("next")
    for _minute in range(15):
        time.advance(60)
        patient.get("/help", **{"HX-Request": "true"})
    assert patient.get("/attachment").path == "/attachment", "fifteen minutes are theirs"
    patient.get("/help")
    for _minute in range(16):
        time.advance(60)
        patient.get("/help", **{"HX-Request": "true"})
    assert patient.get("/attachment").path == "/"


def test_pressing_twice_calls_once_and_is_journalled_once(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody(attachments=()))
    patient.scan(me.scan)
    for _ in range(3):
        patient.post("/help", {"page": "attachment"})
    with app.app_context():
        (call,) = db.session.scalars(select(HelpCall)).all()
        assert (call.step, call.language) == ("attachment", "kk")
        events = [one.event for one in db.session.scalars(select(JournalEntry).where(JournalEntry.channel == "kiosk"))]
    assert events.count("help_called") == 1


def test_the_fragment_is_what_the_page_includes(patient: Patient) -> None:
    patient.get("/help")
    patient.press("next")
    fragment = patient.client.get("/help", headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "<html" not in fragment
    assert fragment.strip() in patient.get("/help").text


@pytest.mark.row("E7")
def test_every_screen_leads_to_help(patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    for path in ("/", "/identify", "/notice", "/document"):
        assert any(link.get("href") == "/help" for link in patient.get(path).all("a")), path
    patient.scan(me.scan)
    for path in ("/attachment", "/doctor", "/appointments"):
        assert any(link.get("href") == "/help" for link in patient.get(path).all("a")), path
    patient.get("/attachment")
    for path in ("/confirm", "/ticket"):
        patient.press("next")
        assert patient.page.path == path
        assert any(link.get("href") == "/help" for link in patient.page.all("a")), path
