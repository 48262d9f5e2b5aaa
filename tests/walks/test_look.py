"""Sizes, targets, gaps, contrast, focus and overflow in millimetres and ratios, over one covering array.

Each row is a size, theme, language and panel; every pair of them occurs, and each screen is seen in six rows.
"""

import json
import os
import sqlite3
from base64 import b64encode
from collections.abc import Callable, Collection
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
EVERYTHING = "KIOSK_EVERYTHING" in os.environ


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


def named(choices: Collection[Any], name: Callable[[Any], str] = str) -> list[Any]:
    """Those of `choices` that KIOSK_EVERYTHING names ("kk 15.6 default /confirm"); all where it names none of them."""
    words = os.environ["KIOSK_EVERYTHING"].split()
    return [one for one in choices if name(one) in words] or list(choices)


def parts() -> dict[str, list[tuple[Row, list[str]]]]:
    """What is looked at: the covering array; the whole product, a part for each glass, if `make everything` asks."""
    if not EVERYTHING:
        return {"six_rows": [(row, seen_in(number)) for number, row in enumerate(covering())]}
    screens = named(SCREENS)
    return {
        f"{language}-{glass.name}": [
            ((size, theme, language, GLASSES.index(glass)), screens)
            for size, theme in product(named(SIZES), named(THEMES))
        ]
        for language, glass in product(named(LANGUAGES), named(GLASSES, lambda one: f"{one.inches:g}"))
    }


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
    if (one.scrollHeight > one.clientHeight + 1 && one.clientHeight && !one.matches("input, textarea")) say("text taller than its control", one);
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
# How many pixels of the question or of the screen's one primary button are out of sight before anybody scrolls.
HIDDEN = """() => { const bar = document.querySelector(".bottom"), button = document.querySelector("main .primary");
  const floor = getComputedStyle(bar).position === "sticky" ? bar.getBoundingClientRect().top : innerHeight;
  const under = button ? button.getBoundingClientRect().bottom - floor : 0;
  return Math.round(Math.max(0, under, -document.querySelector("h1").getBoundingClientRect().top)); }"""
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
@pytest.mark.parametrize("views", parts().values(), ids=parts())
def test_every_screen(stroll: Begin, walker: Somebody, views: list[tuple[Row, list[str]]]) -> None:
    walk = stroll(reduced_motion="reduce").open().scan(walker)
    usual = GLASSES[3]
    found: dict[str, list[str]] = {}
    post(walk, "/attachment")
    try:
        for row, screens in views:
            dress(walk, row)
            for screen in screens:
                found[f"{screen} {row}"] = look(walk, screen, row)
    finally:
        hang(walk.product, usual)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def dress(walk: Walk, row: Row) -> None:
    """Hang another glass, and choose size, colours and language."""
    size, theme, language, place = row
    hang(walk.product, GLASSES[place])
    walk.page.set_viewport_size({"width": GLASSES[place].width, "height": GLASSES[place].height})
    post(walk, "/language", language=language)
    post(walk, "/preferences", text_size=str(size), theme=theme, more_time="1")


def with_booking(walk: Walk, walker: Somebody) -> list[str]:
    walk.scan(walker)
    for _press in range(2):
        walk.touch("#next")
    walk.page.goto(walk.product.kiosk + "/appointments")
    sure = walk.page.get_attribute("a[href*='cancel=']", "href") or ""
    return ["/ticket", "/appointments", sure]


def with_message(walk: Walk, _walker: Somebody) -> list[str]:
    post(walk, "/document", iin=PEOPLE["second"].iin)
    return ["/document"]


def standing(name: str) -> Callable[[Walk, Somebody], list[str]]:
    def stand(walk: Walk, _walker: Somebody) -> list[str]:
        walk.scan(PEOPLE[name])
        return ["/attachment"]

    return stand


# What a screen looks like for somebody else, or later: each brings somebody there and names the addresses.
SITUATIONS = {
    "booked": with_booking,
    "refused": standing("elsewhere"),
    "stopped": standing("expired"),
    "for whom": standing("mother"),
    "phone": with_message,
}


@pytest.mark.row("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B9", "C1", "F3")
@pytest.mark.parametrize("views", parts().values(), ids=parts())
def test_every_situation(stroll: Begin, walker: Somebody, views: list[tuple[Row, list[str]]]) -> None:
    """Ticket, bookings, cancelling, refusal, obstacle, children and the wait for a phone: in six rows each, or in all."""
    found: dict[str, list[str]] = {}
    for place, (situation, bring) in enumerate(SITUATIONS.items()):
        walk = stroll(reduced_motion="reduce").open()
        addresses = bring(walk, walker)
        rows = [row for number, (row, _) in enumerate(views) if EVERYTHING or (place + number) % 5 == 0]
        try:
            for row in rows:
                dress(walk, row)
                for address in addresses:
                    found[f"{situation} {address.split('?')[0]} {row}"] = look(walk, address, row)
        finally:
            hang(walk.product, GLASSES[3])
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def look(walk: Walk, screen: str, row: Row) -> list[str]:
    """All that is wrong with one screen: measured, judged by axe, and with its button held down."""
    size, theme, _language, place = row
    page, asked = walk.page, {"mm": GLASSES[place].mm, "cap": SIZES[size], "ratio": THEMES[theme], "primary": 20}
    page.goto(walk.product.kiosk + screen)
    wrong = [f"{hidden} px hidden" for hidden in [page.evaluate(HIDDEN)] if hidden and size < 5]
    wrong += page.evaluate(MEASURE, asked)
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
MAIN = ("/", "/identify?again=NumberWrong_iin", "/attachment", "/confirm")
TALLER = "() => document.documentElement.scrollHeight - innerHeight"


@pytest.mark.row("B2", "B5")
def test_question_and_button_are_in_sight_together_on_every_glass(stroll: Begin, walker: Somebody) -> None:
    """At the sizes 1 to 4, in Kazakh and Russian by turns; on a 21.5 inch glass at its usual size nothing scrolls."""
    walk = stroll().open().scan(walker)
    post(walk, "/attachment")
    hidden, taller = {}, {}
    try:
        for (place, glass), size in product(enumerate(GLASSES), (1, 2, 3, 4)):
            usual = (glass.inches, size) == (21.5, 2)
            hang(walk.product, glass)
            walk.page.set_viewport_size({"width": glass.width, "height": glass.height})
            post(walk, "/preferences", text_size=str(size), more_time="1")
            for language in ("kk", "ru") if usual else (("kk", "ru")[(place + size) % 2],):
                post(walk, "/language", language=language)
                for screen in JOURNEY if usual else MAIN:
                    walk.page.goto(walk.product.kiosk + screen)
                    name = f"{screen} {size} {language} {glass.name}"
                    hidden[name] = walk.page.evaluate(HIDDEN)
                    taller[name] = walk.page.evaluate(TALLER) if usual else 0
    finally:
        hang(walk.product, GLASSES[3])
    assert {name: by for name, by in hidden.items() if by > 0} == {}
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


LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁёЪъЭэЩщ№«»—0123456789ABCZabcz"
ALIKE = ("Іl", "l1", "І1", "О0", "O0")
# A letter that the font lacks would be as wide as that of the font named after it.
WIDTHS = """async ([letters, weights]) => {
  await Promise.all(weights.map((weight) => document.fonts.load(`${weight} 60px Golos`, letters)));
  const pen = document.createElement("canvas").getContext("2d"), missing = [];
  for (const weight of weights) for (const letter of letters) {
    const wide = ["monospace", "serif"].map((other) => { pen.font = `${weight} 60px Golos, ${other}`; return pen.measureText(letter).width; });
    if (wide[0] !== wide[1] || wide[0] === 0) missing.push(letter + weight);
  }
  return missing;
}"""
UNLIKE = """async (pairs) => {
  await document.fonts.load("500 80px Golos", pairs.join(""));
  const draw = (letter) => { const canvas = Object.assign(document.createElement("canvas"), { width: 100, height: 120 }), pen = canvas.getContext("2d");
    pen.font = "500 80px Golos"; pen.fillText(letter, 20, 90); return pen.getImageData(0, 0, 100, 120).data; };
  return pairs.map((pair) => { const [one, two] = [...pair].map(draw); let inked = 0, other = 0;
    for (let at = 3; at < one.length; at += 4) { inked += one[at] > 128 || two[at] > 128; other += (one[at] > 128) !== (two[at] > 128); }
    return [pair, other / inked]; });
}"""
# WCAG 1.4.12, and what a line of a reading block holds: characters by its text and the number of its lines.
SPACED = """() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }");
  document.adoptedStyleSheets = [sheet]; }"""
BLOCKS = """() => [...document.querySelectorAll("main p, main li, main blockquote")].filter((one) => one.checkVisibility() && one.textContent.trim()).map((one) => {
  const style = getComputedStyle(one), range = document.createRange();
  range.selectNodeContents(one);
  const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.bottom / 8))).size, text = one.textContent.replace(/\\s+/g, " ").trim();
  return { text: text.slice(0, 60), long: lines > 1 ? text.length / lines : 0, justified: style.textAlign === "justify",
    apart: parseFloat(style.lineHeight) / parseFloat(style.fontSize), reading: one.matches("li, blockquote") && lines > 1,
    after: one.matches("ul.plain li, .statement p") && one.nextElementSibling
      ? (one.nextElementSibling.getBoundingClientRect().top - one.getBoundingClientRect().bottom) / parseFloat(style.fontSize) : 1 };
})"""
ICON = "() => { const one = document.querySelector('.icon'); return one ? one.clientWidth / parseFloat(getComputedStyle(one).fontSize) : 0; }"
FORCED = """() => [...document.querySelectorAll("a.button, button, input:not([type=hidden])")].filter((one) => one.checkVisibility()).filter((one) => {
  const style = getComputedStyle(one);
  one.focus();
  const ring = getComputedStyle(one);
  return parseFloat(style.borderTopWidth) < 1 || style.borderTopColor === style.backgroundColor || style.color === style.backgroundColor || ring.outlineStyle === "none" || parseFloat(ring.outlineWidth) < 2;
}).map((one) => one.outerHTML.slice(0, 120))"""
# Two pictures of one place: which part of its pixels differs plainly in grey.
DIFFER = """async ([one, two]) => { const grey = async (data) => { const image = new Image(); image.src = "data:image/png;base64," + data; await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height }), pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0); const { data: raw } = pen.getImageData(0, 0, image.width, image.height);
    return Array.from({ length: raw.length / 4 }, (_, at) => 0.299 * raw[4 * at] + 0.587 * raw[4 * at + 1] + 0.114 * raw[4 * at + 2]); };
  const [a, b] = [await grey(one), await grey(two)], all = Math.min(a.length, b.length);
  return a.slice(0, all).filter((value, at) => Math.abs(value - b[at]) > 40).length / all; }"""


@pytest.mark.row("B14")
def test_the_font_has_every_letter_and_tells_alike_ones_apart(stroll: Begin) -> None:
    page = stroll().open().page
    assert page.evaluate(WIDTHS, [list(LETTERS), [400, 600, 700]]) == []
    unlike = dict(page.evaluate(UNLIKE, list(ALIKE)))
    assert {pair: part for pair, part in unlike.items() if part < 0.05} == {}


@pytest.mark.row("B2", "B12")
def test_wider_spacing_loses_nothing_and_lines_are_short(stroll: Begin, walker: Somebody) -> None:
    walk = stroll().open().scan(walker)
    post(walk, "/attachment")
    found: dict[str, Any] = {}
    icons: list[float] = []
    for size, language in ((1, "ru"), (2, "kk"), (4, "ru"), (5, "kk")):
        post(walk, "/language", language=language)
        post(walk, "/preferences", text_size=str(size))
        for screen in ("/identify", "/notice", "/attachment", "/confirm", "/accessibility"):
            walk.page.goto(walk.product.kiosk + screen)
            for block in walk.page.evaluate(BLOCKS):
                wrong = block["long"] > 80 or block["justified"] or (block["reading"] and block["apart"] < 1.49)
                wrong = wrong or block["after"] < 0.74
                if wrong:
                    found[f"{screen} {size} {language} {block['text']}"] = block
            walk.page.evaluate(SPACED)
            asked = {"mm": GLASSES[3].mm, "cap": 0, "ratio": 0, "primary": 0}
            found |= {f"{screen} {size} {language}": wrong for wrong in [walk.page.evaluate(MEASURE, asked)] if wrong}
        walk.page.goto(walk.product.kiosk + "/")
        icons.append(walk.page.evaluate(ICON))
    assert found == {}
    assert max(icons[:3]) <= 1.05 * min(icons[:3]), "pictures grow with the letters"


@pytest.mark.row("B8", "B9")
def test_forced_colours_leave_every_control_its_border_and_its_ring(stroll: Begin, walker: Somebody) -> None:
    walk = stroll(forced_colors="active").open().scan(walker)
    walk.touch("#next")
    for screen in ("/", "/identify?again=NumberWrong_iin", "/attachment", "/slot", "/preferences", "/confirm"):
        walk.page.goto(walk.product.kiosk + screen)
        assert walk.page.evaluate(FORCED) == [], screen
    walk.touch("#next")
    assert walk.page.url.endswith("/ticket")


@pytest.mark.row("B10")
@pytest.mark.parametrize("theme", THEMES)
def test_states_differ_in_grey_in_every_theme(stroll: Begin, context_of: Callable[..., Any], theme: str) -> None:
    """Under emulated achromatopsia: chosen, focused, pressed and mistaken, each in at least 2 % of the pixels."""
    walk, judge = stroll().open("ru"), context_of().new_page()
    page = walk.page
    page.context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
    post(walk, "/preferences", theme=theme)
    kiosk = walk.product.kiosk + "/identify"
    unlike = {}
    for state, selector, before, after in (
        ("chosen", ".kinds .choice:nth-child(2)", "", "?kind=passport"),
        ("mistaken", "#document_number", "", "?again=NumberWrong_document_number"),
    ):
        pictures = [shot(page, kiosk + query, selector) for query in (before, after)]
        unlike[state] = judge.evaluate(DIFFER, pictures)
    for state, control in (("focused", "#back"), ("pressed", "#back"), ("pressed", "#next")):
        rest = shot(page, kiosk, control, room=12)
        page.hover(control)
        page.mouse.down() if state == "pressed" else page.focus(control)
        unlike[f"{state} {control}"] = judge.evaluate(DIFFER, [rest, shot(page, "", control, room=12)])
        page.mouse.move(0, 0)
        page.mouse.up()
    assert {state: part for state, part in unlike.items() if part < 0.02} == {}


def shot(page: Page, address: str, selector: str, room: int = 0) -> str:
    """A picture of one control with some room around it, as base64."""
    if address:
        page.goto(address)
    box = page.locator(selector).bounding_box()
    assert box is not None
    clip = {
        "x": box["x"] - room,
        "y": box["y"] - room,
        "width": box["width"] + 2 * room,
        "height": box["height"] + 2 * room,
    }
    return b64encode(page.screenshot(clip=clip)).decode()
