"""Foreign XML, made harmless: no entities, no document types, no network, bounded size, checked by schema."""

from functools import cache
from pathlib import Path
from threading import Lock

from lxml import etree

LARGEST = 2 * 1024 * 1024
_SCHEMAS = Path(__file__).parent / "schemas"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_checking = Lock()  # a schema keeps its last errors in itself


class MarkupWrong(Exception):
    """Not the XML that was agreed."""


def hardened() -> etree.XMLParser:
    """A parser that opens nothing, expands nothing and gives up on huge trees."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )


def parse(content: bytes) -> etree._Element:
    """The root element of UTF-8 `content`; raises MarkupWrong."""
    if len(content) > LARGEST or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise MarkupWrong
    try:
        content.decode("utf-8")
        root = etree.fromstring(content, parser=hardened())
    except (UnicodeDecodeError, etree.XMLSyntaxError, ValueError):
        raise MarkupWrong from None
    if root is None or root.getroottree().docinfo.doctype:
        raise MarkupWrong
    return root


def check(element: etree._Element, schema: str) -> None:
    """Hold `element` against our schema of that name; raises MarkupWrong."""
    with _checking:
        if not _schema(schema).validate(element):
            raise MarkupWrong


def type_name(element: etree._Element) -> str:
    """The element's xsi:type as {namespace}name; raises MarkupWrong where it has none."""
    prefix, _, name = (element.get(_XSI_TYPE) or "").strip().rpartition(":")
    namespace = element.nsmap.get(prefix or None)
    if not namespace or not name:
        raise MarkupWrong
    return f"{{{namespace}}}{name}"


def text(element: etree._Element, path: str) -> str:
    """The text at `path`; raises MarkupWrong where there is none."""
    found = find_text(element, path)
    if found is None:
        raise MarkupWrong
    return found


def find_text(element: etree._Element, path: str) -> str | None:
    """The stripped text at `path`, or None."""
    found = (element.findtext(path) or "").strip()
    return found or None


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_SCHEMAS / f"{name}.xsd"))
