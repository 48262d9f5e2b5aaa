"""Schedules in the database: kept times, cool-down, illness with bookings, staff who book, and who is to be told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update

from kiosk.clinic import booking, to_tell, visit_ends, visits
from kiosk.clinic.appointments import to_be_moved
from kiosk.clinic.journal import JournalEntry, broken_links
from kiosk.clinic.obstacles import SlotTaken
from kiosk.clinic.publishing import coming_days, publish, publish_ahead, rules_of
from kiosk.clinic.schedule import Absence, Slot
from kiosk.clinic.schedule_changes import Away, Change, ChangedMeanwhile, preview, save
from kiosk.clinic.slots import district_doctor, hold, kinds_for, window
from kiosk.clinic.to_tell import ToTell
from kiosk.database import db, transaction
from tests.bookings import act, book_many, doctor_named, free, keys_of, kiosk_times, somebody
from tests.factories import NOW

ONE, OTHER = "Есенгелдиев", "Бекмұратова"
TODAY = NOW.date()


def ill(days: int = 20, substitute: int | None = None) -> Change:
    return Change(add_absences=(Away(TODAY, TODAY + timedelta(days=days), "illness", substitute),))


def test_kiosks_are_not_offered_what_is_kept_for_the_window(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        before = kiosk_times(work, doctor)
        rules = rules_of(work, doctor)
        kept = Change(tuple(rules), tuple(replace(one, kept_percent=25) for one in rules.values()))
        save(work, doctor, doctor.version, kept, NOW)
        after, at_the_window = kiosk_times(work, doctor), free(work, doctor)
        assert set(after) < set(before) <= set(at_the_window)
        assert 0.2 < 1 - len(after) / len(before) < 0.3
        barred = next(one for one in before if one not in after)
        visits.begin(work, keys_of(app), "somebody", 1, visits.Written({}, NOW, timedelta(minutes=5)))
        period = window(visits.visit_id("somebody"), NOW, 15, 14, doctor.building.zone)
        with pytest.raises(SlotTaken):
            hold(work, barred, [doctor.id], period)


def test_a_cancelled_slot_rests_before_kiosks_offer_it_again(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        work.execute(update(Slot).values(cool_down_minutes=30))
        (made,) = book_many(work, app, doctor, 1)
        patient = work.get_one(to_tell.Patient, made.patient_id)
        booking.cancel(work, made.ref, act(patient, doctor), True)
        assert made.slot_id not in kiosk_times(work, doctor)
        assert made.slot_id in free(work, doctor)
        later = NOW + timedelta(minutes=30)
        slot = work.get_one(Slot, made.slot_id)
        assert (made.slot_id in kiosk_times(work, doctor, later)) == (slot.starts_at >= later + timedelta(minutes=15))


def test_the_preview_says_what_saving_then_does(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        booked = book_many(work, app, doctor, 5)
        foreseen = preview(work, doctor, ill(), NOW)
        done = save(work, doctor, doctor.version, ill(), NOW)
        assert {one.id for one in foreseen.appointments} == {one.id for one in booked}
        assert (
            {one.id for one in foreseen.difference.conflict} == set(done.conflicts) == {one.slot_id for one in booked}
        )
        assert len(foreseen.difference.vanish) == done.withdrawn > 0 == done.added
        assert [one.id for one in to_be_moved(work, [doctor.id], NOW)] == [one.id for one in booked]
        statuses = work.scalars(select(Slot.status).where(Slot.id.in_([one.slot_id for one in booked]))).all()
        assert set(statuses) == {"booked"}
        assert publish_ahead(work, doctor.organisation_id, NOW) == replace(done, added=0, withdrawn=0)


def test_a_held_slot_of_somebody_ill_stays_held_and_is_gone_when_let_go(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        ident = kiosk_times(work, doctor)[0]
        visits.begin(work, keys_of(app), "somebody", 1, visits.Written({}, NOW, timedelta(minutes=5)))
        hold(work, ident, [doctor.id], window(visits.visit_id("somebody"), NOW, 15, 14, doctor.building.zone))
        save(work, doctor, doctor.version, ill(), NOW)
        assert work.get_one(Slot, ident, populate_existing=True).held_by == visits.visit_id("somebody")
        visit_ends.end(work, "somebody", NOW)
        assert ident not in kiosk_times(work, doctor) and ident not in free(work, doctor)
        publish_ahead(work, doctor.organisation_id, NOW)
        assert work.get_one(Slot, ident, populate_existing=True).status == "withdrawn"


def test_when_the_doctor_is_well_again_the_bookings_simply_stand(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        book_many(work, app, doctor, 3)
        before = len(kiosk_times(work, doctor))
        save(work, doctor, doctor.version, ill(), NOW)
        absence = work.scalars(select(Absence).where(Absence.doctor_id == doctor.id)).one()
        done = save(work, doctor, doctor.version, Change(drop_absences=(absence.id,)), NOW)
        assert not done.conflicts and to_be_moved(work, [doctor.id], NOW) == []
        assert len(kiosk_times(work, doctor)) == before


def test_who_saves_on_an_older_version_is_told_and_changes_nothing(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        seen = doctor.version
        save(work, doctor, seen, ill(2), NOW)
        with pytest.raises(ChangedMeanwhile):
            save(work, doctor, seen, ill(5), NOW)
        assert work.scalars(select(Absence.last_day).where(Absence.doctor_id == doctor.id)).all() == [
            TODAY + timedelta(days=2)
        ]


def test_moving_by_staff_withdraws_the_old_time_and_makes_one_entry_to_tell(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor, other = doctor_named(work, ONE), doctor_named(work, OTHER)
        (made,) = book_many(work, app, doctor, 1)
        save(work, doctor, doctor.version, ill(), NOW)
        patient = work.get_one(to_tell.Patient, made.patient_id)
        first, second = free(work, other)[4:6]
        new = booking.move(work, made.ref, first, act(patient, other), True)
        (entry,) = to_tell.waiting_for(work, [patient.id])
        assert (entry.what, entry.status, entry.reason) == ("moved", "waiting", "illness")
        assert (entry.appointment_id, entry.new_appointment_id) == (made.id, new.id)
        assert work.get_one(Slot, made.slot_id, populate_existing=True).status == "withdrawn"
        newest = booking.move(work, new.ref, second, act(patient, other), True)
        (entry,) = to_tell.waiting_for(work, [patient.id])
        assert entry.before["doctor_id"] == doctor.id and entry.new_appointment_id == newest.id
        booking.cancel(work, newest.ref, act(patient, other), True)
        (entry,) = to_tell.waiting_for(work, [patient.id])
        assert entry.what == "cancelled" and entry.appointment_id == made.id and entry.stands is None
        assert list(broken_links(work, doctor.organisation_id)) == []


def test_somebody_at_the_window_has_heard_it_there(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        (made,) = book_many(work, app, doctor, 1)
        patient = work.get_one(to_tell.Patient, made.patient_id)
        booking.cancel(work, made.ref, act(patient, doctor, in_person=True), True)
        (entry,) = work.scalars(select(ToTell)).all()
        assert (entry.status, entry.told_how, entry.told_by) == ("told", "window", "staff-ref-of-a-test")
        assert to_tell.waiting_in(work, doctor.organisation_id) == []


def test_a_failed_move_leaves_booking_list_and_journal_as_they_were(app: Flask) -> None:
    with app.app_context():
        with transaction() as work:
            doctor = doctor_named(work, ONE)
            one, another = book_many(work, app, doctor, 2)
            counts = [work.scalar(select(func.count()).select_from(table)) for table in (JournalEntry, ToTell)]
        with pytest.raises(SlotTaken), transaction() as work:
            patient = work.get_one(to_tell.Patient, one.patient_id)
            booking.move(work, one.ref, another.slot_id, act(patient, doctor_named(work, ONE)), True)
        assert [db.session.scalar(select(func.count()).select_from(t)) for t in (JournalEntry, ToTell)] == counts
        assert db.session.get_one(booking.Appointment, one.id).status == "booked"


def test_staff_never_take_what_somebody_holds(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        ident = kiosk_times(work, doctor)[0]
        visits.begin(work, keys_of(app), "somebody", 1, visits.Written({}, NOW, timedelta(minutes=5)))
        hold(work, ident, [doctor.id], window(visits.visit_id("somebody"), NOW, 15, 14, doctor.building.zone))
        with pytest.raises(SlotTaken):
            booking.book(work, ident, act(somebody(work, app, 5000), doctor))


def test_an_extra_visit_brings_its_own_slot_and_never_overlaps(app: Flask) -> None:
    with app.app_context():
        with transaction() as work:
            doctor = doctor_named(work, ONE)
            last = work.scalar(select(func.max(Slot.ends_at)).where(Slot.doctor_id == doctor.id))
            assert last is not None
            made = booking.book_extra(work, doctor.id, last, 10, act(somebody(work, app, 5000), doctor))
            slot = work.get_one(Slot, made.slot_id)
            assert (slot.channel, slot.status, slot.ends_at) == ("extra", "booked", last + timedelta(minutes=10))
            again = publish_ahead(work, doctor.organisation_id, NOW)
            assert (again.added, again.withdrawn, again.conflicts) == (0, 0, ())
        with pytest.raises(SlotTaken), transaction() as work:
            doctor = doctor_named(work, ONE)
            booking.book_extra(work, doctor.id, last, 5, act(somebody(work, app, 5003), doctor))
        with transaction() as work:
            patient = work.get_one(to_tell.Patient, made.patient_id)
            booking.cancel(work, made.ref, act(patient, doctor_named(work, ONE)), True)
            assert work.get_one(Slot, made.slot_id, populate_existing=True).status == "withdrawn"


def test_the_substitute_is_the_district_doctor_while_the_doctor_is_away(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor, other = doctor_named(work, ONE), doctor_named(work, OTHER)
        save(work, doctor, doctor.version, ill(3, other.id), NOW)
        kinds = kinds_for(TODAY.replace(year=1980), TODAY, 14)
        found = [
            district_doctor(work, doctor.organisation_id, "03", kinds, TODAY + timedelta(days=count))
            for count in (0, 3, 4)
        ]
        assert found == [other, other, doctor]


def test_a_booked_day_beyond_the_horizon_is_not_forgotten(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        doctor = doctor_named(work, ONE)
        far = TODAY + timedelta(days=30)
        publish(work, doctor.organisation_id, far, far, NOW, [doctor.id])
        ident = work.scalars(
            select(Slot.id).where(Slot.doctor_id == doctor.id).order_by(Slot.starts_at.desc()).limit(1)
        ).one()
        made = booking.book(work, ident, act(somebody(work, app, 5000), doctor))
        assert coming_days(work, doctor.organisation_id, NOW)[1] == far
        save(work, doctor, doctor.version, ill(60), NOW)
        assert [one.id for one in to_be_moved(work, [doctor.id], NOW)] == [made.id]


def test_the_database_knows_only_three_channels(app: Flask) -> None:
    with app.app_context(), pytest.raises(Exception, match="ck_slot_channel"), transaction() as work:
        work.execute(text("UPDATE slot SET channel = 'everybody' WHERE id = 1"))
