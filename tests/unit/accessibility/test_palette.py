"""Every pair of colours that meet on a screen, in four themes, computed from the stylesheet itself."""

import re

import pytest

from kiosk.accessibility.preferences import THEMES
from kiosk.config import ROOT

TOKENS = (ROOT / "static/css/tokens.css").read_text()
TEXT = {"default": 10.0, "black-on-white": 20.0, "white-on-black": 20.0, "soft": 4.5}
PARTS = {"default": 7.0, "black-on-white": 20.0, "white-on-black": 20.0, "soft": 4.5}
BACKS = ("paper", "surface", "calm-back", "notice-back", "current-back")
TEXT_PAIRS = [
    *((ink, back) for ink in ("ink", "quiet") for back in BACKS),
    ("primary-ink", "primary-back"),
    ("top-ink", "top-back"),
]
PART_PAIRS = [
    *(("rule", back) for back in BACKS),
    ("notice-rule", "notice-back"),
    ("notice-rule", "paper"),
    ("primary-back", "paper"),
]


def roles(theme: str) -> dict[str, str]:
    """Role -> colour of one theme: what :root says, unless the theme says otherwise."""
    blocks = {":root": rule(r":root"), theme: {} if theme == "default" else rule(rf'\[data-theme="{theme}"\]')}
    return blocks[":root"] | blocks[theme]


def rule(selector: str) -> dict[str, str]:
    found = re.search(rf"{selector} \{{(.*?)\}}", TOKENS, re.DOTALL)
    assert found is not None, selector
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", found[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_arithmetic_itself() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_names_every_role(theme: str) -> None:
    assert theme == "default" or rule(rf'\[data-theme="{theme}"\]').keys() == rule(":root").keys()


@pytest.mark.row("B6", "B7")
@pytest.mark.parametrize("theme", THEMES)
def test_text_and_controls(theme: str) -> None:
    colours = roles(theme)
    weak = {pair: ratio(colours[pair[0]], colours[pair[1]]) for pair in TEXT_PAIRS}
    assert {pair: found for pair, found in weak.items() if found < TEXT[theme]} == {}


@pytest.mark.row("B8")
@pytest.mark.parametrize("theme", THEMES)
def test_borders_and_other_parts(theme: str) -> None:
    colours = roles(theme)
    weak = {pair: ratio(colours[pair[0]], colours[pair[1]]) for pair in PART_PAIRS}
    assert {pair: found for pair, found in weak.items() if found < PARTS[theme]} == {}


@pytest.mark.row("B9")
@pytest.mark.parametrize("theme", THEMES)
def test_one_of_the_rings_two_tones_stands_out_everywhere(theme: str) -> None:
    colours = roles(theme)
    tones = (colours["ring-inner"], colours["ring-outer"])
    assert ratio(*tones) >= 7
    for back in (*BACKS, "primary-back", "top-back"):
        assert max(ratio(tone, colours[back]) for tone in tones) >= 7, back


def test_no_other_stylesheet_names_a_colour_but_black_and_white_of_the_code() -> None:
    for sheet in ("base", "components", "preferences"):
        text = (ROOT / f"static/css/{sheet}.css").read_text()
        assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[ ;,)])", text)) <= {"#fff", "#000"}, sheet
