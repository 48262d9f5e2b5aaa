"""Eight processes at once: one time is booked once, many times none twice, and the journal has no gap."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, time

import pytest
from sqlalchemy import Engine, text

from kiosk.clinic.journal import broken_links
from kiosk.clinic.records import Schedule
from kiosk.clinic.schedule import DoctorKind
from kiosk.database import transaction
from tests.clinic import MORNING, QUARTER, employ, enter, offer
from tests.database import rivals
from tests.database.conftest import Clinic, count_of
from tests.database.rivals import RIVALS, Crowd

ACTIVE = "status = 'booked' AND closed_at IS NULL"


@pytest.fixture(scope="session")
def crowd() -> Iterator[Crowd]:
    made = Crowd()
    yield made
    made.pool.shutdown(cancel_futures=True)


def nothing_is_wrong(clinic: Clinic) -> None:
    """The rules, asked of the tables themselves."""
    overlaps = """
        SELECT count(*) FROM {table} AS one JOIN {table} AS other ON one.{who} = other.{who} AND one.id < other.id
        WHERE one.starts_at < other.ends_at AND other.starts_at < one.ends_at AND {live}
    """
    both = "one.status = 'booked' AND other.status = 'booked' AND one.closed_at IS NULL AND other.closed_at IS NULL"
    live = "one.status <> 'withdrawn' AND other.status <> 'withdrawn'"
    with transaction() as work:
        for who in ("doctor_id", "patient_id"):
            assert work.execute(text(overlaps.format(table="appointment", who=who, live=both))).scalar() == 0, who
        assert work.execute(text(overlaps.format(table="slot", who="doctor_id", live=live))).scalar() == 0
        for key in ("slot_id", "patient_id, doctor_kind"):
            query = f"SELECT count(*) FROM appointment WHERE {ACTIVE} GROUP BY {key} HAVING count(*) > 1"
            assert work.execute(text(query)).all() == [], key
        booked = set(work.execute(text("SELECT id FROM slot WHERE status = 'booked'")).scalars())
        assert booked == set(work.execute(text(f"SELECT slot_id FROM appointment WHERE {ACTIVE}")).scalars())
        numbers = work.execute(text("SELECT entry_number FROM journal WHERE entry_number IS NOT NULL ORDER BY 1"))
        found = list(numbers.scalars())
        assert found == list(range(1, len(found) + 1))
        assert list(broken_links(work, clinic.place.organisation)) == []


def test_one_time_is_booked_once(engine: Engine, url: str, clinic: Clinic, crowd: Crowd) -> None:
    said = Counter(crowd.race(rivals.same_slot, url, clinic.place, clinic.mornings[0]))
    assert said == {"booked": 1, "SlotTaken": RIVALS - 1}
    nothing_is_wrong(clinic)
    with transaction() as work:
        assert count_of(work, "appointment") == count_of(work, "journal") == 1


def test_even_past_the_holds_the_database_lets_one_in(engine: Engine, url: str, clinic: Clinic, crowd: Crowd) -> None:
    said = Counter(crowd.race(rivals.past_the_holds, url, clinic.place, clinic.mornings[0]))
    assert said == {"booked": 1, "SlotTaken": RIVALS - 1}


def test_one_patient_is_in_one_place(engine: Engine, url: str, clinic: Clinic, crowd: Crowd) -> None:
    with transaction() as work:
        kinds = [DoctorKind.THERAPIST, DoctorKind.GENERAL_PRACTITIONER] * (RIVALS // 2)
        doctors = [employ(work, clinic.place, kind, f"3{room:02}") for room, kind in enumerate(kinds)]
        same_time = [offer(work, one.id).id for one in doctors]
    said = Counter(crowd.race(rivals.same_patient, url, clinic.place, same_time, clinic.patients[0]))
    assert said.pop("booked") == 1
    assert set(said) <= {"AlreadyBooked", "PatientBusy"} and said.total() == RIVALS - 1
    nothing_is_wrong(clinic)


def test_a_busy_morning_books_nothing_twice(engine: Engine, url: str, clinic: Clinic, crowd: Crowd) -> None:
    with transaction() as work:
        doctors = [clinic.therapist, clinic.general]
        doctors += [employ(work, clinic.place, DoctorKind.GENERAL_PRACTITIONER, f"2{room}").id for room in range(2)]
        work.add_all(
            Schedule(
                doctor_id=one, weekday=3, starts=time(8), ends=time(10), slot_minutes=30, valid_from=date(2020, 1, 6)
            )
            for one in doctors
        )
        for one in doctors[2:]:
            for step in range(4):
                offer(work, one, MORNING + QUARTER * step)
    patients = list(range(10, 22))
    said = sum(crowd.race(rivals.busy_morning, url, clinic.place, doctors, patients, 15), Counter[str]())
    assert said.total() == RIVALS * 15
    assert said["booked"] and said["moved"] and said["cancelled"]
    nothing_is_wrong(clinic)
    with transaction() as work:
        happened = Counter(work.execute(text("SELECT event FROM journal")).scalars())
        assert (happened["booked"], happened["moved"]) == (said["booked"], said["moved"])
        assert 0 < happened["cancelled"] <= said["cancelled"]  # cancelling what is cancelled is answered with it
        assert count_of(work, "appointment", ACTIVE) == happened["booked"] - happened["cancelled"]


def test_the_same_days_published_at_once_are_published_once(
    engine: Engine, url: str, clinic: Clinic, crowd: Crowd
) -> None:
    with transaction() as work:
        shift = {"starts": time(8), "ends": time(12), "slot_minutes": 15, "valid_from": date(2020, 1, 6)}
        doctors = [clinic.therapist, *(employ(work, clinic.place, room=f"4{room}").id for room in range(5))]
        work.add_all(Schedule(doctor_id=one, weekday=day, **shift) for day in range(5) for one in doctors)
        before = count_of(work, "slot")
    added = crowd.race(rivals.same_publication, url, clinic.place)
    assert sorted(added)[:-1] == [0] * (RIVALS - 1)
    with transaction() as work:
        assert count_of(work, "slot") == before + max(added) > before
    nothing_is_wrong(clinic)


def test_the_journals_first_entries_come_one_after_another(
    engine: Engine, url: str, clinic: Clinic, crowd: Crowd
) -> None:
    assert sorted(crowd.race(rivals.first_entry, url, clinic.place)) == list(range(1, RIVALS + 1))
    nothing_is_wrong_with_the_chain(clinic)


def nothing_is_wrong_with_the_chain(clinic: Clinic) -> None:
    with transaction() as work:
        assert list(broken_links(work, clinic.place.organisation)) == []


def test_one_person_at_eight_kiosks_has_one_record(engine: Engine, url: str, clinic: Clinic, crowd: Crowd) -> None:
    assert len(set(crowd.race(rivals.same_person, url, clinic.place))) == 1


def test_one_visit_calls_once(engine: Engine, url: str, clinic: Clinic, crowd: Crowd) -> None:
    with transaction() as work:
        visit = enter(work, clinic.place)
    assert sorted(crowd.race(rivals.same_call, url, clinic.place, visit)) == [False] * (RIVALS - 1) + [True]
    with transaction() as work:
        assert count_of(work, "help_call") == 1


def test_tries_are_counted_together(engine: Engine, url: str, clinic: Clinic, crowd: Crowd) -> None:
    said = Counter(crowd.race(rivals.same_window, url, clinic.place, 5))
    assert said == {"tried": 5, "TooManyTries": RIVALS - 5}


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True, scope="session")
def test_who_is_given_up_for_a_deadlock_does_it_again(engine: Engine, url: str, clinic: Clinic, crowd: Crowd) -> None:
    slots = clinic.mornings[:2]
    assert sum(crowd.race(rivals.crossing, url, slots)) > 2, "nobody was given up: the test has proved nothing"
    with transaction() as work:
        found = work.execute(text("SELECT DISTINCT cool_down_minutes FROM slot WHERE cool_down_minutes > 0")).scalars()
        assert found.all() == [2]
