"""hold(), book(), move(), cancel() on the real tables of both engines: what is taken, what is kept, what is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from kiosk.clinic import booking, slots, visit_ends, visits
from kiosk.clinic.booking import Appointment, active_appointments, book, cancel, move
from kiosk.clinic.journal import JournalEntry, broken_links
from kiosk.clinic.obstacles import (
    AlreadyBooked,
    AppointmentStarted,
    AppointmentUnknown,
    CardNeeded,
    Obstacle,
    PatientBusy,
    SlotPast,
    SlotTaken,
    SlotUnknown,
    SlotWithdrawn,
    VisitEnded,
)
from kiosk.clinic.slots import hold
from kiosk.database import db, transaction
from kiosk.sealing import token
from tests.clinic import KEYS, LIFE, MORNING, QUARTER, act, build, employ, enter, hold_and_book, offer, window
from tests.database.conftest import Clinic, count_of, patient, slot
from tests.factories import NOW

SECOND = timedelta(seconds=1)


def visit(clinic: Clinic) -> str:
    with transaction() as work:
        return enter(work, clinic.place)


def doing(work: Session, clinic: Clinic, in_visit: str, number: int = 0, **facts: object) -> booking.Act:
    return replace(act(clinic.place, in_visit, patient(work, clinic, number)), **facts)  # type: ignore[arg-type]


def booked(clinic: Clinic, slot_id: int, number: int = 0, in_visit: str | None = None) -> str:
    """A booking in a visit of its own; returns its ref."""
    in_visit = in_visit or visit(clinic)
    with transaction() as work:
        return hold_and_book(work, slot(work, slot_id), doing(work, clinic, in_visit, number)).ref


def held(clinic: Clinic, in_visit: str) -> int | None:
    with transaction() as work:
        found = slots.find_held(work, in_visit)
        return found.id if found else None


def appointments() -> list[tuple[int, int, str]]:
    with transaction() as work:
        rows = work.execute(
            select(Appointment.slot_id, Appointment.patient_id, Appointment.status).order_by(Appointment.id)
        )
        return [tuple(row) for row in rows]  # type: ignore[misc]


def journal(clinic: Clinic) -> list[str]:
    with transaction() as work:
        assert list(broken_links(work, clinic.place.organisation)) == []
        return list(work.scalars(select(JournalEntry.event).order_by(JournalEntry.sequence)))


def test_a_hold_and_a_booking(engine: Engine, clinic: Clinic) -> None:
    mine = visit(clinic)
    ref = booked(clinic, clinic.mornings[0], in_visit=mine)
    with transaction() as work:
        made = booking.find_by_ref(work, ref)
        assert made is not None and (made.status, made.booked_in, made.entry_number) == ("booked", mine, 1)
        assert (made.starts_at, made.ends_at, made.booked_at) == (MORNING, MORNING + QUARTER, NOW)
        assert (slot(work, clinic.mornings[0]).status, slot(work, clinic.mornings[0]).held_by) == ("booked", None)
    assert journal(clinic) == ["booked"]


def test_a_visit_holds_one_time(engine: Engine, clinic: Clinic) -> None:
    mine = visit(clinic)
    for ident in clinic.mornings[:2]:
        with transaction() as work:
            hold(work, ident, [clinic.therapist], window(mine))
        assert held(clinic, mine) == ident
    with transaction() as work:
        assert count_of(work, "slot", "held_by IS NOT NULL") == 1


def test_a_hold_that_fails_keeps_the_one_before(engine: Engine, clinic: Clinic) -> None:
    booked(clinic, clinic.mornings[1], 1)
    mine = visit(clinic)
    with transaction() as work:
        hold(work, clinic.mornings[0], [clinic.therapist], window(mine))
    with pytest.raises(SlotTaken), transaction() as work:
        hold(work, clinic.mornings[1], [clinic.therapist], window(mine))
    assert held(clinic, mine) == clinic.mornings[0]


def test_a_living_hold_is_nobody_elses_and_an_expired_one_is_everybodys(engine: Engine, clinic: Clinic) -> None:
    first, second = visit(clinic), visit(clinic)
    with transaction() as work:
        hold(work, clinic.mornings[0], [clinic.therapist], window(first))
    with pytest.raises(SlotTaken), transaction() as work:
        hold(work, clinic.mornings[0], [clinic.therapist], window(second))
    later = NOW + LIFE
    with transaction() as work:
        third = enter(work, clinic.place, later)
        hold(work, clinic.mornings[0], [clinic.therapist], window(third, later))
    assert held(clinic, third) == clinic.mornings[0]
    with pytest.raises(VisitEnded), transaction() as work:
        book(work, clinic.mornings[0], doing(work, clinic, first, now=later))


def test_the_sweep_of_a_dead_visit_frees_its_time(engine: Engine, clinic: Clinic) -> None:
    mine = visit(clinic)
    with transaction() as work:
        hold(work, clinic.mornings[0], [clinic.therapist], window(mine))
    with transaction() as work:
        assert visit_ends.sweep(work, NOW + LIFE) == 1
    with transaction() as work:
        assert slot(work, clinic.mornings[0]).held_by is None
        assert count_of(work, "visit") == 0


def test_ending_a_visit_frees_its_time_at_once(engine: Engine, clinic: Clinic) -> None:
    cookie = token()
    with transaction() as work:
        visits.begin(work, KEYS, cookie, clinic.place.kiosk, visits.Written({}, NOW, LIFE))
        hold(work, clinic.mornings[0], [clinic.therapist], window(visits.visit_id(cookie)))
    with transaction() as work:
        visit_ends.end(work, cookie, NOW)
    with transaction() as work:
        assert slot(work, clinic.mornings[0]).held_by is None


def test_a_dead_visit_neither_holds_nor_books(engine: Engine, clinic: Clinic) -> None:
    mine = visit(clinic)
    with transaction() as work:
        hold(work, clinic.mornings[0], [clinic.therapist], window(mine))
    late = NOW + LIFE
    with pytest.raises(VisitEnded), transaction() as work:
        book(work, clinic.mornings[0], doing(work, clinic, mine, now=late))
    with pytest.raises(Obstacle), transaction() as work:
        hold(work, clinic.mornings[1], [clinic.therapist], window(mine, late))
    assert appointments() == [] and journal(clinic) == []


def test_nobody_books_a_time_that_they_do_not_hold(engine: Engine, clinic: Clinic) -> None:
    mine, other = visit(clinic), visit(clinic)
    with transaction() as work:
        hold(work, clinic.mornings[0], [clinic.therapist], window(other))
    for ident in clinic.mornings[:2]:
        with pytest.raises(SlotTaken), transaction() as work:
            book(work, ident, doing(work, clinic, mine))
    assert appointments() == [] and held(clinic, other) == clinic.mornings[0]


def test_booking_twice_books_once(engine: Engine, clinic: Clinic) -> None:
    mine = visit(clinic)
    refs = {booked(clinic, clinic.mornings[0], in_visit=mine)}
    for _ in range(2):
        with transaction() as work:
            refs.add(book(work, clinic.mornings[0], doing(work, clinic, mine)).ref)
    assert len(refs) == 1 and journal(clinic) == ["booked"]


@pytest.mark.parametrize(
    ("status", "starts_in", "obstacle"),
    [
        ("withdrawn", timedelta(hours=3), SlotWithdrawn),
        ("booked", timedelta(hours=3), SlotTaken),
        ("free", timedelta(minutes=14), SlotPast),
        ("free", timedelta(hours=-3), SlotPast),
        ("free", timedelta(days=20), SlotUnknown),
    ],
)
def test_each_time_that_cannot_be_held_says_why(
    engine: Engine, clinic: Clinic, status: str, starts_in: timedelta, obstacle: type[Obstacle]
) -> None:
    mine = visit(clinic)
    with transaction() as work:
        made = offer(work, clinic.therapist, NOW + starts_in)
        made.status = status
        ident = made.id
    with pytest.raises(obstacle), transaction() as work:
        hold(work, ident, [clinic.therapist], window(mine))
    assert held(clinic, mine) is None


def test_a_time_of_another_doctor_of_another_clinic_or_of_nobody_is_unknown(engine: Engine, clinic: Clinic) -> None:
    mine = visit(clinic)
    with transaction() as work:
        foreign = build(work, "small-02")
        stranger = offer(work, employ(work, foreign).id).id
    for ident in (clinic.same_time[0], stranger, 0, 999_999):
        with pytest.raises(SlotUnknown), transaction() as work:
            hold(work, ident, [clinic.therapist], window(mine))


def test_a_held_time_that_begins_meanwhile_is_past(engine: Engine, clinic: Clinic) -> None:
    with transaction() as work:
        mine = enter(work, clinic.place, life=timedelta(hours=5))
        hold(work, clinic.mornings[0], [clinic.therapist], window(mine))
    with pytest.raises(SlotPast), transaction() as work:
        book(work, clinic.mornings[0], doing(work, clinic, mine, now=MORNING))


class TestRefusedByTheDatabase:
    """What booking.REFUSALS makes of each guard: one obstacle, and nothing has changed."""

    def hold_only(self, clinic: Clinic, ident: int, number: int) -> tuple[str, int]:
        mine = visit(clinic)
        with transaction() as work:
            hold(work, ident, [clinic.therapist, clinic.general], window(mine))
        return mine, number

    def refused(self, clinic: Clinic, ident: int, number: int, obstacle: type[Obstacle]) -> None:
        mine, number = self.hold_only(clinic, ident, number)
        before = appointments(), journal(clinic)
        with pytest.raises(Obstacle) as met, transaction() as work:
            book(work, ident, doing(work, clinic, mine, number))
        assert type(met.value) is obstacle
        assert (appointments(), journal(clinic)) == before
        assert held(clinic, mine) == ident

    def test_two_of_a_kind(self, engine: Engine, clinic: Clinic) -> None:
        booked(clinic, clinic.mornings[0])
        self.refused(clinic, clinic.mornings[1], 0, AlreadyBooked)

    def test_in_two_places_at_once(self, engine: Engine, clinic: Clinic) -> None:
        booked(clinic, clinic.mornings[0])
        self.refused(clinic, clinic.same_time[0], 0, PatientBusy)

    def test_a_slot_that_somebody_freed_under_a_booking(self, engine: Engine, clinic: Clinic) -> None:
        booked(clinic, clinic.mornings[0])
        with transaction() as work:
            slot(work, clinic.mornings[0]).status = "free"
        self.refused(clinic, clinic.mornings[0], 1, SlotTaken)


def test_another_kind_at_another_time_is_no_conflict(engine: Engine, clinic: Clinic) -> None:
    booked(clinic, clinic.mornings[0])
    booked(clinic, clinic.same_time[1])
    assert [status for _, _, status in appointments()] == ["booked", "booked"]


def test_cancelling_frees_the_time_for_the_next(engine: Engine, clinic: Clinic) -> None:
    mine = visit(clinic)
    ref = booked(clinic, clinic.mornings[0], in_visit=mine)
    for _ in range(2):
        with transaction() as work:
            assert cancel(work, ref, doing(work, clinic, mine), may_change_earlier=False).status == "cancelled"
    booked(clinic, clinic.mornings[0], 1)
    assert journal(clinic) == ["booked", "cancelled", "booked"]


def test_moving_frees_the_old_time_and_takes_the_new(engine: Engine, clinic: Clinic) -> None:
    mine = visit(clinic)
    ref = booked(clinic, clinic.mornings[0], in_visit=mine)
    for _ in range(2):  # a second press of the same button is the same move
        with transaction() as work:
            if slots.find_held(work, mine) is None and slot(work, clinic.mornings[1]).status == "free":
                hold(work, clinic.mornings[1], [clinic.therapist], window(mine))
            made = move(work, ref, clinic.mornings[1], doing(work, clinic, mine), may_change_earlier=False)
            assert (made.slot_id, made.status) == (clinic.mornings[1], "booked")
    with transaction() as work:
        assert [slot(work, one).status for one in clinic.mornings[:2]] == ["free", "booked"]
    assert [status for _, _, status in appointments()] == ["moved", "booked"]
    assert journal(clinic) == ["booked", "moved"]


def test_the_old_time_stays_if_the_new_is_lost(engine: Engine, clinic: Clinic) -> None:
    mine = visit(clinic)
    ref = booked(clinic, clinic.mornings[0], in_visit=mine)
    booked(clinic, clinic.mornings[1], 1)
    before = appointments(), journal(clinic)
    with pytest.raises(SlotTaken), transaction() as work:
        move(work, ref, clinic.mornings[1], doing(work, clinic, mine), may_change_earlier=False)
    with transaction() as work:
        assert slot(work, clinic.mornings[0]).status == "booked"
    assert (appointments(), journal(clinic)) == before


def test_the_old_time_stays_if_the_database_refuses_the_new(engine: Engine, clinic: Clinic) -> None:
    mine = visit(clinic)
    ref = booked(clinic, clinic.mornings[0], in_visit=mine)
    booked(clinic, clinic.same_time[1])
    with transaction() as work:
        hold(work, clinic.mornings[1], [clinic.therapist], window(mine))
    before = appointments(), journal(clinic)
    with pytest.raises(PatientBusy), transaction() as work:
        move(work, ref, clinic.mornings[1], doing(work, clinic, mine), may_change_earlier=False)
    assert (appointments(), journal(clinic)) == before
    with transaction() as work:
        assert slot(work, clinic.mornings[0]).status == "booked"


def test_earlier_bookings_need_the_card(engine: Engine, clinic: Clinic) -> None:
    ref, mine = booked(clinic, clinic.mornings[0]), visit(clinic)
    with transaction() as work:
        hold(work, clinic.mornings[1], [clinic.therapist], window(mine))
    for deed in (lambda w, d: cancel(w, ref, d, False), lambda w, d: move(w, ref, clinic.mornings[1], d, False)):
        with pytest.raises(CardNeeded), transaction() as work:
            deed(work, doing(work, clinic, mine))
    with transaction() as work:
        cancel(work, ref, doing(work, clinic, mine), may_change_earlier=True)
    assert [status for _, _, status in appointments()] == ["cancelled"]


def test_another_patients_booking_is_unknown(engine: Engine, clinic: Clinic) -> None:
    ref, mine = booked(clinic, clinic.mornings[0]), visit(clinic)
    for wanted in (ref, "no-such-ref"):
        with pytest.raises(AppointmentUnknown), transaction() as work:
            cancel(work, wanted, doing(work, clinic, mine, 1), may_change_earlier=True)


def test_what_has_begun_is_neither_moved_nor_cancelled(engine: Engine, clinic: Clinic) -> None:
    ref = booked(clinic, clinic.mornings[0])
    for now in (MORNING, MORNING + QUARTER, MORNING + timedelta(days=3)):
        with pytest.raises(AppointmentStarted), transaction() as work:
            cancel(work, ref, doing(work, clinic, "", now=now), may_change_earlier=True)
    assert [status for _, _, status in appointments()] == ["booked"]


def test_a_past_appointment_is_closed_so_that_a_new_one_can_be_booked(engine: Engine, clinic: Clinic) -> None:
    booked(clinic, clinic.mornings[0])
    tomorrow = MORNING + timedelta(days=1)
    with transaction() as work:
        later = enter(work, clinic.place, tomorrow)
        fresh = offer(work, clinic.therapist, tomorrow + timedelta(hours=2))
        hold_and_book(work, fresh, doing(work, clinic, later, now=tomorrow))
    with transaction() as work:
        assert count_of(work, "appointment", "status = 'booked'") == 2
        assert count_of(work, "appointment", "status = 'booked' AND closed_at IS NULL") == 1
        assert len(active_appointments(work, clinic.patients[0], tomorrow)) == 1


def test_a_running_appointment_still_counts(engine: Engine, clinic: Clinic) -> None:
    booked(clinic, clinic.mornings[0])
    during = MORNING + QUARTER - SECOND
    with transaction() as work:
        later = enter(work, clinic.place, during)
        hold(work, clinic.mornings[3], [clinic.therapist], window(later, during))
    with pytest.raises(AlreadyBooked), transaction() as work:
        book(work, clinic.mornings[3], doing(work, clinic, later, now=during))


def test_nothing_is_half_done_when_something_breaks(engine: Engine, clinic: Clinic) -> None:
    mine = visit(clinic)
    with pytest.raises(ZeroDivisionError), transaction() as work:
        hold_and_book(work, slot(work, clinic.mornings[0]), doing(work, clinic, mine))
        raise ZeroDivisionError
    assert appointments() == [] and journal(clinic) == []
    with transaction() as work:
        assert (slot(work, clinic.mornings[0]).status, slot(work, clinic.mornings[0]).held_by) == ("free", None)


def test_personal_data_lie_in_no_column(engine: Engine, clinic: Clinic) -> None:
    booked(clinic, clinic.mornings[0])
    with transaction() as work:
        tables = [table.name for table in db.metadata.sorted_tables]
        everything = " ".join(str(row) for table in tables for row in work.execute(text(f"SELECT * FROM {table}")))
        hashes = work.execute(text("SELECT iin_hash FROM patient")).scalars().all()
        entries = " ".join(str(row) for row in work.execute(text("SELECT * FROM journal")))
    assert "Сынақ" not in everything and "770707" not in everything and "1977" not in everything
    assert hashes and not any(one in entries for one in hashes)
