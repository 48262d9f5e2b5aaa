"""plan(): whatever the rules, what is offered never overlaps and keeps to hours, rules, holidays and absences."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kiosk.clinic.calendar import STANDARD_HOURS, Opening, opening_on
from kiosk.clinic.publishing import Rule, Stretch, plan

ZONE = "Asia/Almaty"
HERE = ZoneInfo(ZONE)
FIRST = date(2027, 3, 8)  # four weeks with five holidays in them
DAYS = [FIRST + timedelta(days=count) for count in range(28)]

clocks = st.builds(time, st.integers(6, 22), st.sampled_from([0, 10, 15, 30, 45]))
near = st.sampled_from(DAYS)
openings = st.tuples(clocks, clocks).map(sorted).map(tuple).filter(lambda pair: pair[0] < pair[1])
absences = st.lists(st.tuples(near, near).map(sorted).map(tuple), max_size=3)
words = st.dictionaries(near, st.none() | openings, max_size=6)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    starts, ends = draw(openings)
    valid_from = draw(st.sampled_from([date(2020, 1, 6), *DAYS]))
    return Rule(
        draw(st.integers(0, 6)),
        starts,
        ends,
        draw(st.sampled_from([5, 10, 15, 20, 25, 30, 45, 60, 120])),
        valid_from,
        draw(st.none() | near.filter(lambda day: day >= valid_from)),
    )


many = st.lists(rules(), max_size=8)


def planned(
    chosen: list[Rule], away: list[tuple[date, date]], own_word: Mapping[date, Opening | None]
) -> list[Stretch]:
    return plan(chosen, DAYS, away, STANDARD_HOURS, own_word, ZONE)


@given(many, absences, words)
def test_nothing_overlaps(chosen: list[Rule], away: list[tuple[date, date]], own_word: dict[date, Opening]) -> None:
    found = planned(chosen, away, own_word)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert all(one[0].tzinfo is UTC and one[0] < one[1] for one in found)


@given(many, absences, words)
def test_all_lies_in_opening_hours_in_a_rule_and_on_no_free_day(
    chosen: list[Rule], away: list[tuple[date, date]], own_word: dict[date, Opening]
) -> None:
    for starts, ends, *_ in planned(chosen, away, own_word):
        begin, end = starts.astimezone(HERE), ends.astimezone(HERE)
        day = begin.date()
        opening = opening_on(day, STANDARD_HOURS, own_word)
        assert opening is not None and day == end.date()
        assert opening[0] <= begin.time() and end.time() <= opening[1]
        assert not any(first <= day <= last for first, last in away)
        assert any(_offers(rule, begin, end) for rule in chosen)


def _offers(rule: Rule, begin: datetime, end: datetime) -> bool:
    day = begin.date()
    since = (datetime.combine(day, begin.time()) - datetime.combine(day, rule.starts)).total_seconds() / 60
    return (
        rule.weekday == day.weekday()
        and rule.valid_from <= day
        and (rule.valid_until is None or day <= rule.valid_until)
        and rule.starts <= begin.time()
        and end.time() <= rule.ends
        and end - begin == timedelta(minutes=rule.slot_minutes)
        and since % rule.slot_minutes == 0
    )


@given(rules())
def test_one_rule_alone_gives_every_time_it_can(rule: Rule) -> None:
    expected = set()
    for day in DAYS:
        opening = opening_on(day, STANDARD_HOURS, {})
        moment = datetime.combine(day, rule.starts, HERE)
        while opening and moment.date() == day:
            end = moment + timedelta(minutes=rule.slot_minutes)
            inside = end.date() == day and opening[0] <= moment.time() and end.time() <= opening[1]
            if inside and _offers(rule, moment, end):
                expected.add((moment.astimezone(UTC), end.astimezone(UTC)))
            moment = end
    assert {(one[0], one[1]) for one in planned([rule], [], {})} == expected


@given(many, absences, words)
def test_the_same_rules_in_any_order_and_twice_plan_the_same(
    chosen: list[Rule], away: list[tuple[date, date]], own_word: dict[date, Opening]
) -> None:
    found = planned(chosen, away, own_word)
    assert planned(chosen[::-1], away[::-1], own_word) == found
    assert planned(chosen + chosen, away + away, own_word) == found


@given(many, words)
def test_an_absence_of_all_days_leaves_nothing(chosen: list[Rule], own_word: dict[date, Opening]) -> None:
    assert planned(chosen, [(DAYS[0], DAYS[-1])], own_word) == []


def test_two_shifts_of_a_day_and_a_last_time_that_ends_with_the_shift() -> None:
    shifts = [
        Rule(2, time(8), time(9), 20, date(2020, 1, 6), None),
        Rule(2, time(15), time(15, 50), 20, date(2020, 1, 6), None),
    ]
    wednesday = date(2031, 3, 12)
    found = plan(shifts, [wednesday], [], STANDARD_HOURS, {}, ZONE)
    assert [f"{one.astimezone(HERE):%H:%M}" for one, *_ in found] == ["08:00", "08:20", "08:40", "15:00", "15:20"]


def test_a_holiday_and_a_holiday_that_the_clinic_works_on() -> None:
    rule = Rule(0, time(8), time(9), 30, date(2020, 1, 6), None)
    monday = date(2027, 3, 15)
    assert plan([rule], [monday], [], STANDARD_HOURS, {}, ZONE) == []
    assert len(plan([rule], [monday], [], STANDARD_HOURS, {monday: (time(8), time(9))}, ZONE)) == 2
