"""A stop of a page that has no written words of its own: the text that stands there, in its language.

The written script says what matters; this makes sure that everything else visible can be heard too, when the
listener stops at it.
"""

import re

from lxml import html

NAMES = ("h1", "h2", "h3", "p", "li", "blockquote", "a", "button", "label", "input", "textarea")


def find_stop(page: str, number: int, size: int) -> tuple[str, str] | None:
    """Text and language of the stop of this number, if its text has this many characters; page and server count alike.

    The browser counts `document.querySelectorAll` of the same names; what a template holds is in neither count.
    """
    stops = [one for one in html.document_fromstring(page).iter() if _is_stop(one)]
    if not 0 <= number < len(stops):
        return None
    text = words(stops[number])
    return (text, _language(stops[number])) if len(re.sub(r"\s", "", text)) == size else None


def words(element: html.HtmlElement) -> str:
    """The text of an element, its parts separated; of a field, its label."""
    if element.tag in ("input", "textarea"):
        return element.get("aria-label") or ""
    return " ".join(" ".join(element.itertext()).split())


def _is_stop(element: html.HtmlElement) -> bool:
    named = element.tag in NAMES or "fact" in (element.get("class") or "").split()
    return named and next(element.iterancestors("template"), None) is None


def _language(element: html.HtmlElement) -> str:
    return next((one.get("lang") for one in (element, *element.iterancestors()) if one.get("lang")), "kk")
