"""A doctor falls ill, forty patients are moved, and none is untold."""

import re
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from kiosk.clinic.booking import Appointment, book
from kiosk.clinic.journal import JournalEntry, broken_links
from kiosk.clinic.people import find_patient, remember
from kiosk.clinic.schedule import Doctor, Slot
from kiosk.clinic.to_tell import ToTell
from kiosk.database import db, transaction
from tests.bookings import act, book_many, doctor_named, free, keys_of
from tests.client import Patient
from tests.conftest import Clock
from tests.desk import Desk
from tests.factories import HERE, NOW, Registers, Somebody
from tests.pages.patient.test_voice import overheard

ONE, OTHER = "Есенгелдиев", "Бекмұратова"
TODAY = NOW.date()


def booked(app: Flask, count: int) -> tuple[int, int, list[int]]:
    with app.app_context(), transaction() as work:
        doctor, other = doctor_named(work, ONE), doctor_named(work, OTHER)
        made = book_many(work, app, doctor, count)
        return doctor.id, other.id, [one.id for one in made]


def fall_ill(desk: Desk, doctor_id: int, substitute: int, days: int = 13) -> None:
    desk.get(f"/staff/schedules/{doctor_id}/add/absence")
    last = (TODAY + timedelta(days=days)).isoformat()
    desk.fill(first_day=TODAY.isoformat(), last_day=last, reason="illness", substitute=str(substitute))


def moved_by_illness(app: Flask, somebody: Somebody) -> tuple[Desk, datetime]:
    """Somebody's only booking is moved to the substitute: the desk where it was done, and when the booking was."""
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        record = remember(work, keys_of(app), somebody.answer().person, NOW)
        made = book(work, free(work, doctor)[3], act(record, doctor, in_person=True))
        doctor_id, substitute, was = doctor.id, doctor_named(work, OTHER).id, made.starts_at
    desk = Desk(app, "schedules")
    fall_ill(desk, doctor_id, substitute)
    desk.press("next")
    desk.press("next")
    return desk, was


def standing_entries() -> list[ToTell]:
    """Of each booking the newest entry: what came before it and was not told yet is replaced."""
    return list(db.session.scalars(select(ToTell).where(ToTell.status != "replaced")))


def test_forty_patients_are_moved_and_none_is_untold(app: Flask) -> None:
    doctor_id, substitute, idents = booked(app, 40)
    desk = Desk(app, "schedules")
    fall_ill(desk, doctor_id, substitute)
    assert desk.page.path == f"/staff/schedules/{doctor_id}/preview"
    assert desk.page.by_id("concerned") is not None and "40" in desk.page.words
    with app.app_context():
        assert db.session.get_one(Doctor, doctor_id).version == 0
    desk.press("next")
    assert desk.page.path == f"/staff/schedules/{doctor_id}"
    assert len(desk.page.all("button", name="cancel")) == 40
    desk.press("next")
    assert not desk.page.all("button", name="cancel")
    with app.app_context():
        old = {one.id: one for one in db.session.scalars(select(Appointment).where(Appointment.id.in_(idents)))}
        entries = {one.appointment_id: one for one in standing_entries()}
        assert entries.keys() == set(idents)
        for ident, entry in entries.items():
            new = entry.new_appointment
            assert old[ident].status == "moved" and new is not None and new.status == "booked"
            assert new.doctor_id == substitute and new.patient_id == old[ident].patient_id
            assert (entry.what, entry.status, entry.reason) == ("moved", "waiting", "illness")
            assert new.starts_at >= NOW + timedelta(hours=2)
            assert new.starts_at >= min(old[ident].starts_at, NOW + timedelta(days=1))
            assert db.session.get_one(Slot, old[ident].slot_id).status == "withdrawn"
        assert len({entry.new_appointment_id for entry in entries.values()}) == 40
        assert list(broken_links(db.session(), old[idents[0]].doctor.organisation_id)) == []
        journal = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "moved")).all()
        assert len(journal) == 40 and all(
            one.details["staff"] and one.details["reason"] == "illness" for one in journal
        )


def test_the_call_list_hides_names_until_the_journal_knows_that_somebody_looks(app: Flask) -> None:
    doctor_id, substitute, _ = booked(app, 2)
    desk = Desk(app, "schedules")
    fall_ill(desk, doctor_id, substitute)
    desk.press("next")
    desk.press("next")
    clerk = Desk(app, "registrar")
    clerk.get("/staff/to-tell")
    assert "Сынақов" not in clerk.page.text and "+7 700" not in clerk.page.text
    clerk.press("next")
    assert clerk.page.path == "/staff/to-tell"
    assert clerk.page.words.count("Сынақов") == 2 and "+7 700 000 00 00" in clerk.page.words
    with app.app_context():
        looked = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "looked")).one()
        assert looked.details["what"] == "to_tell"
    clerk.press_value("missed")
    with app.app_context():
        assert sorted(one.tries for one in standing_entries()) == [0, 1]
    clerk.press_value("told")
    clerk.press_value("told")
    assert not clerk.page.all("button", name="told")
    with app.app_context():
        assert {one.status for one in standing_entries()} == {"told"}
        told = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "told")).all()
        assert [one.details["outcome"] for one in told] == ["not_reached", "told", "told"]


def test_names_are_hidden_again_after_a_quarter_of_an_hour_and_never_shown_to_an_auditor(
    app: Flask, time: Clock
) -> None:
    doctor_id, substitute, _ = booked(app, 1)
    desk = Desk(app, "schedules")
    fall_ill(desk, doctor_id, substitute)
    desk.press("next")
    desk.press("next")
    desk.get("/staff/to-tell")
    assert "Сынақов" in desk.press("next").words
    time.advance(15 * 60 + 1)
    assert "Сынақов" not in desk.get("/staff/to-tell").words
    auditor = Desk(app, "auditor")
    assert "Сынақов" not in auditor.get("/staff/to-tell").words
    assert not auditor.page.all("button", name="told") and auditor.page.by_id("next") is None


def test_the_kiosk_says_it_first_on_screen_and_aloud_and_only_once(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    me = registers.add(Somebody())
    desk, was = moved_by_illness(app, me)
    page = patient.scan(me.scan)
    assert page.path == "/attachment"
    (spoken,) = page.all("template", id="spoken")
    local = f"{(was + timedelta(hours=5)):%H:%M}"
    aloud = "".join(one.get("data-say", "") for one in spoken.iter("p"))
    assert local in page.words
    for said in (page.words, aloud):
        assert OTHER in said and ONE in said
    assert overheard(page) == set(), "that there was an appointment at all is private"
    assert page.form_of("next").get("action") == "/attachment/told"
    patient.press("next")
    assert patient.page.path == "/attachment" and patient.page.form_of("next").get("action") == "/attachment"
    with app.app_context():
        (entry,) = standing_entries()
        assert (entry.status, entry.told_how) == ("told", "kiosk")
    assert not desk.get("/staff/to-tell").all("button", name="told")


def test_who_scans_again_in_the_same_visit_hears_it_first_too(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    me = registers.add(Somebody(attachments=(("active", HERE, "03"),)))
    patient.scan(me.scan)
    patient.press("next")
    patient.press("next")
    assert patient.page.path == "/ticket"
    with app.app_context():
        doctor_id, substitute = doctor_named(db.session(), ONE).id, doctor_named(db.session(), OTHER).id
    desk = Desk(app, "schedules")
    fall_ill(desk, doctor_id, substitute)
    desk.press("next")
    page = patient.scan(me.scan)
    assert page.form_of("next").get("action") == "/attachment/told"


def test_a_parent_hears_of_a_childs_appointment_before_anybody_is_chosen(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    born = {"born": TODAY.replace(year=TODAY.year - 4), "number": "011111111"}
    child = registers.add(Somebody(name="Сырымбет", **born))  # type: ignore[arg-type]
    mother = registers.add(Somebody(name="Айжан", sex="female", children=(child.iin,), running=30))
    desk, _was = moved_by_illness(app, child)
    page = patient.scan(mother.scan)
    assert page.form_of("next").get("action") == "/attachment/told"
    (spoken,) = page.all("template", id="spoken")
    aloud = "".join(one.get("data-say", "") for one in spoken.iter("p"))
    assert child.name in page.words and child.name in aloud and mother.name not in page.words + aloud
    patient.press("next")
    assert patient.page.form_of("next").get("action") == "/attachment", "for whom?"
    with app.app_context():
        (entry,) = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "told"))
        keys = keys_of(app)
        found = [find_patient(db.session(), keys, one.iin) for one in (child, mother)]
        assert [entry.patient_ref, entry.actor_ref] == [one.ref for one in found if one is not None]
        assert (entry.basis, entry.details["identified_by"]) == ("parent", "card_presented")
    assert not desk.get("/staff/to-tell").all("button", name="told")


def test_one_patient_by_one_button_and_one_cancelled(app: Flask) -> None:
    doctor_id, substitute, idents = booked(app, 2)
    desk = Desk(app, "schedules")
    fall_ill(desk, doctor_id, substitute)
    desk.press("next")
    desk.press_value("move")
    desk.press_value("cancel")
    with app.app_context():
        entries = {one.appointment_id: one.what for one in standing_entries()}
        assert entries == {idents[0]: "moved", idents[1]: "cancelled"}


def test_two_keepers_at_once_neither_overwrites_the_other(app: Flask) -> None:
    doctor_id, substitute, _ = booked(app, 1)
    first, second = Desk(app, "schedules"), Desk(app, "organisation")
    fall_ill(first, doctor_id, substitute, days=2)
    fall_ill(second, doctor_id, substitute, days=5)
    first.press("next")
    second.press("next")
    assert second.page.path.endswith("/preview") and second.page.by_id("notice") is not None
    with app.app_context():
        assert db.session.get_one(Doctor, doctor_id).version == 1
    second.press("next")
    assert second.page.path == f"/staff/schedules/{doctor_id}"


def test_another_room_makes_an_entry_for_everybody_booked(app: Flask) -> None:
    doctor_id, _, idents = booked(app, 3)
    desk = Desk(app, "organisation")
    desk.get(f"/staff/doctors/{doctor_id}")
    desk.save(room="417", floor="4")
    assert desk.page.path == "/staff/doctors"
    with app.app_context():
        entries = db.session.scalars(select(ToTell)).all()
        assert {one.appointment_id for one in entries} == set(idents)
        assert {(one.what, one.before["room"]) for one in entries} == {("changed", "203")}
        assert {one.stands.doctor.room for one in entries if one.stands} == {"417"}
        entry = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "changed")).all()[-1]
        assert entry.details["before"]["room"] == "203" and entry.details["after"]["room"] == "417"


def test_weekly_shifts_are_added_changed_and_taken_away(app: Flask) -> None:
    desk = Desk(app, "schedules")
    desk.get("/staff/doctors/new")
    desk.fill(name_kk="Жаңа Дәрігер", kind="general_practitioner", room="5", floor="1")
    found = re.fullmatch(r"/staff/schedules/(\d+)", desk.page.path)
    assert found
    doctor_id = int(found[1])
    desk.get(f"/staff/schedules/{doctor_id}/add/rule")
    shift = {"starts": "08:00", "ends": "12:00", "slot_minutes": "20", "valid_from": TODAY.isoformat()}
    desk.fill(weekdays=["1", "2", "3"], **{**shift, "ends": "07:00"})
    assert desk.page.status == 400 and desk.page.by_id("notice") is not None
    assert desk.page.by_id("ends").get("value") == "07:00"  # type: ignore[union-attr]
    desk.fill(ends="12:00")
    assert "/preview" in desk.page.path
    desk.press("next")
    with app.app_context():
        made = db.session.scalars(select(Slot).where(Slot.doctor_id == doctor_id)).all()
        assert {(one.starts_at + timedelta(hours=5)).weekday() for one in made} <= {1, 2, 3} and len(made) > 40
    desk.press_value("rule")
    desk.press("next")
    with app.app_context():
        left = db.session.scalars(
            select(Slot).where(Slot.doctor_id == doctor_id, Slot.status == "free", Slot.starts_at > NOW)
        ).all()
        assert 0 < len(left) < len(made)
        changes = [one for one in db.session.scalars(select(JournalEntry)) if one.event == "changed"]
        assert [len(one.details["after"].get("rules", [])) for one in changes[1:]] == [3, 2]


def test_a_keeper_of_one_building_meets_no_doctor_of_another(app: Flask) -> None:
    with app.app_context():
        doctors = db.session.scalars(select(Doctor)).all()
        first = min(one.building_id for one in doctors)
        elsewhere = next(one for one in doctors if one.building_id != first)
    desk = Desk(app, "building")
    assert elsewhere.names.kk not in desk.get("/staff/schedules").words
    for path in (f"/staff/schedules/{elsewhere.id}", f"/staff/doctors/{elsewhere.id}"):
        assert desk.get(path).status == 403


def test_the_window_says_it_first_too(app: Flask, registers: Registers) -> None:
    me = registers.add(Somebody())
    moved_by_illness(app, me)
    clerk = Desk(app, "registrar")
    clerk.get("/staff/window")
    clerk.fill(iin=me.iin, document_number=me.number, channel="phone")
    assert clerk.page.by_id("news") is not None
    clerk.press("told")
    assert clerk.page.by_id("news") is None
    with app.app_context():
        (entry,) = standing_entries()
        assert (entry.status, entry.told_how) == ("told", "phone")
