"""The demo's files hold what they promise, and nobody of the simulator's population."""

import json
from datetime import time

from kiosk.config import ROOT
from kiosk.demo import fullness, reading


def test_sample_numbers_are_plenty_and_come_round() -> None:
    numbers = fullness.sample_iins()
    assert len(numbers) == len(set(numbers)) > 2900
    assert fullness.sample_person(len(numbers)).iin == numbers[0]


def test_weeks_are_read_as_shifts() -> None:
    assert reading.shifts(["08:00-13:00", "", "15:00-20:00"]) == [
        (0, time(8), time(13)),
        (2, time(15), time(20)),
    ]


def test_times_of_three_districts_include_saturday_mornings() -> None:
    weeks = reading.clinic()["weeks"]
    mine = [row for row in reading.doctors() if row.district in ("03", "07", "12")]
    assert len(mine) == 6
    for row in mine:
        assert {weekday for weekday, _, _ in reading.shifts(weeks[row.week])} == set(range(6))
        assert row.state == ""


def test_nobody_of_the_simulators_population_is_in_the_demo() -> None:
    population = json.loads((ROOT / "kiosk" / "simulator" / "people.json").read_text(encoding="utf-8"))
    surnames = {person["surname"] for person in population}
    assert surnames.isdisjoint(row.names.kk.split()[0] for row in reading.doctors())
    assert {person["iin"] for person in population}.isdisjoint(fullness.sample_iins())
    assert fullness.BORN.isoformat() not in {person["birth_date"] for person in population}
