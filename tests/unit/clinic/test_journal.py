"""The chain: gapless, numbered only where the standard's journal has a number, and no change goes unseen."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from kiosk.clinic import journal
from kiosk.clinic.journal import EVENTS, FIRST_HASH, NUMBERED, Event, JournalEntry, broken_links, record
from tests.clinic import Place, build
from tests.factories import NOW


def write(session: Session, organisation: int, *names: str) -> list[JournalEntry]:
    made = []
    for count, name in enumerate(names):
        ground = {"ground": 2, "text_version": "2021"} if name == "refused" else {}
        event = Event(name, channel="kiosk", patient_ref=f"ref-{count}", messages=("m1", "m2"), **ground)
        made.append(record(session, organisation, event, NOW + timedelta(seconds=count)))
    session.commit()
    return made


def broken(session: Session, organisation: int) -> list[int]:
    session.expire_all()
    return list(broken_links(session, organisation))


def test_sequence_and_entry_numbers_have_no_gaps(memory: Session, place: Place) -> None:
    made = write(memory, place.organisation, *EVENTS, *EVENTS)
    assert [one.sequence for one in made] == list(range(1, len(made) + 1))
    assert [one.entry_number for one in made if one.event in NUMBERED] == list(range(1, 2 * len(NUMBERED) + 1))
    assert all(one.entry_number is None for one in made if one.event not in NUMBERED)


def test_each_row_is_chained_to_the_one_before(memory: Session, place: Place) -> None:
    made = write(memory, place.organisation, *EVENTS)
    assert [one.previous_hash for one in made] == [FIRST_HASH, *(one.hash for one in made[:-1])]
    assert broken(memory, place.organisation) == []


def test_two_organisations_have_two_chains(memory: Session, place: Place) -> None:
    other = build(memory, "small-02")
    write(memory, place.organisation, "identified", "booked")
    (entry,) = write(memory, other.organisation, "booked")
    assert (entry.sequence, entry.entry_number, entry.previous_hash) == (1, 1, FIRST_HASH)
    assert broken(memory, place.organisation) == broken(memory, other.organisation) == []


COLUMNS = [column.key for column in JournalEntry.__table__.columns if column.key not in ("id", "organisation_id")]
OTHER = {
    "sequence": "99",
    "entry_number": "99",
    "at": "'2031-03-12 05:00:00.000000'",
    "starts_at": "'2031-03-12 05:00:00.000000'",
    "messages": "'[\"m1\"]'",
    "details": "'{\"x\": 1}'",
    "kiosk_id": "NULL",
    "ground": "1",
    "seconds": "7",
    "doctor_id": "NULL",
}
SAME = ("kiosk_id", "doctor_id")  # already empty in these rows: nothing to change without their tables


@pytest.mark.parametrize("column", [one for one in COLUMNS if one not in SAME])
def test_a_change_of_any_column_is_seen(memory: Session, place: Place, column: str) -> None:
    write(memory, place.organisation, "refused", "refused", "refused")
    value = "'" + "f" * 64 + "'" if "hash" in column else OTHER.get(column, "'booked'")
    memory.execute(text("PRAGMA ignore_check_constraints = 1"))
    memory.execute(text(f"UPDATE journal SET {column} = {value} WHERE sequence = 2"))
    assert broken(memory, place.organisation) != []


def test_a_row_taken_out_is_seen(memory: Session, place: Place) -> None:
    write(memory, place.organisation, "booked", "booked", "booked")
    memory.execute(text("DELETE FROM journal WHERE sequence = 2"))
    assert broken(memory, place.organisation) == [3]


def test_a_lost_tail_and_a_lost_whole_are_seen(memory: Session, place: Place) -> None:
    write(memory, place.organisation, "booked", "booked", "booked")
    memory.execute(text("DELETE FROM journal WHERE sequence = 3"))
    assert broken(memory, place.organisation) == [3]
    memory.execute(text("DELETE FROM journal"))
    assert broken(memory, place.organisation) == [1]


def test_two_rows_that_changed_places_are_seen(memory: Session, place: Place) -> None:
    write(memory, place.organisation, "booked", "booked", "booked")
    for was, becomes in ((2, -1), (3, 2), (-1, 3)):
        memory.execute(text(f"UPDATE journal SET sequence = {becomes} WHERE sequence = {was}"))
    assert broken(memory, place.organisation) != []


def test_a_chain_that_forgot_its_head_is_seen(memory: Session, place: Place) -> None:
    write(memory, place.organisation, "booked", "booked")
    memory.execute(text("DELETE FROM journal_head"))
    assert broken(memory, place.organisation) != []


def test_the_hash_is_over_a_canonical_form_that_a_stranger_can_make() -> None:
    entry = JournalEntry(organisation_id=1, sequence=1, event="booked", at=NOW, messages=[], details={"b": 1, "a": "ә"})
    other = JournalEntry(organisation_id=1, sequence=1, event="booked", at=NOW, messages=[], details={"a": "ә", "b": 1})
    assert journal._hash(entry) == journal._hash(other)
    assert len(journal._hash(entry)) == 64
