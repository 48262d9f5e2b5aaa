"""A stop of a page that has no written words of its own: the text that stands there, in its language.

The written script says what matters; this makes sure that everything else visible can be heard too, when the
listener stops at it.
"""

from lxml import html

NAMES = ("h1", "h2", "h3", "p", "li", "blockquote", "a", "button", "label", "input", "textarea")


def find_stop(page: str, mark: int) -> tuple[str, str] | None:
    """Text and language of the stop whose text has this `mark`, which the browser makes in the same way."""
    stops = (one for one in html.document_fromstring(page).iter() if _is_stop(one))
    found = next(((one, text) for one in stops if (text := words(one)) and mark_of(text) == mark), None)
    return (found[1], _language(found[0])) if found else None


def words(element: html.HtmlElement) -> str:
    """The text of an element, its parts separated; of a field, its label."""
    if element.tag in ("input", "textarea"):
        return element.get("aria-label") or ""
    return " ".join(" ".join(element.itertext()).split())


def mark_of(text: str) -> int:
    """A number that tells texts apart without giving them away: 31 x + c over UTF-16, spaces left out."""
    mark = 0
    units = "".join(text.split()).encode("utf-16-le")
    for low, high in zip(units[::2], units[1::2], strict=True):
        mark = (mark * 31 + (high << 8) + low) & 0xFFFFFFFF
    return mark


def _is_stop(element: html.HtmlElement) -> bool:
    named = element.tag in NAMES or "fact" in (element.get("class") or "").split()
    return named and next(element.iterancestors("template"), None) is None


def _language(element: html.HtmlElement) -> str:
    return next((one.get("lang") for one in (element, *element.iterancestors()) if one.get("lang")), "kk")
