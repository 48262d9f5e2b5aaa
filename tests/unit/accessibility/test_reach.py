"""Reach in millimetres from the floor, by the height at which a glass hangs: pure arithmetic."""

import pytest

from kiosk.accessibility.panel import HIGHEST, LOW_PART, LOWEST, Panel

TALL = [Panel(inches, 1080, 1920, 600) for inches in (15.6, 21.5, 32)]


def hung(panel: Panel, mounting: int) -> Panel:
    return Panel(panel.inches, panel.width, panel.height, panel.distance, mounting)


@pytest.mark.row("B16")
def test_a_point_of_the_glass_lies_so_far_above_the_floor() -> None:
    glass = hung(TALL[1], 1200)
    assert glass.above_floor(960) == 1200
    assert glass.above_floor(0) == pytest.approx(1200 + 476 / 2, abs=1)
    assert glass.above_floor(1920) == pytest.approx(1200 - 476 / 2, abs=1)


@pytest.mark.row("B16")
@pytest.mark.parametrize("panel", TALL, ids=lambda one: one.name)
@pytest.mark.parametrize("mounting", range(750, 1300, 50))
def test_low_controls_lie_within_the_reach_of_a_seated_person(panel: Panel, mounting: int) -> None:
    glass = hung(panel, mounting)
    upper = glass.above_floor(glass.height * (1 - glass.low_part))
    assert upper <= HIGHEST + 0.5 and glass.above_floor(glass.height) >= LOWEST
    assert glass.is_within_reach and glass.low_part <= LOW_PART


@pytest.mark.row("B16")
def test_a_glass_that_hangs_too_high_or_was_not_measured_says_so() -> None:
    assert not hung(TALL[1], 1600).is_within_reach and not hung(TALL[1], 500).is_within_reach
    assert not TALL[1].is_within_reach and TALL[1].low_part == LOW_PART


@pytest.mark.row("B16")
@pytest.mark.parametrize(
    "panel,mounting,reach",
    [
        (TALL[1], 0, "unmeasured"),
        (TALL[1], 980, "whole"),
        (TALL[1], 1150, "low"),
        (TALL[1], 1700, "none"),
        (TALL[1], 400, "none"),
        (Panel(21.5, 1920, 1080, 600), 1080, "whole"),
        (Panel(21.5, 1920, 1080, 600), 1150, "none"),  # only a tall glass has a low part
    ],
)
def test_what_a_seated_person_reaches(panel: Panel, mounting: int, reach: str) -> None:
    assert hung(panel, mounting).reach == reach


@pytest.mark.row("B5")
def test_a_small_glass_shows_one_way_on_a_screen_and_loses_its_header_at_large_letters() -> None:
    small, usual, large = TALL
    assert not small.shows_two_ways(1) and usual.shows_two_ways(2) and large.shows_two_ways(4)
    assert not usual.shows_two_ways(2, low=True) and not large.shows_two_ways(5)
    assert [small.bears_header(size) for size in range(1, 6)] == [True, True, False, False, False]
    assert [usual.bears_header(size) for size in range(1, 6)] == [True, True, True, True, False]


@pytest.mark.row("B16")
def test_the_page_is_told_where_the_low_part_begins() -> None:
    assert "--low:40.00vh" in TALL[1].stylesheet
    high = hung(TALL[2], 1350)
    assert high.low_part < LOW_PART and f"--low:{high.low_part * 100:.2f}vh" in high.stylesheet
