"""The window and the phone: the same rules as at a kiosk, the channel recorded, and decisions left to a person."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from kiosk.clinic.booking import Appointment
from kiosk.clinic.doubted import DoubtedDocument
from kiosk.clinic.journal import broken_links
from kiosk.clinic.legal import edition_on
from kiosk.clinic.places import find_organisation
from kiosk.clinic.reception import Reception
from kiosk.clinic.schedule import District, Slot
from kiosk.clinic.to_tell import ToTell
from kiosk.database import db, transaction
from tests.client import Patient, words
from tests.conftest import Clock
from tests.desk import Desk, at_the_window, book_first, entries
from tests.factories import ELSEWHERE, NOW, Registers, Somebody


def made(app: Flask, channel: str) -> list[Appointment]:
    with app.app_context():
        return list(db.session.scalars(select(Appointment).where(Appointment.channel == channel)))


@pytest.mark.parametrize(
    ("channel", "language", "said"),
    [
        ("phone", "ru", "Литвиненко"),
        ("window", "kk", "Нұрпейісова"),
    ],
)
def test_a_registrar_books_and_the_answer_is_ready_to_be_read(
    app: Flask, registers: Registers, channel: str, language: str, said: str
) -> None:
    district = "05" if channel == "phone" else "07"
    me = registers.add(Somebody(attachments=(("active", "almaty-01", district),)))
    desk = at_the_window(app, me, channel=channel, language=language)
    assert desk.page.path == "/staff/window" and me.surname in desk.page.words
    book_first(desk)
    assert desk.page.path == "/staff/window"
    oral = desk.page.by_id("oral")
    assert oral is not None and oral.get("lang") == language
    (booking,) = made(app, channel)
    text = "".join(oral.itertext())
    assert said in text and str(booking.entry_number) in text
    assert f"{booking.starts_at + timedelta(hours=5):%H:%M}" in text
    (entry,) = entries(app, "booked")
    assert (entry.channel, entry.language, entry.kiosk_id) == (channel, language, None)
    assert entry.details["role"] == "registrar" and entry.details["staff"]
    with app.app_context():
        assert db.session.get_one(Slot, booking.slot_id).status == "booked"
        assert db.session.scalar(select(func.count()).select_from(ToTell)) == 0
        assert list(broken_links(db.session(), entry.organisation_id)) == []


def test_a_card_is_scanned_and_the_ten_minutes_run(app: Flask, registers: Registers, time: Clock) -> None:
    me = registers.add(Somebody())
    desk = Desk(app, "registrar")
    desk.get("/staff/window")
    assert desk.page.by_id("scan") is not None
    desk.post("/staff/window", {"scan": me.scan})
    assert "09:00" in desk.page.words and "09:10" in desk.page.words
    time.advance(7 * 60)
    book_first(desk)
    (entry,) = entries(app, "booked")
    assert (entry.seconds, entry.basis, entry.channel) == (420, "card_presented", "window")


def test_moving_and_cancelling_at_the_window_is_heard_there(app: Flask, registers: Registers, patient: Patient) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    patient.press("next")
    (old,) = made(app, "kiosk")
    desk = at_the_window(app, me)
    move = next(one for one in desk.page.all("a") if "move=" in one.get("href", ""))
    desk.get(move.get("href", ""))
    days = [one for one in desk.page.all("a") if "day=" in one.get("href", "")]
    desk.get(days[2].get("href", ""))
    desk.press_value("slot")
    (new,) = made(app, "window")
    with app.app_context():
        assert db.session.get_one(Appointment, old.id).status == "moved"
        assert db.session.get_one(Slot, old.slot_id).status == "free"
    desk.press_value("cancel")
    with app.app_context():
        assert db.session.get_one(Appointment, new.id).status == "cancelled"
        told = db.session.scalars(select(ToTell).order_by(ToTell.id)).all()
        assert [(one.what, one.status, one.told_how) for one in told] == [
            ("moved", "told", "window"),
            ("cancelled", "told", "window"),
        ]
    assert [one.channel for one in entries(app, "moved") + entries(app, "cancelled")] == ["window", "window"]


def test_the_same_button_twice_books_once(app: Flask, registers: Registers) -> None:
    me = registers.add(Somebody())
    desk = at_the_window(app, me)
    book_first(desk)
    (booking,) = made(app, "window")
    data = {"slot": booking.slot_id, "doctor": booking.doctor_id}
    desk.post("/staff/window/book", data)
    assert desk.page.path == "/staff/window" and len(made(app, "window")) == 1


def test_a_second_booking_of_the_kind_is_answered_and_not_made(app: Flask, registers: Registers) -> None:
    me = registers.add(Somebody())
    desk = at_the_window(app, me)
    book_first(desk)
    book_first(desk, 1)
    assert desk.page.path == "/staff/window/times" and desk.page.by_id("notice") is not None
    assert len(made(app, "window")) == 1


@pytest.mark.parametrize(
    ("typed", "shown"), [({"iin": "123"}, "123"), ({"document_number": ""}, ""), ({"document_number": "7"}, "7")]
)
def test_wrong_numbers_keep_what_was_typed(app: Flask, registers: Registers, typed: dict[str, str], shown: str) -> None:
    me = registers.add(Somebody())
    desk = at_the_window(app, me, **typed)
    assert desk.page.status == 400 and desk.page.by_id("notice") is not None
    field = desk.page.by_id(next(iter(typed)))
    assert field is not None and field.get("value") == shown


def test_nobody_else_sees_who_is_at_my_desk_and_it_is_sealed(app: Flask, registers: Registers, time: Clock) -> None:
    me = registers.add(Somebody())
    desk = at_the_window(app, me)
    assert me.surname not in Desk(app, "organisation").get("/staff/window").words
    with app.app_context():
        (row,) = db.session.scalars(select(Reception)).all()
        assert me.iin.encode() not in row.sealed and me.surname.encode() not in row.sealed
    time.advance(20 * 60 + 1)
    assert me.surname not in desk.get("/staff/window").words


def test_a_refusal_on_ground_two_can_be_reversed_and_then_the_window_books(app: Flask, registers: Registers) -> None:
    me = registers.add(Somebody(attachments=(("active", ELSEWHERE, "07"),)))
    desk = at_the_window(app, me)
    (refused,) = entries(app, "refused")
    assert (refused.ground, refused.channel) == (2, "window")
    assert not [one for one in desk.page.all("a") if "times?doctor=" in one.get("href", "")]
    desk.get("/staff/window/decisions")
    desk.post("/staff/window/reversed", {"entry": refused.entry_number, "reason": "register_late"})
    (reversed_,) = entries(app, "reversed")
    assert reversed_.details["entry"] == refused.entry_number and reversed_.entry_number is None
    assert reversed_.details["reason"] == "register_late" and reversed_.patient_ref == refused.patient_ref
    assert len(entries(app, "refused")) == 1
    desk.post("/staff/window/reversed", {"entry": refused.entry_number, "reason": "register_late"})
    assert len(entries(app, "reversed")) == 1
    desk.get("/staff/window")
    desk.press("next")
    desk.fill(iin=me.iin, document_number=me.number)
    book_first(desk)
    assert len(made(app, "window")) == 1 and len(entries(app, "refused")) == 1


def oral(desk: Desk) -> str:
    said = desk.page.by_id("oral")
    assert said is not None
    return " ".join("".join(said.itertext()).split())


@pytest.mark.parametrize(("language", "code"), [("kk", "kk"), ("ru", "ru"), ("en", "kk")])
def test_a_refusal_is_ready_to_be_read_aloud_with_its_ground_word_for_word(
    app: Flask, registers: Registers, language: str, code: str
) -> None:
    me = registers.add(Somebody(attachments=(("active", ELSEWHERE, "07"),)))
    desk = at_the_window(app, me, language=language)
    ground = " ".join(getattr(edition_on(NOW.date()).ground(2), code).split())
    assert ground in oral(desk) and "1414" in oral(desk) and "103" in oral(desk)
    with app.app_context():
        other = find_organisation(db.session(), ELSEWHERE)
        assert other is not None and other.names.in_(language) in oral(desk)


def test_no_free_time_is_said_with_the_nearest_other_doctor_and_journalled(app: Flask, registers: Registers) -> None:
    with app.app_context(), transaction() as work:
        doctor = work.scalars(select(District).where(District.number == "07")).one().adult_doctor_id
        work.execute(update(Slot).where(Slot.doctor_id == doctor).values(status="withdrawn"))
    desk = at_the_window(app, registers.add(Somebody()), language="ru")
    assert "Это не отказ" in oral(desk) and "Записать вас?" in oral(desk)
    (entry,) = entries(app, "no_free_time")
    assert (entry.doctor_id, entry.channel, entry.seconds) == (doctor, "window", 0)
    others = [one.get("href", "") for one in desk.page.all("a") if "times?doctor=" in one.get("href", "")]
    desk.get(others[1])
    desk.get(next(one.get("href", "") for one in desk.page.all("a") if "day=" in one.get("href", "")))
    desk.press_value("slot")
    assert "Это не отказ" not in oral(desk) and len(made(app, "window")) == 1


def test_the_ten_minutes_are_shown_running(app: Flask, registers: Registers, time: Clock) -> None:
    desk = at_the_window(app, registers.add(Somebody()))
    time.advance(61)
    clock = desk.get("/staff/window").by_id("clock")
    assert clock is not None and "1:01" in words(clock) and clock.get("data-limit") == "600"
    assert "wrong" not in clock.get("class", "")
    time.advance(540)
    clock = desk.get("/staff/window").by_id("clock")
    assert clock is not None and "10:01" in words(clock) and clock.get("class") == "wrong"


def replaced(registers: Registers) -> Somebody:
    return registers.add(Somebody(status="replaced"))


def test_a_kiosk_never_refuses_on_ground_one_but_leaves_the_case_to_a_person(
    app: Flask, registers: Registers, patient: Patient
) -> None:
    me = replaced(registers)
    patient.scan(me.scan)
    patient.scan(me.scan)
    with app.app_context():
        (case,) = db.session.scalars(select(DoubtedDocument)).all()
        assert (case.status, case.reason) == ("waiting", "DocumentDoubted")
        assert me.iin.encode() not in case.sealed and me.number.encode() not in case.sealed
    assert entries(app, "refused") == []
    desk = Desk(app, "registrar")
    desk.get("/staff/window/decisions")
    assert me.surname not in desk.page.words
    desk.press_value("case")
    assert me.surname in desk.page.words and me.number in desk.page.words
    assert "анық еместігін" in desk.page.words
    desk.press_value("decision", "refused")
    spoken = [one for one in desk.page.all("blockquote") if one.get("class") == "oral"]
    assert [one.get("lang") for one in spoken] == ["kk", "ru"] and all("1414" in words(one) for one in spoken)
    (entry,) = entries(app, "refused")
    assert (entry.ground, entry.channel) == (1, "window")
    assert entry.messages == [f"persons-{me.running}"] and entry.details["staff"] and entry.text_version
    with app.app_context():
        assert db.session.scalars(select(DoubtedDocument.status)).one() == "refused"


def test_a_dismissed_case_is_no_refusal_and_cannot_be_decided_twice(app: Flask, registers: Registers) -> None:
    me = replaced(registers)
    desk = at_the_window(app, me)
    assert desk.page.path == "/staff/window/decisions"
    desk.press_value("case")
    path = desk.page.path
    desk.press_value("decision", "dismissed")
    desk.post(path, {"decision": "refused"})
    assert entries(app, "refused") == [] and len(entries(app, "dismissed")) == 1


def test_an_extra_visit_is_for_administrators_and_stands_in_the_journal(app: Flask, registers: Registers) -> None:
    me = registers.add(Somebody())
    clerk = at_the_window(app, me)
    clerk.get(next(one.get("href", "") for one in clerk.page.all("a") if "times?doctor=" in one.get("href", "")))
    assert clerk.page.by_id("extra") is None
    chief = at_the_window(app, me, login="organisation")
    chief.get(next(one.get("href", "") for one in chief.page.all("a") if "times?doctor=" in one.get("href", "")))
    day = (NOW + timedelta(days=1)).date().isoformat()
    chief.fill("extra", day=day, at="07:30", minutes="20")
    (booking,) = made(app, "window")
    with app.app_context():
        slot = db.session.get_one(Slot, booking.slot_id)
        assert (slot.channel, slot.status) == ("extra", "booked")
    (entry,) = entries(app, "booked")
    assert entry.details["extra"] is True and entry.details["role"] == "organisation_administrator"


def test_a_child_is_booked_by_the_parent_at_the_window(app: Flask, registers: Registers) -> None:
    child = registers.add(Somebody(name="Айым", born=NOW.date().replace(year=2024), sex="female", running=5, number=""))
    parent = registers.add(Somebody(children=(child.iin,)))
    desk = at_the_window(app, parent)
    desk.press_value("patient", "0")
    assert "Айым" in desk.page.heading
    book_first(desk)
    (entry,) = entries(app, "booked")
    assert entry.patient_ref != entry.actor_ref
    assert (entry.basis, entry.details["identified_by"]) == ("parent", "number_typed")


def test_no_page_of_the_window_has_a_number_of_a_person_in_its_address(app: Flask, registers: Registers) -> None:
    me = registers.add(Somebody())
    desk = at_the_window(app, me)
    book_first(desk)
    addresses = [one.get("href", "") for one in desk.page.all("a")] + [
        one.get("action", "") for one in desk.page.all("form")
    ]
    assert addresses and not any(me.iin in one or me.number in one for one in addresses)
    assert me.iin not in desk.page.text
