"""Whatever staff change under a booking, whoever is booked is on the list to tell, or the booking is untouched."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.clinic import booking, to_tell, visits
from kiosk.clinic.appointments import Appointment
from kiosk.clinic.obstacles import SlotTaken
from kiosk.clinic.people import Patient as Record
from kiosk.clinic.people import remember
from kiosk.clinic.publishing import publish_ahead, rules_of
from kiosk.clinic.schedule import Doctor, Slot
from kiosk.clinic.schedule_changes import Change, save
from kiosk.clinic.slots import hold, window
from kiosk.clinic.to_tell import ToTell
from kiosk.database import db, transaction
from tests.bookings import act, book_many, doctor_named, free, keys_of, kiosk_times
from tests.client import Patient, words
from tests.desk import Desk
from tests.factories import NOW, Registers, Somebody

ONE, OTHER = "Есенгелдиев", "Бекмұратова"
TODAY = NOW.date()


def three(name: str, text: str = "x") -> dict[str, str]:
    return {f"{name}_{code}": text for code in ("kk", "ru", "en")}


def doctor_id(app: Flask, name: str = ONE) -> int:
    with app.app_context():
        return doctor_named(db.session(), name).id


def change_shift(desk: Desk, doctor: int, **typed: str) -> None:
    """Every weekly shift of the doctor, changed in the same way."""
    desk.get(f"/staff/schedules/{doctor}")
    links = [one.get("href", "") for one in desk.page.all("a")]
    for link in [one for one in links if "replace=" in one]:
        desk.get(link)
        desk.fill(**{"valid_from": TODAY.isoformat(), **typed})
        desk.press("next")
        assert desk.page.path == f"/staff/schedules/{doctor}"


def shorter_shift(desk: Desk, doctor: int) -> None:
    change_shift(desk, doctor, starts="19:00", ends="20:00", break_starts="", break_ends="")


def longer_slots(desk: Desk, doctor: int) -> None:
    change_shift(desk, doctor, slot_minutes="35")


def every_other_week(desk: Desk, doctor: int) -> None:
    change_shift(desk, doctor, valid_from=(TODAY + timedelta(days=7)).isoformat(), every_weeks="2")


def shifts_taken_away(desk: Desk, doctor: int) -> None:
    desk.get(f"/staff/schedules/{doctor}")
    while any(one.get("name") == "rule" for one in desk.page.all("button")):
        desk.press_value("rule")
        desk.press("next")


def away(desk: Desk, doctor: int, substitute: str = "0") -> None:
    desk.get(f"/staff/schedules/{doctor}/add/absence")
    last = (TODAY + timedelta(days=30)).isoformat()
    desk.fill(first_day=TODAY.isoformat(), last_day=last, reason="illness", substitute=substitute)
    desk.press("next")


def substituted(desk: Desk, doctor: int) -> None:
    away(desk, doctor, str(doctor_id(desk.client.application, OTHER)))


def doctor_left(desk: Desk, doctor: int) -> None:
    desk.get(f"/staff/doctors/{doctor}")
    desk.save(is_active=None)
    assert desk.page.path == f"/staff/schedules/{doctor}"


def another_room(desk: Desk, doctor: int) -> None:
    desk.get(f"/staff/doctors/{doctor}")
    desk.save(room="999")


def another_building(desk: Desk, doctor: int) -> None:
    desk.get(f"/staff/doctors/{doctor}")
    choices = [one.get("value", "") for one in desk.page.by_id("building").iter("option")]  # type: ignore[union-attr]
    desk.save(building=choices[-1])


def another_name(desk: Desk, doctor: int) -> None:
    desk.get(f"/staff/doctors/{doctor}")
    typed = {"name_kk": "Басқа Дәрігер", "name_ru": "Другой Врач", "name_en": "Another Doctor"}
    assert desk.fill(**typed).status == 400
    desk.save(tell="yes")


def another_kind(desk: Desk, doctor: int) -> None:
    desk.get(f"/staff/doctors/{doctor}")
    desk.save(kind="general_practitioner")
    assert desk.page.path == "/staff/doctors"


def building_shut(desk: Desk, doctor: int) -> None:
    desk.get("/staff/buildings/1")
    desk.save(**{f"{what}_{day}": None for what in ("opens", "closes") for day in range(7)})
    assert desk.page.status == 200


def building_moved(desk: Desk, doctor: int) -> None:
    desk.get("/staff/buildings/1")
    assert desk.fill(**three("address", "Жаңа көше, 1")).status == 400
    assert desk.save(tell="yes").status == 200


def days_closed(desk: Desk, doctor: int) -> None:
    for ahead in range(15):
        desk.get("/staff/buildings/1/days")
        desk.save(day=(TODAY + timedelta(days=ahead)).isoformat(), **three("reason"))


def week_imported(desk: Desk, doctor: int) -> None:
    app = desk.client.application
    with app.app_context():
        found = db.session.get_one(Doctor, doctor)
        row = f"{doctor},{found.names.kk},{found.kind},{found.building_id},{found.room},{found.floor},23:00-23:30"
    upload(desk, "doctors", f"id,name_kk,kind,building,room,floor,mon\n{row}\n")


def schedules_imported(desk: Desk, doctor: int) -> None:
    upload(desk, "schedules", f"id,weekday,starts,ends,slot_minutes\n{doctor},7,09:00,10:00,15\n")


def room_imported(desk: Desk, doctor: int) -> None:
    app = desk.client.application
    with app.app_context():
        found = db.session.get_one(Doctor, doctor)
        row = f"{doctor},{found.names.kk},{found.kind},{found.building_id},4-44,4"
    upload(desk, "doctors", f"id,name_kk,kind,building,room,floor\n{row}\n")


def upload(desk: Desk, kind: str, text: str) -> None:
    desk.get("/staff/doctors/files")
    desk.fill(kind=kind, file=(io.BytesIO(text.encode()), "file.csv"))
    assert desk.page.status == 200, desk.page.words
    desk.press("next")
    assert desk.page.status == 200, desk.page.words


WAYS: list[Callable[[Desk, int], None]] = [
    shorter_shift,
    longer_slots,
    every_other_week,
    shifts_taken_away,
    away,
    substituted,
    doctor_left,
    another_room,
    another_building,
    another_name,
    another_kind,
    building_shut,
    building_moved,
    days_closed,
    week_imported,
    schedules_imported,
    room_imported,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nobody_is_untold(app: Flask, way: Callable[[Desk, int], None]) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        many = free(work, doctor)
        assert len(many) > 40
        book_many(work, app, doctor, len(many))
        ident, before = doctor.id, {one.id: facts(one) for one in coming(doctor.id)}
    way(Desk(app, "organisation"), ident)
    with app.app_context():
        told = {one.appointment_id for one in to_tell.waiting_in(db.session(), 1)} | {
            one.new_appointment_id for one in to_tell.waiting_in(db.session(), 1)
        }
        stands = {one.id for one in coming(ident) if facts(one) == before[one.id] and is_offered(one)}
        assert set(before) <= told | stands, f"{len(set(before) - told - stands)} of {len(before)} were not told"
        assert told, "this way changed nothing: it tries nothing"


def coming(doctor: int) -> list[Appointment]:
    query = select(Appointment).where(Appointment.doctor_id == doctor, Appointment.status == "booked")
    return list(db.session.scalars(query.order_by(Appointment.starts_at)))


def facts(one: Appointment) -> tuple[object, ...]:
    doctor = one.doctor
    place = (doctor.room, doctor.floor, doctor.building_id, doctor.building.address.kk, doctor.building.zone)
    return (one.starts_at, one.ends_at, doctor.names.kk, doctor.kind, *place)


def is_offered(one: Appointment) -> bool:
    return not db.session.get_one(Slot, one.slot_id).is_closing


def test_an_extra_visit_is_told_of_an_absence_too(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        record = remember(work, keys_of(app), Somebody().answer().person, NOW)
        evening = NOW.replace(hour=17) + timedelta(days=1)
        booking.book_extra(work, doctor.id, evening, 10, act(record, doctor))
        ident = doctor.id
    away(Desk(app, "organisation"), ident)
    with app.app_context():
        (entry,) = to_tell.waiting_in(db.session(), 1)
        assert entry.is_in_doubt and entry.reason == "illness"


def test_a_time_that_stopped_being_offered_while_it_was_held_is_not_booked(app: Flask) -> None:
    with app.app_context():
        with transaction() as work:
            doctor = doctor_named(work, ONE)
            ident = kiosk_times(work, doctor)[0]
            visits.begin(work, keys_of(app), "somebody", 1, visits.Written({}, NOW, timedelta(minutes=5)))
            visit = visits.visit_id("somebody")
            hold(work, ident, [doctor.id], window(visit, NOW, 15, 14, doctor.building.zone))
            save(work, doctor, doctor.version, Change(tuple(rules_of(work, doctor))), NOW)
        with pytest.raises(SlotTaken), transaction() as work:
            record = remember(work, keys_of(app), Somebody().answer().person, NOW)
            at_kiosk = replace(act(record, doctor_named(work, ONE), by_staff=None), visit_id=visit)
            booking.book(work, ident, at_kiosk)


def entries(patient_id: int) -> list[tuple[str, str, str]]:
    rows = db.session.scalars(select(ToTell).where(ToTell.patient_id == patient_id).order_by(ToTell.id))
    return [(one.what, one.reason, one.status) for one in rows]


def test_a_doubt_that_is_over_is_told_to_whoever_heard_it_and_to_nobody_else(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        first, second = book_many(work, app, doctor, 2)
        rules = rules_of(work, doctor)
        save(work, doctor, doctor.version, Change(tuple(rules)), NOW)
        heard, unheard = (work.get_one(Record, one.patient_id) for one in (first, second))
        to_tell.tell(work, [one.id for one in to_tell.waiting_for(work, [heard.id])], "kiosk", "kiosk", NOW)
        save(work, doctor, doctor.version, Change((), tuple(rules.values())), NOW)
        assert entries(heard.id) == [("changed", "schedule", "told"), ("changed", "stands", "waiting")]
        assert entries(unheard.id) == [("changed", "schedule", "replaced")]
        publish_ahead(work, doctor.organisation_id, NOW)
        assert len(entries(heard.id)) == 2 and len(entries(unheard.id)) == 1


def test_another_room_does_not_hide_a_move_nor_a_doubt(app: Flask) -> None:
    with app.app_context():
        with transaction() as work:
            doctor, other = doctor_named(work, ONE), doctor_named(work, OTHER)
            doubted, moved = book_many(work, app, doctor, 2)
            patients = [work.get_one(Record, one.patient_id) for one in (doubted, moved)]
            idents = (doctor.id, other.id)
        desk = Desk(app, "organisation")
        away(desk, idents[0], str(idents[1]))
        with transaction() as work:
            other = work.get_one(Doctor, idents[1])
            to = free(work, other)[6]
            new = booking.move(work, moved.ref, to, act(work.get_one(Record, patients[1].id), other), True)
        for ident in idents:
            another_room(desk, ident)
        with app.app_context():
            (one,), (two,) = (to_tell.waiting_for(db.session(), [each.id]) for each in patients)
            assert one.is_in_doubt and one.before["room"] == "203"
            assert two.what == "moved" and two.stands and two.stands.id == new.id
            assert two.stands.doctor.room == "999"


def test_the_kiosk_says_another_kind_and_another_place_at_once(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    me = registers.add(Somebody())
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        record = remember(work, keys_of(app), me.answer().person, NOW)
        booking.book(work, free(work, doctor)[3], act(record, doctor, in_person=True))
        ident = doctor.id
    desk = Desk(app, "organisation")
    another_kind(desk, ident)
    page = patient.scan(me.scan)
    assert "мамандығы өзгерді" in page.words and "жалпы практикалық дәрігер" in page.words
    another_room(desk, ident)
    page = patient.get("/attachment")
    assert "орны өзгерді" in page.words and "жалпы практикалық дәрігер" in page.words and "203" in page.words
    with app.app_context():
        assert len(to_tell.waiting_in(db.session(), 1)) == 1


def test_the_kiosk_says_the_address_that_was_and_the_one_that_is(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    me = registers.add(Somebody())
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        record = remember(work, keys_of(app), me.answer().person, NOW)
        booking.book(work, free(work, doctor)[3], act(record, doctor, in_person=True))
        ident, old = doctor.id, doctor.building.address.kk
    building_moved(Desk(app, "organisation"), ident)
    page = patient.scan(me.scan)
    assert old in page.words and "Жаңа көше, 1" in page.words


def test_the_kiosk_tells_a_doubt_and_the_patient_chooses_another_time(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    me = registers.add(Somebody())
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        record = remember(work, keys_of(app), me.answer().person, NOW)
        booking.book(work, free(work, doctor)[3], act(record, doctor, in_person=True))
        ident, record_id = doctor.id, record.id
    shorter_shift(Desk(app, "schedules"), ident)
    page = patient.scan(me.scan)
    assert page.form_of("next").get("action") == "/attachment/told"
    (spoken,) = page.all("template", id="spoken")
    said = [one.get("data-say", "") for one in spoken.iter("p")]
    assert all(said) and any(ONE in one for one in said)
    patient.press("next")
    assert patient.page.by_id("next") is not None and patient.page.path == "/attachment"
    patient.press("next")
    assert patient.page.path == "/appointments"
    patient.press_value("move")
    assert patient.page.path == "/slot"
    with app.app_context():
        assert entries(record_id) == [("changed", "schedule", "told")]


def test_a_time_that_no_rule_offers_may_be_kept_and_stays_kept(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        (made,) = book_many(work, app, doctor, 1)
        ident, slot_id, patient_id = doctor.id, made.slot_id, made.patient_id
    desk = Desk(app, "schedules")
    longer_slots(desk, ident)
    desk.get(f"/staff/schedules/{ident}")
    desk.press_value("keep")
    assert not desk.page.all("button", name="keep")
    with app.app_context(), transaction() as work:
        publish_ahead(work, 1, NOW)
        slot = work.get_one(Slot, slot_id)
        assert (slot.channel, slot.status, slot.is_closing) == ("extra", "booked", False)
        assert entries(patient_id) == [("changed", "schedule", "replaced")]
    away(desk, ident)
    desk.get(f"/staff/schedules/{ident}")
    assert desk.page.all("button", name="cancel") and not desk.page.all("button", name="keep")
    with app.app_context():
        assert entries(patient_id)[-1] == ("changed", "illness", "waiting")


def test_who_gives_a_booking_up_need_not_be_called(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        (made,) = book_many(work, app, doctor, 1)
        save(work, doctor, doctor.version, Change(tuple(rules_of(work, doctor))), NOW)
        record = work.get_one(Record, made.patient_id)
        booking.cancel(work, made.ref, act(record, doctor, by_staff=None), True)
        assert to_tell.waiting_in(work, doctor.organisation_id) == []


def test_the_list_says_what_is_in_doubt_and_leads_to_the_schedule(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        book_many(work, app, doctor, 1)
        ident = doctor.id
    desk = Desk(app, "organisation")
    away(desk, ident)
    desk.get("/staff/to-tell")
    links = [one.get("href") for one in desk.page.all("a") if words(one)]
    assert f"/staff/schedules/{ident}" in links
