"""axe (A, AA, AAA contrast, target size, best practice) finds nothing on any screen, and no word there is unheard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from kiosk.config import ROOT
from tests.factories import Somebody
from tests.walks.conftest import PEOPLE, Walk

Begin = Callable[..., Walk]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}

# Visible words that no stop of the keys holds, and stops that would say nothing.
UNHEARD = """() => {
  const stops = kioskKeys.stops(), found = [];
  const labelled = (one) => one.closest("label") && stops.includes(one.closest("label").control);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim(), one = texts.currentNode.parentElement;
    if (!/[\\p{L}\\p{N}]/u.test(text) || !one.checkVisibility({ visibilityProperty: true })) continue;
    if (one.closest("#scan, .unseen, script, noscript") || labelled(one)) continue;
    if (!stops.some((stop) => stop.contains(one))) found.push("unheard: " + text);
  }
  return [...found, ...stops.filter((one) => !kioskScript.element(one, "focus").length).map((one) => "silent: " + one.outerHTML)];
}"""


def violations(page: Page) -> list[str]:
    """What axe has to say: rule and first place of each finding."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("(rules) => axe.run(document, rules)", RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


@pytest.mark.row("A1", "F3")
@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)], ids=["portrait", "landscape"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_screen_of_the_journey(stroll: Begin, walker: Somebody, language: str, size: tuple[int, int]) -> None:
    walk = stroll(viewport={"width": size[0], "height": size[1]}).open(language)
    seen: dict[str, list[str]] = {}

    def look(name: str) -> None:
        seen[name] = violations(walk.page)
        overflow = walk.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        if overflow:
            seen[name].append("scrolls sideways")
        seen[name] += walk.page.evaluate(UNHEARD)

    look("welcome")
    for path in (
        "/identify",
        "/identify?kind=passport",
        "/identify?kind=other",
        "/identify?again=NumberWrong_iin",
        "/notice",
        "/document",
        "/help",
    ):
        walk.page.goto(walk.product.kiosk + path)
        look(path)
    walk.scan(walker)
    look("attachment")
    for path in ("/doctor", "/appointments"):
        walk.page.goto(walk.product.kiosk + path)
        look(path)
    walk.page.goto(walk.product.kiosk + "/attachment")
    walk.touch("#next")
    look("confirm")
    walk.page.goto(walk.product.kiosk + "/slot")
    look("days")
    walk.page.click(".days a")
    walk.page.wait_for_selector(".times")
    look("times")
    walk.page.goto(walk.product.kiosk + "/confirm")
    walk.touch("#next")
    look("ticket")
    walk.touch("a[href='/appointments']")
    look("appointments")
    walk.touch("a[href*='cancel=']")
    look("cancel")
    walk.touch("#next")
    look("cancelled")
    for who in ("elsewhere", "nowhere", "expired", "replaced", "mother"):
        walk.scan(PEOPLE[who])
        look(who)
    walk.page.goto(walk.product.kiosk + "/nowhere")
    look("404")
    walk.complaints[:] = [one for one in walk.complaints if "404" not in one]
    assert {name: found for name, found in seen.items() if found} == {}
