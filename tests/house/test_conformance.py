"""The conformance report: its rows are the table's, and a row is met only by tests that passed."""

from datetime import date

import pytest

from kiosk.accessibility.conformance import judge, latest, rows
from tests import conformance

# Section 4 of the accessibility requirements: "87 rows: A 24, B 16, C 13, D 11, E 11, F 12", and its second wave.
COUNTS = {"A": 24, "B": 16, "C": 13, "D": 11, "E": 11, "F": 12}
SECOND = "A8 A13 A17 A20 B8 B12 B13 B15 B16 C9 C11 C12 D5 D10 E2 E9 E10 E11 F2 F6 F10 F11 F12"
DAY = date(2031, 3, 12)


def test_the_rows_are_those_of_the_table() -> None:
    assert list(rows()) == [f"{letter}{number}" for letter, many in COUNTS.items() for number in range(1, many + 1)]
    assert [one.id for one in rows().values() if one.wave == 2] == SECOND.split(" ")
    assert {one.needs for one in rows().values()} <= {"", "hardware", "people", "later"}
    for language in ("kk", "ru", "en"):
        titles = [one.titles[language] for one in rows().values()]
        assert len(set(titles)) == len(titles) and max(map(len, titles)) <= 70


@pytest.mark.row("F12")
def test_a_row_is_met_only_when_every_test_that_names_it_passed() -> None:
    outcomes = {"A1": {"one": "passed"}, "A2": {"one": "passed", "two": "failed"}, "A3": {"one": "skipped"}}
    states = {one.row: one.state for one in judge(DAY, "1", outcomes).findings}
    assert (states["A1"], states["A2"], states["A3"], states["A4"]) == ("met", "not_met", "not_met", "not_met")
    assert states["E11"] == "later"
    assert {one.row: one.state for one in judge(DAY, "1", {"E11": {"one": "passed"}}).findings}["E11"] == "partly"


@pytest.mark.row("F12")
def test_the_report_of_the_repository_is_the_page_that_is_served() -> None:
    report = latest()
    assert [one.row for one in report.findings] == list(rows())
    assert conformance.write(report) == conformance.PAGE.read_text(encoding="utf-8")
