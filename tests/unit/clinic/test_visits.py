"""A visit's life: one clock, sealed under its cookie, bound to its kiosk, never revived."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.clinic import visit_ends, visits
from kiosk.clinic.day_counts import COUNTS
from kiosk.clinic.journal import JournalEntry
from kiosk.clinic.obstacles import VisitEnded
from kiosk.clinic.visits import Outline, VisitRecord, Written
from kiosk.sealing import token
from tests.clinic import KEYS, LIFE, Place
from tests.factories import NOW

CONTENT = {"language": "kk", "surname": "Үлгібаев"}
SECOND = timedelta(seconds=1)


def test_it_lives_through_its_life_and_not_a_moment_more(memory: Session, place: Place) -> None:
    cookie = token()
    visits.begin(memory, KEYS, cookie, place.kiosk, Written(CONTENT, NOW, LIFE))
    living = visits.find_living(memory, KEYS, cookie, place.kiosk, NOW + LIFE - SECOND)
    assert living is not None and living.content == CONTENT and living.alive_until == NOW + LIFE
    assert visits.find_living(memory, KEYS, cookie, place.kiosk, NOW + LIFE) is None


def test_a_mark_prolongs_it_and_a_late_mark_does_not(memory: Session, place: Place) -> None:
    cookie = token()
    visits.begin(memory, KEYS, cookie, place.kiosk, Written(CONTENT, NOW, LIFE))
    assert visits.mark_alive(memory, cookie, NOW + LIFE - SECOND, LIFE)
    assert visits.find_living(memory, KEYS, cookie, place.kiosk, NOW + LIFE + LIFE - 2 * SECOND) is not None
    late = NOW + LIFE + LIFE
    assert not visits.mark_alive(memory, cookie, late, LIFE)
    assert visits.find_living(memory, KEYS, cookie, place.kiosk, late) is None


def test_saving_keeps_and_prolongs_and_never_revives(memory: Session, place: Place) -> None:
    cookie = token()
    visits.begin(memory, KEYS, cookie, place.kiosk, Written(CONTENT, NOW, LIFE))
    visits.save(memory, KEYS, cookie, Written({"language": "ru"}, NOW + LIFE / 2, LIFE))
    living = visits.find_living(memory, KEYS, cookie, place.kiosk, NOW + LIFE)
    assert living is not None and living.content == {"language": "ru"}
    with pytest.raises(VisitEnded):
        visits.save(memory, KEYS, cookie, Written(CONTENT, NOW + 2 * LIFE, LIFE))
    with pytest.raises(VisitEnded):
        visits.save(memory, KEYS, token(), Written(CONTENT, NOW, LIFE))


def test_two_visits_on_one_kiosk_never_see_each_other(memory: Session, place: Place) -> None:
    mine, yours = token(), token()
    visits.begin(memory, KEYS, mine, place.kiosk, Written({"whose": "mine"}, NOW, LIFE))
    visits.begin(memory, KEYS, yours, place.kiosk, Written({"whose": "yours"}, NOW, LIFE))
    for cookie, whose in ((mine, "mine"), (yours, "yours")):
        living = visits.find_living(memory, KEYS, cookie, place.kiosk, NOW)
        assert living is not None and living.content == {"whose": whose}
    visit_ends.end(memory, mine, NOW)
    assert visits.find_living(memory, KEYS, mine, place.kiosk, NOW) is None
    assert visits.find_living(memory, KEYS, yours, place.kiosk, NOW) is not None


def test_another_kiosk_does_not_find_it(memory: Session, place: Place) -> None:
    cookie = token()
    visits.begin(memory, KEYS, cookie, place.kiosk, Written(CONTENT, NOW, LIFE))
    assert visits.find_living(memory, KEYS, cookie, place.kiosk + 1, NOW) is None


def test_without_the_cookie_the_row_is_noise(memory: Session, place: Place) -> None:
    cookie, other = token(), token()
    visits.begin(memory, KEYS, cookie, place.kiosk, Written(CONTENT, NOW, LIFE))
    visits.begin(memory, KEYS, other, place.kiosk, Written({}, NOW, LIFE))
    row = memory.scalars(select(VisitRecord).where(VisitRecord.id == visits.visit_id(cookie))).one()
    assert cookie not in row.id and b"lang" not in row.sealed and "Үлгі".encode() not in row.sealed
    stranger = memory.scalars(select(VisitRecord).where(VisitRecord.id == visits.visit_id(other))).one()
    stranger.sealed = row.sealed  # somebody who can write the table, and holds another cookie
    memory.flush()
    assert visits.find_living(memory, KEYS, other, place.kiosk, NOW) is None


def counts_of(memory: Session) -> tuple[int, ...]:
    names = ("visits", "voice", "large_type", "keys", "gave_up", "left_slot")
    return tuple(memory.scalar(select(func.coalesce(func.sum(COUNTS.c[name]), 0))) or 0 for name in names)


def test_the_sweep_takes_the_dead_and_counts_each_once(memory: Session, place: Place) -> None:
    visits.begin(memory, KEYS, token(), place.kiosk, Written(CONTENT, NOW, LIFE))
    visits.begin(memory, KEYS, token(), place.kiosk, Written(CONTENT, NOW + SECOND, LIFE))
    assert visit_ends.sweep(memory, NOW + LIFE) == 1
    assert visit_ends.sweep(memory, NOW + LIFE) == 0
    assert len(memory.scalars(select(VisitRecord)).all()) == 1
    assert counts_of(memory) == (1, 0, 0, 0, 0, 0)


def test_who_left_without_an_answer_is_journalled_with_step_and_seconds_and_no_name(
    memory: Session, place: Place
) -> None:
    cookie = token()
    visits.begin(
        memory, KEYS, cookie, place.kiosk, Written(CONTENT, NOW, LIFE, Outline("ru", "welcome", None, ("voice",)))
    )
    at = Outline("ru", "attachment", NOW + SECOND, ("large_type",))
    visits.save(memory, KEYS, cookie, Written(CONTENT, NOW + SECOND, LIFE, at))
    visits.mark_alive(memory, cookie, NOW + 2 * SECOND, LIFE, "slot")
    visits.note_keys(memory, cookie, NOW + 2 * SECOND)
    visit_ends.sweep(memory, NOW + 2 * LIFE)
    entry = memory.scalars(select(JournalEntry)).one()
    assert (entry.event, entry.step, entry.language) == ("gave_up", "slot", "ru")
    assert entry.seconds == int((LIFE + SECOND).total_seconds())
    assert entry.patient_ref is None and entry.actor_ref is None
    assert counts_of(memory) == (1, 1, 1, 1, 1, 1)


def test_who_had_an_answer_or_never_identified_is_not_journalled(memory: Session, place: Place) -> None:
    visits.begin(memory, KEYS, token(), place.kiosk, Written(CONTENT, NOW, LIFE, Outline("kk", "ticket")))
    visit_ends.sweep(memory, NOW + LIFE)
    assert memory.scalars(select(JournalEntry)).all() == [] and counts_of(memory)[0] == 1
