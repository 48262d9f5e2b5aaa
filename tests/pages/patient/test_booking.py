"""From a scan to a booking: two touches; another day and time; twice the same press; another kiosk was faster."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.clinic.records import Appointment, JournalEntry, Slot, VisitRecord
from kiosk.database import db, transaction
from tests.client import Patient
from tests.conftest import Clock
from tests.factories import Registers, Somebody

BOOKED = {"kk": "Сіз жазылдыңыз", "ru": "Вы записаны", "en": "You are booked"}


def appointments(app: Flask) -> list[Appointment]:
    """What the database holds, without the demo's own filling."""
    with app.app_context():
        found = db.session.scalars(select(Appointment).where(Appointment.channel == "kiosk").order_by(Appointment.id))
        return list(found)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_two_touches_from_the_scan_to_the_booking(
    app: Flask, patient: Patient, registers: Registers, language: str
) -> None:
    me = registers.add(Somebody())
    patient.get("/")
    patient.press_value("language", language)
    patient.scan(me.scan)
    assert patient.page.path == "/attachment"
    assert patient.page.form_of("next").get("method") == "post"
    patient.press("next")
    assert patient.page.path == "/confirm"
    patient.press("next")
    assert patient.page.path == "/ticket"
    assert patient.page.heading.startswith(BOOKED[language])
    (made,) = appointments(app)
    assert made.status == "booked"
    assert str(made.entry_number) in patient.page.words
    with app.app_context():
        slot = db.session.get(Slot, made.slot_id)
        assert slot is not None and slot.status == "booked" and slot.held_by is None
        entry = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert entry is not None
        assert (entry.event, entry.entry_number, entry.basis) == ("booked", made.entry_number, "card_presented")


def test_another_day_and_time_in_four_touches(app: Flask, patient: Patient, registers: Registers, time: Clock) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press_text("Басқа күн немесе уақыт")
    days = [
        link for link in patient.page.all("a") if "day=" in link.get("href", "") and "part=" not in link.get("href")
    ]
    patient.get(days[3].get("href", ""))
    patient.press_value("slot")
    assert patient.page.path == "/confirm"
    patient.press("next")
    assert patient.page.heading == BOOKED["kk"]
    (made,) = appointments(app)
    assert made.starts_at - time.now > timedelta(days=1)


@pytest.mark.row("C4")
def test_confirm_twice_is_one_booking(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    slot = next(one.get("value", "") for one in patient.page.all("input", name="slot"))
    for _ in range(3):
        patient.post("/confirm", {"slot": slot})
        assert patient.page.path == "/ticket"
    assert len(appointments(app)) == 1
    assert patient.get("/confirm").path == "/ticket"


def test_a_slot_taken_by_another_kiosk_is_told_kindly_and_the_nearest_are_offered(
    app: Flask, patient: Patient, another: Patient, registers: Registers
) -> None:
    me, other = registers.add(Somebody()), registers.add(Somebody(running=400, number="018765432"))
    patient.scan(me.scan)
    patient.press_text("Басқа күн немесе уақыт")
    patient.get(next(a.get("href", "") for a in patient.page.all("a") if "day=" in a.get("href", "")))
    slot = next(b.get("value", "") for b in patient.page.all("button", name="slot"))
    another.scan(other.scan)
    another.press_text("Басқа күн немесе уақыт")
    another.post("/slot", {"slot": slot})
    assert another.page.path == "/confirm"
    patient.post("/slot", {"slot": slot})
    assert patient.page.path == "/slot"
    assert "Бұл уақытты жаңа ғана басқа адам алды" in patient.page.words
    assert patient.page.title.startswith("Қате: Бұл уақытты")
    offered = [b.get("value") for b in patient.page.all("button", name="slot")]
    assert len(offered) == 3 and slot not in offered
    patient.press_value("slot")
    patient.press("next")
    assert patient.page.path == "/ticket"


def test_an_expired_hold_is_free_for_everybody(
    app: Flask, patient: Patient, another: Patient, registers: Registers, time: Clock
) -> None:
    me, other = registers.add(Somebody()), registers.add(Somebody(running=400, number="018765432"))
    patient.scan(me.scan)
    patient.press("next")
    slot = next(one.get("value", "") for one in patient.page.all("input", name="slot"))
    time.advance(120 + 45 + 1)
    another.scan(other.scan)
    another.press("next")
    assert next(one.get("value", "") for one in another.page.all("input", name="slot")) == slot
    patient.post("/confirm", {"slot": slot})
    assert patient.page.path == "/"
    assert appointments(app) == []
    another.press("next")
    assert another.page.path == "/ticket"


@pytest.mark.row("D7")
def test_a_hold_lives_as_long_as_its_visit(
    patient: Patient, another: Patient, registers: Registers, time: Clock
) -> None:
    me, other = registers.add(Somebody()), registers.add(Somebody(running=400, number="018765432"))
    patient.scan(me.scan)
    patient.press("next")
    slot = next(one.get("value", "") for one in patient.page.all("input", name="slot"))
    for _ in range(20):
        time.advance(100)
        assert patient.mark_alive() == 204
        patient.get("/confirm")
    another.scan(other.scan)
    another.press("next")
    assert next(one.get("value", "") for one in another.page.all("input", name="slot")) != slot
    patient.press("next")
    assert patient.page.path == "/ticket"


def test_choosing_another_slot_lets_the_first_go(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    patient.press_text("Уақытын өзгерту")
    patient.press_value("slot")
    with app.app_context():
        assert len(db.session.scalars(select(Slot).where(Slot.held_by.is_not(None))).all()) == 1


@pytest.mark.parametrize("forged", ["", "0", "-1", "999999999", "1e3", "٣", "1" * 40, "1; DROP TABLE slot"])
def test_a_forged_slot_is_answered_with_a_sentence(
    app: Flask, patient: Patient, registers: Registers, forged: str
) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press_text("Басқа күн немесе уақыт")
    for path in ("/slot", "/confirm"):
        patient.post(path, {"slot": forged})
        assert patient.page.path == "/slot"
        assert "Мұндай уақыт жоқ" in patient.page.words
    assert appointments(app) == []


def test_a_slot_of_a_doctor_this_person_may_not_see_or_of_another_clinic_is_unknown(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    from kiosk.clinic.records import Doctor

    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    with app.app_context():
        foreign = db.session.scalar(
            select(Slot.id).join(Doctor).where(Doctor.kind == "district_paediatrician", Slot.status == "free")
        )
    patient.post("/confirm", {"slot": str(foreign)})
    assert patient.page.path == "/slot"
    assert appointments(app) == []


@pytest.mark.parametrize(("status", "sentence"), [("withdrawn", "Емхана кестені өзгертті")])
def test_a_withdrawn_slot(app: Flask, patient: Patient, registers: Registers, status: str, sentence: str) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press_text("Басқа күн немесе уақыт")
    patient.get(next(a.get("href", "") for a in patient.page.all("a") if "day=" in a.get("href", "")))
    slot = next(b.get("value", "") for b in patient.page.all("button", name="slot"))
    with app.app_context(), transaction() as work:
        work.get(Slot, int(slot)).status = status  # type: ignore[union-attr]
    patient.post("/slot", {"slot": slot})
    assert sentence in patient.page.words


def test_a_slot_that_has_gone_by(patient: Patient, registers: Registers, time: Clock) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press_text("Басқа күн немесе уақыт")
    patient.get(next(a.get("href", "") for a in patient.page.all("a") if "day=" in a.get("href", "")))
    first = next(b.get("value", "") for b in patient.page.all("button", name="slot"))
    for _ in range(10 * 60 * 60 // 150):
        time.advance(150)
        assert patient.mark_alive() == 204
    patient.post("/slot", {"slot": first})
    assert "Бұл уақыт өтіп кетті" in patient.page.words


def test_a_jump_of_the_clock_by_an_hour_ends_the_visit_and_books_nothing(
    app: Flask, patient: Patient, registers: Registers, time: Clock
) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    time.advance(3600)
    patient.press("next")
    assert patient.page.path == "/"
    assert appointments(app) == []


def test_moving_keeps_the_old_time_until_the_new_one_is_got(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    patient.press("next")
    patient.get("/appointments")
    patient.press_value("move")
    assert patient.page.path == "/slot"
    assert [one.status for one in appointments(app)] == ["booked"]
    patient.get([a.get("href", "") for a in patient.page.all("a") if "day=" in a.get("href", "")][1])
    patient.press_value("slot")
    assert "Жазылуды осы уақытқа ауыстыру" in patient.page.words
    patient.press("next")
    assert patient.page.heading == BOOKED["kk"]
    old, new = appointments(app)
    assert (old.status, new.status) == ("moved", "booked")
    with app.app_context():
        assert db.session.get(Slot, old.slot_id).status == "free"  # type: ignore[union-attr]
        events = [one.event for one in db.session.scalars(select(JournalEntry).where(JournalEntry.channel == "kiosk"))]
    assert events == ["identified", "booked", "moved"]


@pytest.mark.row("E4")
def test_cancelling_frees_the_time_and_numbers_the_entry(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    patient.press("next")
    patient.get("/appointments")
    patient.press_text("Жазылуды болдырмау")
    assert "болдырмайсыз ба" in patient.page.heading
    assert appointments(app)[0].status == "booked"
    patient.press("next")
    assert "Жазылу болдырылмады" in patient.page.words
    (gone,) = appointments(app)
    assert gone.status == "cancelled"
    with app.app_context():
        assert db.session.get(Slot, gone.slot_id).status == "free"  # type: ignore[union-attr]
    assert patient.get("/ticket").path != "/ticket"


def test_somebody_with_a_booking_is_led_to_it(patient: Patient, another: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    patient.press("next")
    patient.press("next")
    assert patient.page.path == "/"
    another.scan(me.scan)
    assert "Сіз бұрын жазылғансыз" in another.page.words
    another.press("next")
    assert another.page.path == "/appointments"


@pytest.mark.row("E3")
def test_everything_at_confirm_can_be_changed_in_one_hop(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    for text, path in (("Дәрігерді өзгерту", "/doctor"), ("Күнін өзгерту", "/slot"), ("Уақытын өзгерту", "/slot")):
        patient.get("/confirm")
        patient.press_text(text)
        assert patient.page.path == path
    assert patient.get("/confirm").path == "/confirm"


def test_at_night_and_on_sunday_the_kiosk_serves_and_offers_the_next_working_day(
    patient: Patient, registers: Registers, time: Clock
) -> None:
    me = registers.add(Somebody())
    time.advance(4 * 86400 + 15 * 3600)  # the night of Sunday to Monday
    patient.scan(me.scan)
    patient.press("next")
    assert patient.page.path == "/confirm"
    patient.press("next")
    assert patient.page.heading == BOOKED["kk"]


@pytest.mark.row("D8")
def test_the_visit_ends_with_nothing_left(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    patient.press_text("Аяқтау")
    assert patient.page.path == "/"
    assert patient.client.get_cookie("visit") is None
    for path in ("/attachment", "/doctor", "/slot", "/confirm", "/ticket", "/appointments"):
        assert patient.get(path).path in ("/", "/identify")
        assert me.name not in patient.page.text
    with app.app_context():
        assert db.session.scalars(select(VisitRecord)).all() == []
        assert db.session.scalars(select(Slot).where(Slot.held_by.is_not(None))).all() == []
        last = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert last is not None and last.event == "gave_up"
