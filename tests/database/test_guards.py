"""What must never be is refused by the database itself, by name; with the guard taken away, it goes in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kiosk.clinic.booking import REFUSALS, Appointment
from kiosk.clinic.journal import Event, JournalEntry, record
from kiosk.clinic.people import Patient
from kiosk.clinic.records import Slot
from kiosk.database import transaction, violated
from tests.clinic import MORNING, QUARTER, enter, offer
from tests.database.conftest import Clinic, slot
from tests.factories import NOW

Deed = Callable[[Session, Clinic], None]


def appointment(clinic: Clinic, slot_id: int, patient: int = 0, **facts: object) -> Appointment:
    """A row as no code of the house would write it."""
    row: dict[str, object] = {
        "ref": f"{slot_id}-{patient}-{len(facts)}",
        "slot_id": slot_id,
        "patient_id": clinic.patients[patient],
        "actor_id": clinic.patients[patient],
        "doctor_id": clinic.therapist,
        "doctor_kind": "district_therapist",
        "starts_at": MORNING,
        "ends_at": MORNING + QUARTER,
        "entry_number": 1,
        "booked_at": NOW,
        **facts,
    }
    return Appointment(**row)


def add(session: Session, *rows: object) -> None:
    for row in rows:
        session.add(row)
        session.flush()


def entry(clinic: Clinic, sequence: int, number: int | None, event: str = "booked", **facts: object) -> JournalEntry:
    return JournalEntry(
        organisation_id=clinic.place.organisation,
        sequence=sequence,
        entry_number=number,
        event=event,
        at=NOW,
        messages=[],
        details={},
        previous_hash="0" * 64,
        hash="1" * 64,
        **facts,
    )


def two_on_a_slot(session: Session, clinic: Clinic) -> None:
    add(session, appointment(clinic, clinic.mornings[0], 0), appointment(clinic, clinic.mornings[0], 1))


def two_of_a_kind(session: Session, clinic: Clinic) -> None:
    later = {"starts_at": MORNING + QUARTER, "ends_at": MORNING + 2 * QUARTER}
    add(session, appointment(clinic, clinic.mornings[0]), appointment(clinic, clinic.mornings[1], **later))


def a_patient_in_two_places(session: Session, clinic: Clinic) -> None:
    kind = {"doctor_id": clinic.general, "doctor_kind": "general_practitioner"}
    times = {"starts_at": MORNING + QUARTER / 3, "ends_at": MORNING + 2 * QUARTER}
    add(session, appointment(clinic, clinic.mornings[0]), appointment(clinic, clinic.same_time[0], **kind, **times))


def a_patient_called_back_into_two_places(session: Session, clinic: Clinic) -> None:
    kind = {"doctor_id": clinic.general, "doctor_kind": "general_practitioner"}
    cancelled = appointment(clinic, clinic.same_time[0], status="cancelled", **kind)
    add(session, appointment(clinic, clinic.mornings[0]), cancelled)
    cancelled.status = "booked"
    session.flush()


def a_doctor_in_two_rooms(session: Session, clinic: Clinic) -> None:
    offer(session, clinic.therapist, MORNING + QUARTER / 3)


def a_time_moved_onto_another(session: Session, clinic: Clinic) -> None:
    slot(session, clinic.mornings[0]).ends_at = MORNING + QUARTER * 1.5
    session.flush()


def a_withdrawn_time_come_back(session: Session, clinic: Clinic) -> None:
    made = Slot(
        doctor_id=clinic.therapist, starts_at=MORNING + QUARTER / 3, ends_at=MORNING + QUARTER, status="withdrawn"
    )
    add(session, made)
    made.status = "free"
    session.flush()


def a_visit_with_two_times(session: Session, clinic: Clinic) -> None:
    visit = enter(session, clinic.place)
    for ident in clinic.mornings[:2]:
        slot(session, ident).held_by = visit
        session.flush()


def a_booked_time_that_is_held(session: Session, clinic: Clinic) -> None:
    mine = slot(session, clinic.mornings[0])
    mine.held_by, mine.status = enter(session, clinic.place), "booked"
    session.flush()


def a_time_that_ends_as_it_begins(session: Session, clinic: Clinic) -> None:
    offer(session, clinic.therapist, MORNING - timedelta(days=1), 0 * QUARTER)


def a_status_of_no_meaning(session: Session, clinic: Clinic) -> None:
    slot(session, clinic.mornings[0]).status = "lost"
    session.flush()


def a_booking_of_no_meaning(session: Session, clinic: Clinic) -> None:
    add(session, appointment(clinic, clinic.mornings[0], status="lost"))


def a_changed_journal(session: Session, clinic: Clinic) -> None:
    made = record(session, clinic.place.organisation, Event("booked"), NOW)
    made.seconds = 7
    session.flush()


def a_shortened_journal(session: Session, clinic: Clinic) -> None:
    session.delete(record(session, clinic.place.organisation, Event("booked"), NOW))
    session.flush()


def a_refusal_without_a_ground(session: Session, clinic: Clinic) -> None:
    add(session, entry(clinic, 1, 1, "refused", text_version="2021"))


def a_refusal_on_a_third_ground(session: Session, clinic: Clinic) -> None:
    add(session, entry(clinic, 1, 1, "refused", ground=3, text_version="2021"))


def a_refusal_without_its_text(session: Session, clinic: Clinic) -> None:
    add(session, entry(clinic, 1, 1, "refused", ground=2))


def a_ground_without_a_refusal(session: Session, clinic: Clinic) -> None:
    add(session, entry(clinic, 1, 1, "booked", ground=2, text_version="2021"))


def a_booking_without_a_number(session: Session, clinic: Clinic) -> None:
    add(session, entry(clinic, 1, None))


def a_number_for_what_the_journal_does_not_count(session: Session, clinic: Clinic) -> None:
    add(session, entry(clinic, 1, 1, "identified"))


def two_of_a_number(session: Session, clinic: Clinic) -> None:
    add(session, entry(clinic, 1, 1), entry(clinic, 2, 1))


def two_of_a_sequence(session: Session, clinic: Clinic) -> None:
    add(session, entry(clinic, 1, 1), entry(clinic, 1, 2))


def two_records_of_a_person(session: Session, clinic: Clinic) -> None:
    rows = [Patient(ref=f"ref-{one}", iin_hash="a" * 64, sealed=b"", updated_at=NOW) for one in range(2)]
    add(session, *rows)


@dataclass(frozen=True)
class Guard:
    """A guard of the database: its name, its table, what it is, and the deed that it stops."""

    name: str
    table: str
    what: str
    deed: Deed

    def __str__(self) -> str:
        return f"{self.name}: {self.deed.__name__}"


GUARDS = (
    Guard("uq_appointment_active_slot", "appointment", "index", two_on_a_slot),
    Guard("uq_appointment_active_kind", "appointment", "index", two_of_a_kind),
    Guard("appointment_patient_overlap", "appointment", "overlap", a_patient_in_two_places),
    Guard("appointment_patient_overlap", "appointment", "overlap", a_patient_called_back_into_two_places),
    Guard("slot_doctor_overlap", "slot", "overlap", a_doctor_in_two_rooms),
    Guard("slot_doctor_overlap", "slot", "overlap", a_time_moved_onto_another),
    Guard("slot_doctor_overlap", "slot", "overlap", a_withdrawn_time_come_back),
    Guard("uq_slot_held_by", "slot", "index", a_visit_with_two_times),
    Guard("ck_slot_held_is_free", "slot", "check", a_booked_time_that_is_held),
    Guard("ck_slot_order", "slot", "check", a_time_that_ends_as_it_begins),
    Guard("ck_slot_status", "slot", "check", a_status_of_no_meaning),
    Guard("ck_appointment_status", "appointment", "check", a_booking_of_no_meaning),
    Guard("journal_never_changes", "journal", "trigger", a_changed_journal),
    Guard("journal_never_changes", "journal", "trigger", a_shortened_journal),
    Guard("ck_journal_refused_with_ground", "journal", "check", a_refusal_without_a_ground),
    Guard("ck_journal_refused_with_ground", "journal", "check", a_refusal_on_a_third_ground),
    Guard("ck_journal_refused_with_ground", "journal", "check", a_refusal_without_its_text),
    Guard("ck_journal_ground_only_refused", "journal", "check", a_ground_without_a_refusal),
    Guard("ck_journal_numbered", "journal", "check", a_booking_without_a_number),
    Guard("ck_journal_numbered", "journal", "check", a_number_for_what_the_journal_does_not_count),
    Guard("uq_journal_organisation_id_entry_number", "journal", "index", two_of_a_number),
    Guard("uq_journal_organisation_id_sequence", "journal", "unique", two_of_a_sequence),
    Guard("uq_patient_iin_hash", "patient", "unique", two_records_of_a_person),
)


@pytest.mark.parametrize("guard", GUARDS, ids=str)
def test_the_database_refuses_by_name(engine: Engine, clinic: Clinic, guard: Guard) -> None:
    with pytest.raises(IntegrityError) as refused, transaction() as work:
        guard.deed(work, clinic)
    assert violated(refused.value) == guard.name


@pytest.mark.parametrize("guard", GUARDS, ids=str)
def test_without_this_one_guard_it_goes_in(engine: Engine, clinic: Clinic, guard: Guard) -> None:
    remove(engine, guard)
    with transaction() as work:
        guard.deed(work, clinic)


def test_every_mapped_name_is_a_guard_of_this_table() -> None:
    assert set(REFUSALS) <= {guard.name for guard in GUARDS}


def remove(engine: Engine, guard: Guard) -> None:
    """Take exactly this guard out of a database that nobody will miss."""
    with engine.begin() as connection:
        if guard.what == "index":
            connection.execute(text(f"DROP INDEX {guard.name}"))
        elif engine.dialect.name == "postgresql":
            what = "TRIGGER" if guard.what == "trigger" else "CONSTRAINT"
            statement = f"ALTER TABLE {guard.table} DROP CONSTRAINT {guard.name}"
            connection.execute(text(f"DROP TRIGGER {guard.name} ON {guard.table}" if what == "TRIGGER" else statement))
        elif guard.what in ("overlap", "trigger"):
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in names:
                if re.fullmatch(rf"{guard.name}_[A-Za-z]+", name):
                    connection.execute(text(f"DROP TRIGGER {name}"))
        elif guard.what == "unique":
            with Operations(MigrationContext.configure(connection)).batch_alter_table(guard.table) as table:
                table.drop_constraint(guard.name)
    if engine.dialect.name == "sqlite" and guard.what == "check":
        _remove_check(engine, guard)


def _remove_check(engine: Engine, guard: Guard) -> None:
    with engine.connect() as connection:
        query = text("SELECT sql FROM sqlite_master WHERE name = :table")
        sql: str = connection.execute(query, {"table": guard.table}).scalar_one()
        lines = [line for line in sql.split("\n") if f"CONSTRAINT {guard.name} " not in line]
        assert len(lines) == sql.count("\n"), sql
        changed = re.sub(r",\s*\)$", "\n)", "\n".join(lines))
        connection.execute(text("PRAGMA writable_schema = 1"))
        connection.execute(
            text("UPDATE sqlite_master SET sql = :sql WHERE name = :table"), {"sql": changed, "table": guard.table}
        )
        connection.commit()
    engine.dispose()  # the next connection reads the table anew


@pytest.mark.parametrize("longer", [timedelta(hours=20), timedelta(days=3)])
def test_a_time_made_long_later_hides_no_overlap(engine: Engine, clinic: Clinic, longer: timedelta) -> None:
    begin: datetime = MORNING + timedelta(days=2)
    with pytest.raises(IntegrityError), transaction() as work:
        made = offer(work, clinic.therapist, begin)
        made.ends_at = begin + longer
        work.flush()
        offer(work, clinic.therapist, begin + longer - QUARTER)


def test_a_row_put_over_another_changes_the_journal_as_little(engine: Engine, clinic: Clinic) -> None:
    with transaction() as work:
        made = record(work, clinic.place.organisation, Event("booked"), NOW)
        ident = made.id
    statement = {
        "sqlite": "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE id = :id",
        "postgresql": "INSERT INTO journal SELECT * FROM journal WHERE id = :id"
        " ON CONFLICT (id) DO UPDATE SET seconds = 7",
    }[engine.dialect.name]
    with pytest.raises(IntegrityError) as refused, transaction() as work:
        work.execute(text(statement), {"id": ident})
    assert violated(refused.value) == "journal_never_changes"


def test_an_error_repeats_nothing_of_the_row(engine: Engine, clinic: Clinic) -> None:
    with pytest.raises(IntegrityError) as refused, transaction() as work:
        two_records_of_a_person(work, clinic)
    assert "INSERT INTO patient" in str(refused.value)
    assert "ref-1" not in str(refused.value)


def test_times_that_only_touch_do_not_overlap(engine: Engine, clinic: Clinic) -> None:
    with transaction() as work:
        offer(work, clinic.therapist, MORNING - QUARTER)
        offer(work, clinic.therapist, MORNING + 4 * QUARTER)


def test_a_closed_a_moved_and_a_cancelled_appointment_stand_in_nobodys_way(engine: Engine, clinic: Clinic) -> None:
    here = clinic.mornings[0]
    with transaction() as work:
        add(
            work,
            appointment(clinic, here, closed_at=NOW, ref="closed"),
            appointment(clinic, here, status="moved", ref="moved"),
            appointment(clinic, here, status="cancelled", ref="cancelled"),
            appointment(clinic, here, ref="active"),
        )
