"""Rules become stretches, and a change of rules becomes a difference: properties that hold for any schedule."""

import itertools
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.clinic.calendar import STANDARD_HOURS
from kiosk.clinic.schedule import ANY, EXTRA, WINDOW
from kiosk.clinic.schedule_changes import Change, change_from
from kiosk.clinic.timetable import House, Rule, Standing, Stretch, compare, holds_on, plan

ZONE = "Asia/Almaty"
MONDAY = date(2031, 4, 7)
DAYS = [MONDAY + timedelta(days=count) for count in range(28)]
HOUSE = House(STANDARD_HOURS, {}, ZONE)


def rule(**changes: object) -> Rule:
    usual = {
        "weekday": 0,
        "starts": time(8),
        "ends": time(12),
        "slot_minutes": 20,
        "valid_from": MONDAY,
        "valid_until": None,
    }
    return Rule(**{**usual, **changes})  # type: ignore[arg-type]


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    starts = draw(st.integers(7 * 60, 19 * 60))
    ends = draw(st.integers(starts + 5, 20 * 60 + 30))
    pause = draw(st.none() | st.tuples(st.integers(starts, ends), st.integers(starts, ends)))
    has_break = pause is not None and starts < min(pause) < max(pause) < ends
    return rule(
        weekday=draw(st.integers(0, 6)),
        starts=clock(starts),
        ends=clock(ends),
        slot_minutes=draw(st.integers(5, 60)),
        valid_from=MONDAY + timedelta(days=draw(st.integers(-20, 20))),
        valid_until=draw(st.none() | st.integers(20, 40).map(lambda days: MONDAY + timedelta(days=days))),
        every_weeks=draw(st.integers(1, 3)),
        break_starts=clock(min(pause)) if pause and has_break else None,
        break_ends=clock(max(pause)) if pause and has_break else None,
        kept_percent=draw(st.integers(0, 100)),
    )


def clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def on_the_wall(stretch: Stretch) -> tuple[datetime, datetime]:
    return stretch.starts_at.astimezone(ZoneInfo(ZONE)), stretch.ends_at.astimezone(ZoneInfo(ZONE))


@settings(deadline=None)
@given(st.lists(rules(), max_size=5), st.lists(st.tuples(st.integers(0, 27), st.integers(0, 5)), max_size=2))
def test_no_overlap_nothing_outside_hours_breaks_or_presence(shifts: list[Rule], gone: list[tuple[int, int]]) -> None:
    absences = [(DAYS[first], DAYS[first] + timedelta(days=more)) for first, more in gone]
    offered = plan(shifts, DAYS, absences, *HOUSE)
    assert all(one.ends_at <= other.starts_at for one, other in itertools.pairwise(offered))
    for one in offered:
        starts, ends = on_the_wall(one)
        assert not any(first <= starts.date() <= last for first, last in absences)
        hours = STANDARD_HOURS[starts.weekday()]
        assert hours and time.fromisoformat(hours[0]) <= starts.time() and ends.time() <= time.fromisoformat(hours[1])
        assert any(made_by(shift, starts, ends) for shift in shifts)


def made_by(shift: Rule, starts: datetime, ends: datetime) -> bool:
    inside = shift.starts <= starts.time() and ends.time() <= shift.ends
    pause = shift.break_starts and shift.break_ends
    free = not pause or ends.time() <= shift.break_starts or starts.time() >= shift.break_ends  # type: ignore[operator]
    length = ends - starts == timedelta(minutes=shift.slot_minutes)
    return holds_on(shift, starts.date()) and inside and free and length


@settings(deadline=None)
@given(st.lists(rules(), max_size=4), st.lists(rules(), max_size=4), st.sets(st.integers(0, 400)))
def test_the_difference_ends_where_the_rules_want_it_and_touches_nothing_bound(
    before: list[Rule], after: list[Rule], bound: set[int]
) -> None:
    standing = [
        Standing(place, one.starts_at, one.ends_at, one.channel, is_bound=place in bound)
        for place, one in enumerate(plan(before, DAYS, [], *HOUSE))
    ]
    wanted = plan(after, DAYS, [], *HOUSE)
    change = compare(standing, wanted)
    gone = {one.id for one in change.vanish}
    assert not gone & bound and all(one.is_bound for one in change.conflict)
    left = [one for one in standing if one.id not in gone]
    times = sorted([(one.starts_at, one.ends_at) for one in left] + [(one[0], one[1]) for one in change.appear])
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(times))
    altered = {old.id: new.channel for old, new in change.alter}
    settled = [
        Standing(one.id, one.starts_at, one.ends_at, altered.get(one.id, one.channel), is_bound=one.is_bound)
        for one in left
    ] + [Standing(1000 + place, *one[:3]) for place, one in enumerate(change.appear)]
    again = compare(settled, wanted)
    assert not again.appear and not again.vanish and not again.alter and again.conflict == change.conflict


@settings(deadline=None)
@given(st.integers(0, 100), st.integers(5, 30))
def test_the_kept_share_is_the_percent_of_each_shift_and_spread_over_it(percent: int, minutes: int) -> None:
    offered = plan([rule(kept_percent=percent, slot_minutes=minutes)], [MONDAY], [], *HOUSE)
    kept = [place for place, one in enumerate(offered) if one.channel == WINDOW]
    assert len(kept) == len(offered) * percent // 100
    if 0 < percent <= 25 and len(kept) > 1:
        assert max(kept) - min(kept) >= len(offered) // 3


@settings(deadline=None)
@given(rules())
def test_a_change_survives_its_plain_form(shift: Rule) -> None:
    change = Change((1, 2), (shift,), (3,), ())
    assert change_from(change.plain()) == change


def test_every_second_week_counts_from_the_week_of_the_first_day() -> None:
    offered = plan(
        [rule(every_weeks=2, valid_from=MONDAY + timedelta(days=0), starts=time(9), ends=time(9, 20))], DAYS, [], *HOUSE
    )
    assert [on_the_wall(one)[0].date() for one in offered] == [DAYS[0], DAYS[14]]


def test_times_after_a_break_count_from_its_end() -> None:
    offered = plan([rule(ends=time(10), break_starts=time(8, 30), break_ends=time(8, 50))], [MONDAY], [], *HOUSE)
    assert [on_the_wall(one)[0].time() for one in offered] == [time(8), time(8, 50), time(9, 10), time(9, 30)]


def test_an_extra_day_opens_a_sunday_but_not_a_day_the_clinic_closed() -> None:
    sunday = MONDAY + timedelta(days=6)
    extra = rule(weekday=6, valid_from=sunday, valid_until=sunday, is_extra=True)
    assert len(plan([extra], DAYS, [], *HOUSE)) == 12
    assert plan([extra], DAYS, [], STANDARD_HOURS, {sunday: None}, ZONE) == []
    assert plan([extra], DAYS, [(sunday, sunday)], *HOUSE) == []


def test_an_extra_visit_stays_and_its_time_is_not_offered_again() -> None:
    first = plan([rule()], [MONDAY], [], *HOUSE)[0]
    visit = Standing(1, first.starts_at, first.ends_at, EXTRA, is_bound=True)
    change = compare([visit], plan([rule()], [MONDAY], [], *HOUSE))
    assert not change.vanish and not change.conflict and not change.alter
    assert first.starts_at not in {one.starts_at for one in change.appear}
    assert all(one.channel == ANY for one in change.appear)
