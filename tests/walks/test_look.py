"""Sizes, targets, gaps, contrast, focus and overflow in millimetres and ratios, over one covering array.

Each row is a size, theme, language and panel; every pair of them occurs, and each screen is seen in six rows.
"""

import json
import os
import sqlite3
from collections.abc import Callable
from itertools import combinations, product
from typing import Any

import pytest
from playwright.sync_api import Page

from kiosk.accessibility.panel import Panel
from tests.factories import Somebody
from tests.walks.conftest import PEOPLE, Product, Walk
from tests.walks.test_axe import AXE, RULES

Begin = Callable[..., Walk]
SIZES = {1: 3.5, 2: 4.8, 3: 6.4, 4: 8.5, 5: 14.0}
THEMES = {"default": 10.0, "black-on-white": 20.0, "white-on-black": 20.0, "soft": 4.5}
LANGUAGES = ("kk", "ru", "en")
GLASSES = [
    Panel(inches, width, height, 600) for inches in (15.6, 21.5, 32) for width, height in ((1920, 1080), (1080, 1920))
]
SCREENS = (
    *("/", "/identify", "/identify?kind=passport", "/identify?again=NumberWrong_iin", "/notice", "/document"),
    *("/building", "/consents", "/help", "/preferences", "/switches", "/keys"),
    *("/accessibility", "/accessibility?chapter=B"),
    *("/attachment", "/doctor", "/slot", "/slot?day=2031-03-13", "/confirm", "/slot?again=SlotTaken"),
)
Row = tuple[int, str, str, int]


def covering() -> list[Row]:
    """Thirty rows: every size on every panel; themes and languages dealt so that all other pairs occur too."""
    rows = []
    for size, panel in product(SIZES, range(len(GLASSES))):
        theme = list(THEMES)[(size + panel + panel // 4) % 4]
        rows.append((size, theme, LANGUAGES[(size + 2 * panel + panel // 3) % 3], panel))
    return rows


def test_the_array_covers_every_pair_and_each_screen_is_seen_in_six_rows() -> None:
    values = (tuple(SIZES), tuple(THEMES), LANGUAGES, tuple(range(len(GLASSES))))
    for one, other in combinations(range(4), 2):
        seen = {(row[one], row[other]) for row in covering()}
        assert seen == set(product(values[one], values[other])), (one, other)
    times = [len([row for row in range(30) if screen in seen_in(row)]) for screen in SCREENS]
    assert set(times) == {6}


def seen_in(row: int) -> list[str]:
    return [screen for place, screen in enumerate(SCREENS) if (place + row) % 5 == 0]


def views() -> list[tuple[Row, list[str]]]:
    """What is looked at: the covering array, or the whole product where `make everything` asks for it."""
    if "KIOSK_EVERYTHING" in os.environ:
        return [(row, list(SCREENS)) for row in product(SIZES, THEMES, LANGUAGES, range(len(GLASSES)))]
    return [(row, seen_in(number)) for number, row in enumerate(covering())]


MEASURE = """({ mm, cap, ratio, primary }) => {
  const wrong = [], say = (what, one) => wrong.push(what + ": " + one.outerHTML.replace(/\\s+/g, " ").slice(0, 120));
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("#scan, .unseen");
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => { const [r, g, b] = channels(colour).map((x) => (x /= 255) <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const back = (one) => { for (let at = one; at; at = at.parentElement) { const c = getComputedStyle(at).backgroundColor;
    if (channels(c)[3] !== 0) return c; } return "rgb(255,255,255)"; };
  const pen = document.createElement("canvas").getContext("2d"), known = {};
  const capital = (style) => { const font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    if (!known[font]) { pen.font = font; known[font] = pen.measureText("Н").actualBoundingBoxAscent; } return known[font]; };
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) wrong.push("scrolls sideways");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const one = node.parentElement;
    if (!node.data.trim() || one.closest("script, template, dialog:not([open])") || !seen(one)) continue;
    const style = getComputedStyle(one), range = document.createRange();
    if (capital(style) / mm < cap - 0.06) say(`capital ${(capital(style) / mm).toFixed(2)} mm`, one);
    const found = contrast(style.color, back(one));
    if (found < ratio) say(`contrast ${found.toFixed(2)}`, one);
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.left < -0.5 || box.right > innerWidth + 0.5) { say("cut off", one); break; }
  }
  const controls = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea")].filter(seen);
  const boxes = controls.map((one) => one.getBoundingClientRect());
  controls.forEach((one, place) => {
    const box = boxes[place];
    if (Math.min(box.width, box.height) < 12.7 * mm - 0.5) say(`target ${(box.width / mm).toFixed(1)} x ${(box.height / mm).toFixed(1)} mm`, one);
    if (one.matches(".primary") && box.height < primary * mm - 0.5) say("primary", one);
    if (one.scrollWidth > one.clientWidth + 1 && !one.matches("input, textarea")) say("text wider than its control", one);
    for (let next = place + 1; next < controls.length; next += 1) {
      const two = boxes[next], fixed = one.closest(".bottom") !== controls[next].closest(".bottom");
      const across = Math.max(two.left - box.right, box.left - two.right), down = Math.max(two.top - box.bottom, box.top - two.bottom);
      if (!fixed && Math.max(across, down) < 2.54 * mm - 0.5) say(`gap ${(Math.max(across, down) / mm).toFixed(1)} mm to ${controls[next].textContent.trim()}`, one);
    }
  });
  for (const one of controls.slice(0, 40)) {
    one.focus({ preventScroll: true });
    one.setAttribute("data-here", "");
    const style = getComputedStyle(one), inner = style.boxShadow;
    if (parseFloat(style.outlineWidth) < 1.5 * mm - 0.5 || style.outlineStyle !== "solid") say("thin ring", one);
    if (contrast(style.outlineColor, inner) < 7) say("ring of one tone", one);
    one.removeAttribute("data-here");
  }
  return [...new Set(wrong)];
}"""
PRESSED = """(ratio) => {
  const one = document.querySelector(".button:active");
  if (!one) return "nothing is pressed";
  const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((x) => (x /= 255) <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
  const light = (colour) => { const [r, g, b] = channels(colour); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const style = getComputedStyle(one), [x, y] = [light(style.color), light(style.backgroundColor)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05) < ratio ? one.outerHTML : "";
}"""


def hang(product: Product, panel: Panel) -> None:
    """Give the kiosk another glass, as staff would."""
    with sqlite3.connect(product.database, timeout=20) as database:
        settings = json.loads(database.execute("SELECT settings FROM kiosk").fetchone()[0])
        settings |= {"panel_inches": panel.inches, "panel_width": panel.width, "panel_height": panel.height}
        database.execute("UPDATE kiosk SET settings = ?", (json.dumps(settings),))


def post(walk: Walk, path: str, **form: str) -> None:
    token = walk.page.get_attribute("meta[name=csrf-token]", "content") or ""
    assert walk.page.request.post(walk.product.kiosk + path, form={"csrf_token": token, **form}).ok


def pressed(page: Page, ratio: float) -> str:
    """Hold the screen's own button down and look at its colours."""
    button = page.locator("#next, .more").first
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(100)
    found: str = page.evaluate(PRESSED, ratio)
    page.mouse.move(0, 0)
    page.mouse.up()
    return found


@pytest.mark.row("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B9", "C1", "F3")
def test_every_screen_in_six_rows(stroll: Begin, walker: Somebody) -> None:
    walk = stroll(reduced_motion="reduce").open().scan(walker)
    usual = GLASSES[3]
    found: dict[str, list[str]] = {}
    post(walk, "/attachment")
    try:
        for (size, theme, language, place), screens in views():
            glass = GLASSES[place]
            hang(walk.product, glass)
            walk.page.set_viewport_size({"width": glass.width, "height": glass.height})
            post(walk, "/language", language=language)
            post(walk, "/preferences", text_size=str(size), theme=theme, more_time="1")
            for screen in screens:
                walk.page.goto(walk.product.kiosk + screen)
                name = f"{screen} {size} {theme} {language} {glass.name}"
                found[name] = look(walk.page, glass.mm, size, theme)
    finally:
        hang(walk.product, usual)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def look(page: Page, mm: float, size: int, theme: str) -> list[str]:
    """All that is wrong with one screen: measured, judged by axe, and with its button held down."""
    asked = {"mm": mm, "cap": SIZES[size], "ratio": THEMES[theme], "primary": 20}
    wrong: list[str] = page.evaluate(MEASURE, asked)
    page.evaluate(AXE)
    rules = {**RULES, "rules": {**RULES["rules"], "color-contrast-enhanced": {"enabled": theme != "soft"}}}
    judged: dict[str, Any] = page.evaluate("(rules) => axe.run(document, rules)", rules)
    wrong += [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in judged["violations"]]
    if page.locator("#next, .more").count():
        wrong += [one for one in [pressed(page, THEMES[theme])] if one]
    return wrong


JOURNEY = (
    *("/", "/identify", "/identify?kind=passport", "/identify?again=NumberWrong_iin", "/identify?again=CardUnreadable"),
    *("/document", "/attachment", "/slot", "/slot?day=2031-03-13", "/confirm"),
)
TALLER = "() => document.documentElement.scrollHeight - innerHeight"


@pytest.mark.parametrize("place", [2, 3], ids=["landscape", "portrait"])
def test_the_journey_needs_no_scrolling_on_the_usual_glass(stroll: Begin, walker: Somebody, place: int) -> None:
    glass = GLASSES[place]
    walk = stroll(viewport={"width": glass.width, "height": glass.height}).open().scan(walker)
    post(walk, "/attachment")
    taller = {}
    for language in ("kk", "ru"):
        post(walk, "/language", language=language)
        for screen in JOURNEY:
            walk.page.goto(walk.product.kiosk + screen)
            taller[screen, language] = walk.page.evaluate(TALLER)
    assert {name: by for name, by in taller.items() if by > 0} == {}


@pytest.mark.row("B4", "B5")
def test_at_the_very_large_size_more_leads_through_every_screen_without_scrolling(
    stroll: Begin, walker: Somebody
) -> None:
    """Portrait in Russian, landscape in Kazakh; each part of each screen fits, and "More" ends at the last one."""
    walk = stroll().open().scan(walker)
    post(walk, "/attachment")
    taller = {}
    try:
        for place, language, screens in (
            (3, "ru", LONG),
            (2, "kk", ("/identify?again=NumberWrong_iin", "/preferences")),
        ):
            hang(walk.product, GLASSES[place])
            walk.page.set_viewport_size({"width": GLASSES[place].width, "height": GLASSES[place].height})
            post(walk, "/language", language=language)
            post(walk, "/preferences", text_size="5", more_time="1")
            for screen in screens:
                walk.page.goto(walk.product.kiosk + screen)
                taller[screen, language] = most_below(walk.page)
    finally:
        hang(walk.product, GLASSES[3])
    assert {name: by for name, by in taller.items() if by > 0} == {}


LONG = ("/identify", "/identify?again=NumberWrong_iin", "/document", "/notice", "/accessibility", "/switches")


def most_below(page: Page) -> int:
    """How far the longest part of a screen reaches below the glass, "More" pressed to the end."""
    found = [page.evaluate(TALLER)]
    while page.locator(".more").count():
        assert len(found) < 60, page.url
        page.goto(page.evaluate("document.querySelector('.more').href"))
        found.append(page.evaluate(TALLER))
    return max(found)


@pytest.mark.row("B16")
@pytest.mark.parametrize("glass", [one for one in GLASSES if one.height > one.width], ids=lambda one: one.name)
@pytest.mark.parametrize("size", SIZES)
def test_within_low_reach_every_control_lies_in_the_lowest_two_fifths(stroll: Begin, size: int, glass: Panel) -> None:
    walk = stroll(viewport={"width": glass.width, "height": glass.height}).open().scan(PEOPLE["second"])
    try:
        hang(walk.product, glass)
        post(walk, "/preferences", text_size=str(size), reach="1")
        for screen in ("/", "/identify", "/attachment", "/doctor"):
            walk.page.goto(walk.product.kiosk + screen)
            high = walk.page.evaluate("""() => [...document.querySelectorAll("a[href], button, input:not([type=hidden])")]
              .filter((one) => one.checkVisibility()).filter((one) => { const box = one.getBoundingClientRect();
                const hit = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 4));
                return box.top < innerHeight * 0.6 - 1 && hit && (one.contains(hit) || hit.contains(one)) && hit.closest("a, button, input"); })
              .map((one) => one.textContent.trim())""")
            assert high == [], screen
            assert walk.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    finally:
        hang(walk.product, GLASSES[3])
