"""Working days of 2026 and 2027 as published, and the clinic's own word above them."""

from datetime import date, time, timedelta

import pytest

from kiosk.clinic.calendar import STANDARD_HOURS, holidays_of, opening_on

OFF_2026 = ["07-06", "10-25", "10-26", "12-16"]  # the second half of the year
OFF_2027 = [
    *("01-01", "01-02", "01-04", "01-07", "03-08", "03-15", "03-21", "03-22", "03-23", "03-24"),
    *("05-01", "05-03", "05-07", "05-09", "05-10", "05-16", "07-06", "10-25", "12-16"),
]


def test_second_half_of_2026_is_the_published_one() -> None:
    found = {day for day in holidays_of(2026) if day >= date(2026, 7, 1)}
    assert found == {date.fromisoformat(f"2026-{day}") for day in OFF_2026}


def test_2027_is_the_published_one() -> None:
    assert holidays_of(2027) == {date.fromisoformat(f"2027-{day}") for day in OFF_2027}


def test_constitution_day_has_moved_from_august_to_march() -> None:
    assert date(2026, 8, 30) not in holidays_of(2026)
    assert date(2027, 8, 30) not in holidays_of(2027)
    assert opening_on(date(2027, 8, 30), STANDARD_HOURS, {}) == (time(8), time(20))  # a Monday
    assert opening_on(date(2027, 3, 15), STANDARD_HOURS, {}) is None


@pytest.mark.parametrize(
    ("day", "opening"),
    [
        (date(2026, 11, 20), (time(8), time(20))),
        (date(2026, 11, 21), (time(9), time(14))),
        (date(2026, 11, 22), None),
        (date(2026, 10, 26), None),
        (date(2026, 12, 16), None),
    ],
    ids=["Friday", "Saturday", "Sunday", "a moved holiday", "Independence Day"],
)
def test_standard_hours(day: date, opening: tuple[time, time] | None) -> None:
    assert opening_on(day, STANDARD_HOURS, {}) == opening


def test_the_clinics_own_word_stands_above_holidays_and_hours() -> None:
    short = (time(10), time(12))
    word = {date(2026, 12, 16): short, date(2026, 11, 20): None, date(2026, 11, 22): short}
    assert opening_on(date(2026, 12, 16), STANDARD_HOURS, word) == short
    assert opening_on(date(2026, 11, 20), STANDARD_HOURS, word) is None
    assert opening_on(date(2026, 11, 22), STANDARD_HOURS, word) == short


def test_a_week_of_other_hours_is_read_from_monday() -> None:
    hours = [[f"{8 + weekday:02}:00", "20:00"] for weekday in range(7)]
    monday = date(2031, 6, 2)
    for weekday in range(5):
        assert opening_on(monday + timedelta(days=weekday), hours, {}) == (time(8 + weekday), time(20))
