"""Bars as SVG by pygal, without scripts and styles of their own: colours and letters are those of the page."""

from functools import lru_cache
from typing import Any

import pygal
from markupsafe import Markup
from pygal.style import Style

WIDTH, BAR, LETTER = 640, 36, 15
_OURS = Style(label_font_size=LETTER, major_label_font_size=LETTER, tooltip_font_size=LETTER)
_SHAPE = {
    "css": (),
    "js": (),
    "disable_xml_declaration": True,
    "show_legend": False,
    "show_x_labels": False,
    "show_x_guides": False,
    "show_y_guides": False,
    "margin": 2,
    "spacing": 6,
    "rounded_bars": 2,
    "truncate_label": -1,
    "style": _OURS,
    "width": WIDTH,
}
# What pygal adds for tooltips of its own: titles and numbers of coordinates, which nobody should be read.
_NEEDLESS = {"script", "style", "title", "desc"}


@lru_cache(maxsize=256)  # pygal takes some milliseconds; rows drawn once need not be drawn again
def bars(name: str, title: str, rows: tuple[tuple[str, int], ...]) -> Markup:
    """One bar a row, its name and number beside it; title and description are what a screen reader says."""
    chart = pygal.HorizontalBar(height=len(rows) * BAR + 12, **_SHAPE)
    told = [f"{what}: {number}" for what, number in rows]
    chart.x_labels = list(reversed(told))  # the first row is to be the uppermost bar
    chart.add("", [number for _what, number in reversed(rows)])
    chart.add_xml_filter(lambda tree: _dressed(tree, name, title, ". ".join(told)))
    return Markup(chart.render(is_unicode=True))  # noqa: S704 - pygal escapes what it is given


def _dressed(tree: Any, name: str, title: str, description: str) -> Any:
    for parent in list(tree.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.rsplit("}")[-1] in _NEEDLESS or child.get("style"):
                parent.remove(child)
    tree.attrib.pop("id", None)
    tree.set("class", "chart")
    tree.set("role", "img")
    tree.set("aria-labelledby", f"chart-{name} about-{name}")
    for tag, ident, text in (("desc", f"about-{name}", description), ("title", f"chart-{name}", title)):
        one = tree.makeelement(tag, {"id": ident})
        one.text = text
        tree.insert(0, one)
    return tree
