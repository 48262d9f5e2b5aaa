"""A call is answered at the desk, and what is pressed there is what the patient reads."""

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.clinic.calls import HelpCall
from kiosk.clinic.journal import JournalEntry
from kiosk.clinic.places import Kiosk
from kiosk.database import db, transaction
from tests.client import Patient, words
from tests.conftest import Clock
from tests.desk import ROLES, Desk
from tests.factories import Registers, Somebody


def call(patient: Patient) -> None:
    patient.get("/help")
    patient.press("next")


@pytest.mark.parametrize("login", ["registrar", "schedules", "building", "organisation"])
def test_two_buttons_answer_and_the_patient_reads_it(app: Flask, patient: Patient, login: str) -> None:
    call(patient)
    asked = patient.page.words
    desk = Desk(app, login)
    desk.get("/staff/calls")
    assert {one.get("value") for one in desk.page.all("button", name="answer")} == {"seen", "coming", "done"}
    desk.press_value("answer", "seen")
    seen = patient.get("/help").words
    desk.press_value("answer", "coming")
    coming = patient.get("/help").words
    assert len({asked, seen, coming}) == 3
    desk.press_value("answer", "done")
    assert not desk.page.all("button", name="answer")
    with app.app_context():
        kept = db.session.scalars(select(HelpCall)).one()
        changes = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "changed")).all()
        assert [one.details["after"]["state"] for one in changes] == ["seen", "coming", "done"]
        assert {one.details["staff"] for one in changes} == {kept.taken_by}


def test_the_list_has_no_personal_data(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    call(patient)
    page = Desk(app, "registrar").get("/staff/calls")
    assert me.name not in page.text and me.surname not in page.text and me.iin[-4:] not in page.text
    assert "00" not in words(page.all("h2")[0])


def test_nobody_answering_is_an_alarm(app: Flask, patient: Patient, time: Clock) -> None:
    call(patient)
    desk = Desk(app, "registrar")
    assert "card alarm" not in desk.get("/staff/calls").text
    time.advance(121)
    page = desk.get("/staff/calls")
    assert "card alarm" in page.text
    desk.press_value("answer", "coming")
    assert "card alarm" not in desk.page.text


@pytest.mark.parametrize("login", ROLES)
def test_a_call_that_nobody_comes_to_is_told_on_every_desk_before_the_patient_is_sent_away(
    app: Flask, patient: Patient, time: Clock, login: str
) -> None:
    call(patient)
    desk = Desk(app, login)

    def told() -> list[str]:
        pages = ("/staff", "/staff/journal", "/staff/schedules", "/staff/figures")
        alarms = [desk.get(path).by_id("unanswered") for path in pages]
        return [words(one) for one in alarms if one is not None and words(one)]

    time.advance(59)
    assert told() == []
    known = desk.page.by_id("badge").get("hx-get", "")  # type: ignore[union-attr]
    assert desk.client.get(known).status_code == 204  # nothing new: nothing is said again
    time.advance(1)
    part = desk.client.get(known).get_data(as_text=True)
    assert 'id="unanswered"' in part and 'data-escalated="1"' in part
    assert len(told()) == 4
    assert "3" not in patient.get("/help").words.split("1414")[0]  # not yet sent to window 3
    answering = Desk(app, "registrar")
    answering.get("/staff/calls")
    answering.press_value("answer", "coming")
    assert told() == []


def test_who_was_sent_to_the_window_still_hears_when_somebody_comes(app: Flask, patient: Patient, time: Clock) -> None:
    call(patient)
    time.advance(121)
    sent = patient.get("/help")
    assert "3" in sent.words and sent.by_id("call").get("hx-get")  # type: ignore[union-attr]
    desk = Desk(app, "registrar")
    desk.get("/staff/calls")
    desk.press_value("answer", "coming")
    assert patient.get("/help").words != sent.words


def test_the_live_part_is_the_page_s_own(app: Flask, patient: Patient) -> None:
    call(patient)
    desk = Desk(app, "registrar")
    part = desk.client.get("/staff/calls", headers={"HX-Request": "true"})
    text = part.get_data(as_text=True)
    assert text.lstrip().startswith('<div id="calls"') and "<html" not in text and 'data-waiting="1"' in text
    assert "HX-Request" in part.headers["Vary"]
    badge = desk.get("/staff").by_id("badge")
    assert badge is not None and words(badge) == "1"
    assert ">1<" in desk.client.get("/staff/calls/badge").get_data(as_text=True)


def test_two_who_answer_at_once_do_not_undo_each_other(app: Flask, patient: Patient) -> None:
    call(patient)
    one, other = Desk(app, "registrar"), Desk(app, "schedules")
    one.get("/staff/calls")
    other.get("/staff/calls")
    one.press_value("answer", "coming")
    assert other.press_value("answer", "seen").status == 200
    assert "registrar" in one.get("/staff/calls").words
    with app.app_context():
        assert db.session.scalars(select(HelpCall)).one().coming_at is not None


def test_an_auditor_sees_and_cannot_answer(app: Flask, patient: Patient) -> None:
    call(patient)
    page = Desk(app, "auditor").get("/staff/calls")
    assert page.all("h2") and not page.all("button", name="answer")


def test_a_call_of_another_building_is_nothing(app: Flask, patient: Patient) -> None:
    call(patient)
    with app.app_context(), transaction() as work:
        work.get_one(Kiosk, 1).building_id = 2
    desk = Desk(app, "building")
    page = desk.get("/staff/calls")
    assert not page.all("button", name="answer")
    desk.post("/staff/calls", {"call": "1", "answer": "done"})
    assert desk.post("/staff/calls", {"call": "1", "answer": "never"}).status == 400
    with app.app_context():
        assert db.session.scalars(select(HelpCall)).one().done_at is None


def test_calls_of_one_kiosk_are_not_landmarks_of_one_name(app: Flask) -> None:
    for _ in range(2):
        call(Patient(app.test_client()))
    page = Desk(app, "registrar").get("/staff/calls")
    titles = [words(one) for one in page.all("h2")]
    assert len(titles) == 2 and titles[0] == titles[1]
    assert not [one for one in page.all("section") if one.get("aria-labelledby", "").startswith("call-")]
