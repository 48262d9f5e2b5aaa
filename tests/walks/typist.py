"""Somebody at a desk who has a keyboard and no mouse: Tab, Enter, arrows; and who looks at each stop on the way."""

from typing import Any

from playwright.sync_api import Page

from tests.walks.conftest import Walk

MOST_STOPS = 90
# Where the focus is: whether it is what was looked for, seen by a ring, in sight, with a name for a screen reader.
STOP = """(wanted) => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const [x, y] = [Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1), box.y + Math.min(box.height / 2, 20)];
  const top = document.elementFromPoint(x, y);
  const named = one.ariaLabel || [...(one.labels || [])].map((each) => each.innerText).join(" ") || one.innerText;
  return {
    found: one.matches(wanted),
    said: one.tagName + " " + (one.id || one.name || one.className) + " " + (named || "").trim().slice(0, 40),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    seen: box.width > 0 && (top === one || one.contains(top) || (top && top.contains(one))),
    named: Boolean((named || "").trim()),
  };
}"""
LANDED = "() => ['H1', 'DIV', 'P'].includes(document.activeElement.tagName)"


class Typist:
    """One walk by keys alone; `wrong` gathers every stop that was not seen, not ringed, or has no name."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.page, self.wrong = walk, walk.page, list[str]()
        self.pace = 0  # ms between keys; where a scanner is listened for, faster keys would be its own

    def reach(self, selector: str) -> None:
        """Go on with Tab until the focus is on what is looked for."""
        for _stop in range(MOST_STOPS):
            self.page.wait_for_timeout(self.pace)
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(STOP, selector)
            self._judge(stop)
            if stop["found"]:
                return
        raise AssertionError(f"Tab never came to {selector} on {self.page.url}")

    def _judge(self, stop: dict[str, Any]) -> None:
        lost = [what for what in ("ring", "seen", "named") if not stop[what]]
        if lost:
            self.wrong.append(f"{self.page.url}: {stop['said']}: no {lost}")

    def follow(self, selector: str) -> Page:
        """Reach a link or button and press Enter: the next page begins at its heading, or at what is to be told."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("load")
        if not self.page.evaluate(LANDED):
            self.wrong.append(f"{self.page.url}: begins at {self.page.evaluate(STOP, '*')['said']}")
        return self.page

    def write(self, selector: str, text: str) -> None:
        """Reach a field and type over what stands in it."""
        self.reach(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text, delay=self.pace)

    def desk(self, path: str) -> Page:
        """From the first page to a desk, by its tile."""
        self.page.goto(self.walk.product.kiosk + "/staff")
        return self.follow(f"main a[href='{path}']")
