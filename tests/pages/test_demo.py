"""The demo is complete on any day, the same after a second load, and filled by the clinic's own rules."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from kiosk import migrations
from kiosk.clinic import slots
from kiosk.clinic.booking import Appointment
from kiosk.clinic.calendar import STANDARD_HOURS, opening_on
from kiosk.clinic.identity import birth_date, is_iin
from kiosk.clinic.journal import JournalEntry, broken_links
from kiosk.clinic.people import Patient, open_patient
from kiosk.clinic.places import Building, Kiosk, Organisation, find_kiosk
from kiosk.clinic.publishing import publish
from kiosk.clinic.schedule import Absence, District, Doctor, DoctorKind, Slot
from kiosk.clinic.slots import Window, district_doctor, free_counts, free_times, kinds_for
from kiosk.clinic.visits import VisitRecord
from kiosk.config import PanelSize
from kiosk.database import Base
from kiosk.demo import demo_device_token, doctors, fullness, load
from kiosk.sealing import Keys

ZONE = ZoneInfo("Asia/Almaty")
KEYS = Keys.of(b"only for tests, only for tests!!")
PANEL = PanelSize(32.0, 1080, 1920, 700)
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=ZONE)
HOLIDAY_EVE = datetime(2026, 12, 15, 22, tzinfo=ZONE)
SATURDAY = datetime(2027, 3, 20, 13, 50, tzinfo=ZONE)
ADULT, CHILD = date(1980, 5, 17), date(2020, 5, 17)
OPEN_DISTRICTS = ("03", "07", "12")


def fresh_engine(folder: Path, now: datetime) -> Engine:
    engine = create_engine(f"sqlite:///{folder / 'kiosk.sqlite3'}")
    migrations.upgrade(engine)
    load_once(engine, now)
    return engine


def load_once(engine: Engine, now: datetime, panel: PanelSize | None = PANEL) -> None:
    with Session(engine) as session:
        load(session, KEYS, now.astimezone(UTC), panel)
        session.commit()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return fresh_engine(tmp_path_factory.mktemp("demo"), FRIDAY)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def everything(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
        }


def clinic_id(session: Session) -> int:
    return session.scalars(select(Organisation.id).where(Organisation.code == "almaty-01")).one()


def period(now: datetime) -> Window:
    return slots.window("nobody", now, notice_minutes=15, horizon_days=14, zone=ZONE.key)


def open_days(now: datetime) -> list[date]:
    days = [now.date() + timedelta(days=count) for count in range(1, 15)]
    return [day for day in days if opening_on(day, STANDARD_HOURS, {})]


def one_marked(session: Session, state: str) -> Doctor:
    (doctor,) = doctors.marked(session, clinic_id(session), state)
    return doctor


def test_thirty_three_sample_clinics_named_in_three_languages(session: Session) -> None:
    clinics = session.scalars(select(Organisation).order_by(Organisation.code)).all()
    assert [one.code for one in clinics] == [f"almaty-{row:02}" for row in range(1, 34)]
    assert all(one.is_sample and one.phones for one in clinics)
    for names in [one.names for one in clinics] + [one.address for one in clinics]:
        assert names.kk != names.ru != names.en
        assert names.en.isascii()
    assert clinics[0].names.ru == "Городская поликлиника № 1"
    assert len({one.names for one in clinics}) == 33


def test_the_kiosk_stands_in_the_main_building_with_the_glass_it_was_given(session: Session) -> None:
    kiosk = find_kiosk(session, demo_device_token(KEYS), FRIDAY)
    assert kiosk is not None
    assert kiosk.building.names.kk == "Негізгі ғимарат"
    assert kiosk.building.organisation.code == "almaty-01"
    settings = kiosk.effective_settings()
    glass = (settings.panel_inches, settings.panel_width, settings.panel_height, settings.panel_distance)
    assert glass == (32.0, 1080, 1920, 700)
    assert session.scalar(select(func.count()).select_from(Building)) == 2


def test_the_device_token_depends_on_the_keys_alone() -> None:
    assert demo_device_token(KEYS) == demo_device_token(KEYS)
    assert demo_device_token(KEYS) != demo_device_token(Keys.of(b"another key, another key, anothr"))


def test_every_district_has_a_doctor_for_adults_and_one_for_children(session: Session) -> None:
    organisation_id = clinic_id(session)
    numbers = session.scalars(select(District.number).order_by(District.number)).all()
    assert numbers == [f"{number:02}" for number in range(1, 21)]
    seen = set()
    for number in numbers:
        for born in (ADULT, CHILD):
            kinds = kinds_for(born, FRIDAY.date(), age_border=14)
            doctor = district_doctor(session, organisation_id, number, kinds)
            assert doctor is not None
            seen.add(doctor.id)
    assert len(seen) == 40


def test_doctors_have_kinds_rooms_floors_and_names(session: Session) -> None:
    rows = session.scalars(select(Doctor)).all()
    kinds = [DoctorKind(one.kind) for one in rows]
    counted = {kind: kinds.count(kind) for kind in DoctorKind}
    assert list(counted.values()) == [14, 20, 6]
    assert all(1 <= one.floor <= 4 and one.room.startswith(str(one.floor)) for one in rows)
    assert len({(one.building_id, one.room) for one in rows}) == len({one.names for one in rows}) == 40
    assert all(one.names.en.isascii() and len(one.names.en.split()) == 3 for one in rows)


@pytest.mark.parametrize("now", [FRIDAY, HOLIDAY_EVE, SATURDAY], ids=["friday", "holiday eve", "saturday"])
def test_three_districts_have_free_times_on_every_working_day(tmp_path: Path, now: datetime) -> None:
    engine = fresh_engine(tmp_path, now)
    with Session(engine) as session:
        organisation_id = clinic_id(session)
        for number in OPEN_DISTRICTS:
            for born in (ADULT, CHILD):
                doctor = district_doctor(session, organisation_id, number, kinds_for(born, now.date(), 14))
                assert doctor is not None
                free = {row.starts_at.astimezone(ZONE).date() for row in free_times(session, doctor.id, period(now))}
                assert set(open_days(now)) <= free
        assert list(broken_links(session, organisation_id)) == []


def test_no_time_lies_outside_the_opening_hours(session: Session) -> None:
    for begin, end in session.execute(select(Slot.starts_at, Slot.ends_at)):
        local, until = begin.astimezone(ZONE), end.astimezone(ZONE)
        opening = opening_on(local.date(), STANDARD_HOURS, {})
        assert opening is not None
        assert opening[0] <= local.time() < until.time() <= opening[1]


def test_the_full_doctor_has_times_but_none_free(session: Session) -> None:
    doctor = one_marked(session, "full")
    assert free_counts(session, [doctor.id], period(FRIDAY)) == {}
    statuses = session.scalars(select(Slot.status).where(Slot.doctor_id == doctor.id)).all()
    assert len(statuses) > 100
    assert set(statuses) == {"booked"}
    booked = session.scalars(select(Appointment).where(Appointment.doctor_id == doctor.id)).all()
    assert len(booked) == len({one.patient_id for one in booked}) == len(statuses)


def test_the_doctor_on_leave_has_no_times(session: Session) -> None:
    doctor = one_marked(session, "leave")
    assert session.scalar(select(func.count()).where(Slot.doctor_id == doctor.id)) == 0
    absence = session.scalars(select(Absence)).one()
    assert (absence.doctor_id, absence.first_day) == (doctor.id, date(2026, 11, 17))
    assert absence.last_day == date(2026, 12, 11)


def test_everybody_else_has_free_times(session: Session) -> None:
    everybody = set(session.scalars(select(Doctor.id)))
    without = {one_marked(session, state).id for state in ("full", "leave")}
    assert set(free_counts(session, list(everybody), period(FRIDAY))) == everybody - without


def test_sample_patients_are_sealed_and_have_valid_numbers_of_one_birth_date(session: Session) -> None:
    patients = session.scalars(select(Patient)).all()
    people = [open_patient(KEYS, patient) for patient in patients]
    assert all(is_iin(person.iin) and birth_date(person.iin) == fullness.BORN == person.birth_date for person in people)
    assert len({person.iin for person in people}) == len(patients)


def test_the_journal_holds_each_demo_booking_and_its_chain_is_whole(session: Session) -> None:
    organisation_id = clinic_id(session)
    entries = session.scalars(select(JournalEntry).order_by(JournalEntry.sequence)).all()
    assert len(entries) == session.scalar(select(func.count()).select_from(Appointment))
    assert {(one.event, one.channel) for one in entries} == {("booked", fullness.CHANNEL)}
    assert list(broken_links(session, organisation_id)) == []


def test_no_visit_is_left_behind(session: Session) -> None:
    assert session.scalar(select(func.count()).select_from(VisitRecord)) == 0
    assert session.scalar(select(func.count()).where(Slot.held_by.is_not(None))) == 0


def test_a_second_load_changes_nothing(engine: Engine) -> None:
    before = everything(engine)
    load_once(engine, FRIDAY)
    assert everything(engine) == before


def test_publishing_again_adds_nothing(session: Session) -> None:
    first = FRIDAY.date()
    result = publish(session, clinic_id(session), first, first + timedelta(days=14), FRIDAY)
    assert (result.added, result.withdrawn, result.conflicts) == (0, 0, ())


def test_a_load_days_later_fills_what_is_new_and_moves_the_leave(tmp_path: Path) -> None:
    engine = fresh_engine(tmp_path, FRIDAY)
    later = FRIDAY + timedelta(days=9)
    load_once(engine, later)
    with Session(engine) as session:
        ids = [one_marked(session, state).id for state in ("full", "leave")]
        assert free_counts(session, ids, period(later)) == {}
        assert session.scalars(select(Absence.first_day)).all() == [date(2026, 11, 26)]
        last = session.scalars(select(func.max(Slot.starts_at))).one()
        assert last.astimezone(ZONE).date() == open_days(later)[-1]
        assert list(broken_links(session, clinic_id(session))) == []


def test_the_glass_follows_the_next_start_and_other_settings_stay(tmp_path: Path) -> None:
    engine = fresh_engine(tmp_path, FRIDAY)
    with Session(engine) as session:
        kiosk = session.scalars(select(Kiosk)).one()
        kiosk.settings = {**kiosk.settings, "paper": False}
        session.commit()
    load_once(engine, FRIDAY, PanelSize(21.5, 1920, 1080, 600))
    load_once(engine, FRIDAY, None)
    with Session(engine) as session:
        settings = session.scalars(select(Kiosk)).one().effective_settings()
    assert (settings.panel_width, settings.panel_height, settings.paper) == (1920, 1080, False)
