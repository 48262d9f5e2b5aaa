"""Who may see whom around a birthday, parts of the day, the Kazakh alphabet, and the window of offered times."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clinic.schedule import DoctorKind
from kiosk.clinic.slots import PARTS_OF_DAY, in_alphabet, kinds_for, part_of_day, window

CHILD, ADULT = DoctorKind.PAEDIATRICIAN, DoctorKind.THERAPIST
ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"


@pytest.mark.parametrize(
    ("born", "today", "first"),
    [
        (date(2017, 3, 12), date(2031, 3, 11), CHILD),
        (date(2017, 3, 12), date(2031, 3, 12), ADULT),
        (date(2017, 3, 12), date(2031, 3, 13), ADULT),
        (date(2016, 2, 29), date(2030, 2, 28), CHILD),
        (date(2016, 2, 29), date(2030, 3, 1), ADULT),
        (date(2031, 3, 12), date(2031, 3, 12), CHILD),
        (date(1931, 3, 12), date(2031, 3, 12), ADULT),
    ],
)
def test_the_kind_of_doctor_changes_on_the_birthday(born: date, today: date, first: DoctorKind) -> None:
    assert kinds_for(born, today, 14) == (first, DoctorKind.GENERAL_PRACTITIONER)


def test_the_border_is_the_clinics_setting() -> None:
    born, today = date(2014, 3, 12), date(2031, 3, 12)
    assert kinds_for(born, today, 14)[0] is ADULT
    assert kinds_for(born, today, 18)[0] is CHILD


@given(st.times())
def test_every_time_has_its_part_of_the_day(moment: time) -> None:
    assert part_of_day(moment) in PARTS_OF_DAY


@pytest.mark.parametrize(
    ("moment", "part"),
    [
        (time(8), "morning"),
        (time(11, 59), "morning"),
        (time(12), "day"),
        (time(16, 59), "day"),
        (time(17), "evening"),
        (time(19, 45), "evening"),
    ],
)
def test_borders_of_the_parts(moment: time, part: str) -> None:
    assert part_of_day(moment) == part


def test_letters_stand_in_the_order_of_the_kazakh_alphabet() -> None:
    assert sorted(ALPHABET, key=in_alphabet) == list(ALPHABET)
    assert sorted(ALPHABET.upper(), key=in_alphabet) == list(ALPHABET.upper())


def test_names_stand_as_in_a_kazakh_list() -> None:
    names = ["Ибраева", "Ізбасарова", "Қасымов", "Кенжебаев", "Әбдіров", "Абаев", "Өмірова", "Осипов", "Ғабитов"]
    ordered = ["Абаев", "Әбдіров", "Ғабитов", "Ибраева", "Кенжебаев", "Қасымов", "Осипов", "Өмірова", "Ізбасарова"]
    assert sorted(names, key=in_alphabet) == ordered


def test_a_shorter_name_and_a_space_come_first() -> None:
    assert sorted(["Аман Болат", "Аманов", "Аман"], key=in_alphabet) == ["Аман", "Аман Болат", "Аманов"]


def test_the_window_opens_after_the_notice_and_ends_with_the_last_day() -> None:
    now = datetime(2031, 3, 12, 4, 0, tzinfo=UTC)
    period = window("me", now, notice_minutes=15, horizon_days=14, zone="Asia/Almaty")
    assert (period.visit_id, period.now) == ("me", now)
    assert period.begins == now + timedelta(minutes=15)
    assert period.ends.astimezone(UTC) == datetime(2031, 3, 26, 19, 0, tzinfo=UTC)


def test_the_day_is_the_buildings_and_not_utcs() -> None:
    late = datetime(2031, 3, 12, 20, 0, tzinfo=UTC)  # one in the morning of the 13th in Almaty
    ends = window("me", late, 15, 14, "Asia/Almaty").ends.astimezone(UTC)
    assert ends == datetime(2031, 3, 27, 19, 0, tzinfo=UTC)
