"""judge(): IIN, number and expiry decide, names and sex never; each situation has its own answer."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.clinic.identity import Reading
from kiosk.clinic.obstacles import (
    DocumentDiffers,
    DocumentDoubted,
    DocumentExpired,
    DocumentNumberNeeded,
    Obstacle,
    PersonDeceased,
    PersonUnknown,
)
from kiosk.clinic.people import age_on, judge
from kiosk.clinic.ports import PersonAnswer
from tests.factories import Somebody

TODAY = date(2031, 3, 12)
ME = Somebody()
CARD = Reading("identity_card", ME.iin, ME.number, ME.expires)
TYPED = replace(CARD, expires=None)


def test_the_person_of_a_valid_document() -> None:
    assert judge(CARD, ME.answer(), TODAY) == ME.answer().person
    assert judge(TYPED, ME.answer(), TODAY).iin == ME.iin


def test_a_document_holds_through_its_last_day() -> None:
    last = replace(ME, expires=TODAY)
    assert judge(replace(CARD, expires=TODAY), last.answer(), TODAY).iin == ME.iin


def test_names_and_sex_are_never_compared() -> None:
    other = replace(ME, name="Басқа", surname="Аты")
    assert judge(CARD, other.answer(), TODAY).surname == "Аты"


def test_a_second_document_in_the_register_is_looked_through() -> None:
    passport = replace(ME, kind="passport", number="N76543210")
    answer = ME.answer()
    both = replace(answer, documents=passport.answer().documents + answer.documents)
    assert judge(CARD, both, TODAY).iin == ME.iin
    assert judge(Reading("passport", ME.iin, "N76543210", ME.expires), both, TODAY).iin == ME.iin


def register(**facts: object) -> PersonAnswer:
    return replace(ME, **facts).answer()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reading", "answer", "obstacle"),
    [
        (Reading("barcode", ME.iin, None, None), ME.answer(), DocumentNumberNeeded),
        (replace(CARD, document_number=None), ME.answer(), DocumentNumberNeeded),
        (replace(CARD, document_number=""), ME.answer(), DocumentNumberNeeded),
        (CARD, None, PersonUnknown),
        (CARD, register(alive=False), PersonDeceased),
        (CARD, register(alive=False, status="replaced"), PersonDeceased),
        (CARD, register(number="999999999"), DocumentDiffers),
        (CARD, replace(ME.answer(), documents=()), DocumentDiffers),
        (replace(CARD, kind="passport"), ME.answer(), DocumentDiffers),
        (CARD, register(expires=date(2036, 6, 1)), DocumentDiffers),
        (CARD, register(status="replaced"), DocumentDoubted),
        (CARD, register(status="invalid"), DocumentDoubted),
        (CARD, register(status="unheard of"), DocumentDoubted),
        (CARD, register(status="expired"), DocumentExpired),
        (replace(CARD, expires=date(2031, 3, 11)), register(expires=date(2031, 3, 11)), DocumentExpired),
        (TYPED, register(expires=date(2031, 3, 11)), DocumentExpired),
    ],
)
def test_what_stands_in_the_way(reading: Reading, answer: PersonAnswer | None, obstacle: type[Obstacle]) -> None:
    with pytest.raises(obstacle) as met:
        judge(reading, answer, TODAY)
    assert type(met.value) is obstacle


def test_nothing_that_judge_raises_carries_personal_data() -> None:
    for answer in (None, register(alive=False), register(number="999999999"), register(status="replaced")):
        with pytest.raises(Obstacle) as met:
            judge(CARD, answer, TODAY)
        assert ME.iin not in str(met.value) and ME.number not in str(met.value)


def test_a_parent_may_act_for_registered_children_under_18_only() -> None:
    children = [Somebody(born=born).iin for born in (date(2024, 5, 6), date(2013, 3, 13), date(2013, 3, 12))]
    foreign = "240506000001"  # names no century, and so no age
    found = judge(CARD, register(children=(*children, foreign)), TODAY)
    assert found.children == (*children[:2], foreign)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2017, 3, 12), date(2031, 3, 11), 13),
        (date(2017, 3, 12), date(2031, 3, 12), 14),
        (date(2016, 2, 29), date(2030, 2, 28), 13),
        (date(2016, 2, 29), date(2030, 3, 1), 14),
        (date(2016, 2, 29), date(2032, 2, 28), 15),
        (date(2016, 2, 29), date(2032, 2, 29), 16),
        (date(2031, 3, 12), date(2031, 3, 12), 0),
    ],
)
def test_age_in_full_years(born: date, day: date, age: int) -> None:
    assert age_on(day, born) == age
