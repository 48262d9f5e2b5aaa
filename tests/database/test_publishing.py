"""publish() on the real tables: idempotent, touching nothing held or booked, and telling its conflicts."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kiosk.clinic.publishing import Publication, publish
from kiosk.clinic.records import Absence, DayException, Doctor, Schedule, Slot
from kiosk.clinic.slots import hold
from kiosk.database import transaction
from tests.clinic import LIFE, act, enter, hold_and_book, named, window
from tests.database.conftest import Clinic, patient
from tests.factories import NOW

FIRST = date(2031, 3, 13)  # a Thursday; tests begin on the Wednesday
LAST = FIRST + timedelta(days=7)


@pytest.fixture
def hired(clinic: Clinic) -> int:
    """A doctor who receives on Thursdays from eight to nine, twenty minutes each."""
    with transaction() as work:
        doctor = Doctor(
            organisation_id=clinic.place.organisation,
            building_id=clinic.place.building,
            kind="district_therapist",
            names=named("Doctor"),
            room="201",
            floor=2,
        )
        work.add(doctor)
        work.flush()
        work.add(
            Schedule(
                doctor_id=doctor.id,
                weekday=3,
                starts=time(8),
                ends=time(9),
                slot_minutes=20,
                valid_from=date(2020, 1, 6),
            )
        )
        return doctor.id


def published(clinic: Clinic, now: object = NOW) -> Publication:
    with transaction() as work:
        return publish(work, clinic.place.organisation, FIRST, LAST, now)  # type: ignore[arg-type]


def mine(work: Session, doctor: int, statuses: Iterable[str] = ("free", "booked")) -> list[Slot]:
    query = select(Slot).where(Slot.doctor_id == doctor, Slot.status.in_(list(statuses)))
    return list(work.scalars(query.order_by(Slot.starts_at)))


def shorten(doctor: int) -> None:
    with transaction() as work:
        work.scalars(select(Schedule).where(Schedule.doctor_id == doctor)).one().starts = time(8, 40)


def test_publishing_twice_adds_nothing(engine: Engine, clinic: Clinic, hired: int) -> None:
    assert published(clinic) == Publication(6, 0, ())
    with transaction() as work:
        before = [(one.id, one.starts_at, one.status) for one in mine(work, hired)]
    assert published(clinic) == Publication(0, 0, ())
    with transaction() as work:
        assert [(one.id, one.starts_at, one.status) for one in mine(work, hired)] == before


def test_what_no_rule_offers_any_more_is_withdrawn_and_comes_back(engine: Engine, clinic: Clinic, hired: int) -> None:
    published(clinic)
    shorten(hired)
    assert published(clinic) == Publication(0, 4, ())
    with transaction() as work:
        assert len(mine(work, hired)) == 2
        work.scalars(select(Schedule).where(Schedule.doctor_id == hired)).one().starts = time(8)
    assert published(clinic) == Publication(4, 0, ())
    with transaction() as work:
        assert len(mine(work, hired)) == 6


def test_a_held_time_survives_and_is_told(engine: Engine, clinic: Clinic, hired: int) -> None:
    published(clinic)
    with transaction() as work:
        visit = enter(work, clinic.place)
        chosen = mine(work, hired)[0].id
        hold(work, chosen, [hired], window(visit))
    shorten(hired)
    done = published(clinic)
    assert done.conflicts == (chosen,)
    with transaction() as work:
        kept = work.get_one(Slot, chosen)
        assert (kept.status, kept.held_by) == ("free", visit)
    assert published(clinic, NOW + LIFE).withdrawn == 1  # the visit is over, and so is its hold


def test_a_booked_time_survives_and_is_told(engine: Engine, clinic: Clinic, hired: int) -> None:
    published(clinic)
    with transaction() as work:
        chosen = mine(work, hired)[0]
        hold_and_book(work, chosen, act(clinic.place, enter(work, clinic.place), patient(work, clinic)))
        ident = chosen.id
    with transaction() as work:
        work.add(Absence(doctor_id=hired, first_day=FIRST, last_day=LAST))
    done = published(clinic)
    assert (done.added, done.withdrawn, done.conflicts) == (0, 5, (ident,))
    with transaction() as work:
        assert [one.id for one in mine(work, hired)] == [ident]


def test_a_new_rule_goes_around_what_is_booked(engine: Engine, clinic: Clinic, hired: int) -> None:
    published(clinic)
    with transaction() as work:
        chosen = mine(work, hired)[0]
        hold_and_book(work, chosen, act(clinic.place, enter(work, clinic.place), patient(work, clinic)))
        work.scalars(select(Schedule).where(Schedule.doctor_id == hired)).one().slot_minutes = 15
    done = published(clinic)
    assert done.conflicts == (chosen.id,)
    with transaction() as work:
        live = mine(work, hired)
        assert all(one.ends_at <= other.starts_at for one, other in pairwise(live))
        assert chosen.id in {one.id for one in live} and len(live) == 1 + 2 + 4


def test_the_clinics_own_day_and_a_doctor_who_left(engine: Engine, clinic: Clinic, hired: int) -> None:
    with transaction() as work:
        work.add(DayException(building_id=clinic.place.building, day=FIRST, reason=named("closed")))
    assert published(clinic).added == 3
    with transaction() as work:
        work.get_one(Doctor, hired).is_active = False
    assert published(clinic).withdrawn == 3
