"""A visit's life: one clock, sealed under its cookie, bound to its kiosk, never revived."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.clinic import visits
from kiosk.clinic.obstacles import VisitEnded
from kiosk.clinic.visits import VisitRecord
from kiosk.sealing import token
from tests.clinic import KEYS, LIFE, Place
from tests.factories import NOW

CONTENT = {"language": "kk", "surname": "Үлгібаев"}
SECOND = timedelta(seconds=1)


def test_it_lives_through_its_life_and_not_a_moment_more(memory: Session, place: Place) -> None:
    cookie = token()
    visits.begin(memory, KEYS, cookie, place.kiosk, CONTENT, NOW, LIFE)
    living = visits.find_living(memory, KEYS, cookie, place.kiosk, NOW + LIFE - SECOND)
    assert living is not None and living.content == CONTENT and living.alive_until == NOW + LIFE
    assert visits.find_living(memory, KEYS, cookie, place.kiosk, NOW + LIFE) is None


def test_a_mark_prolongs_it_and_a_late_mark_does_not(memory: Session, place: Place) -> None:
    cookie = token()
    visits.begin(memory, KEYS, cookie, place.kiosk, CONTENT, NOW, LIFE)
    assert visits.mark_alive(memory, cookie, NOW + LIFE - SECOND, LIFE)
    assert visits.find_living(memory, KEYS, cookie, place.kiosk, NOW + LIFE + LIFE - 2 * SECOND) is not None
    late = NOW + LIFE + LIFE
    assert not visits.mark_alive(memory, cookie, late, LIFE)
    assert visits.find_living(memory, KEYS, cookie, place.kiosk, late) is None


def test_saving_keeps_and_prolongs_and_never_revives(memory: Session, place: Place) -> None:
    cookie = token()
    visits.begin(memory, KEYS, cookie, place.kiosk, CONTENT, NOW, LIFE)
    visits.save(memory, KEYS, cookie, {"language": "ru"}, NOW + LIFE / 2, LIFE)
    living = visits.find_living(memory, KEYS, cookie, place.kiosk, NOW + LIFE)
    assert living is not None and living.content == {"language": "ru"}
    with pytest.raises(VisitEnded):
        visits.save(memory, KEYS, cookie, CONTENT, NOW + 2 * LIFE, LIFE)
    with pytest.raises(VisitEnded):
        visits.save(memory, KEYS, token(), CONTENT, NOW, LIFE)


def test_two_visits_on_one_kiosk_never_see_each_other(memory: Session, place: Place) -> None:
    mine, yours = token(), token()
    visits.begin(memory, KEYS, mine, place.kiosk, {"whose": "mine"}, NOW, LIFE)
    visits.begin(memory, KEYS, yours, place.kiosk, {"whose": "yours"}, NOW, LIFE)
    for cookie, whose in ((mine, "mine"), (yours, "yours")):
        living = visits.find_living(memory, KEYS, cookie, place.kiosk, NOW)
        assert living is not None and living.content == {"whose": whose}
    visits.end(memory, mine)
    assert visits.find_living(memory, KEYS, mine, place.kiosk, NOW) is None
    assert visits.find_living(memory, KEYS, yours, place.kiosk, NOW) is not None


def test_another_kiosk_does_not_find_it(memory: Session, place: Place) -> None:
    cookie = token()
    visits.begin(memory, KEYS, cookie, place.kiosk, CONTENT, NOW, LIFE)
    assert visits.find_living(memory, KEYS, cookie, place.kiosk + 1, NOW) is None


def test_without_the_cookie_the_row_is_noise(memory: Session, place: Place) -> None:
    cookie, other = token(), token()
    visits.begin(memory, KEYS, cookie, place.kiosk, CONTENT, NOW, LIFE)
    visits.begin(memory, KEYS, other, place.kiosk, {}, NOW, LIFE)
    row = memory.scalars(select(VisitRecord).where(VisitRecord.id == visits.visit_id(cookie))).one()
    assert cookie not in row.id and b"lang" not in row.sealed and "Үлгі".encode() not in row.sealed
    stranger = memory.scalars(select(VisitRecord).where(VisitRecord.id == visits.visit_id(other))).one()
    stranger.sealed = row.sealed  # somebody who can write the table, and holds another cookie
    memory.flush()
    assert visits.find_living(memory, KEYS, other, place.kiosk, NOW) is None


def test_a_new_visit_sweeps_out_the_dead(memory: Session, place: Place) -> None:
    visits.begin(memory, KEYS, token(), place.kiosk, CONTENT, NOW, LIFE)
    visits.begin(memory, KEYS, token(), place.kiosk, CONTENT, NOW + LIFE, LIFE)
    assert len(memory.scalars(select(VisitRecord)).all()) == 1
