"""One item per screen: at the very large size a screen is shown part by part, with plain links and no script."""

import re
from collections.abc import Iterator
from textwrap import wrap

from flask import request
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from kiosk.patient.blueprint import door

BORDER = "\x1e"  # the control character "record separator": in no text
EVERYTHING = 1000
LONGEST_PIECE = 90  # characters of 14 mm that a 21.5 inch glass holds beside heading and buttons
EMPTY = re.compile(r"<(dl|ul|div)[^>]*>\s*</\1>")
TAG = re.compile(r"<[^>]*>")
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@door.app_template_global()
@pass_context
def cut(context: Context) -> str:
    """Where a screen may be cut; nothing at the sizes that show it whole."""
    return BORDER if _very_large(context) else ""


@door.app_template_global()
@pass_context
def at_once(context: Context) -> int:
    """How many items of a list stand on one screen."""
    return 1 if _very_large(context) else EVERYTHING


@door.app_template_global()
@pass_context
def pieces(context: Context, text: str) -> list[str]:
    """A long text in pieces that stand on one screen each, broken between words; whole at the other sizes."""
    return wrap(text, LONGEST_PIECE, break_long_words=False) if _very_large(context) else [text]


@door.app_template_global()
@pass_context
def part_number(context: Context) -> int:
    """The part that the person has come to, from 0."""
    wanted = request.args.get("more", "")
    counts = _very_large(context) and wanted.isascii() and wanted.isdigit() and len(wanted) < 4
    return int(wanted) if counts else 0


@door.app_template_global()
@pass_context
def folded(context: Context) -> bool:
    """Whether this glass is too small, for letters of this size, to show two ways on one screen."""
    if "preferences" not in context or _very_large(context):
        return False
    wanted = context["preferences"]
    return not context["panel"].shows_two_ways(wanted.text_size, wanted.reach)


@door.app_template_global()
@pass_context
def bare(context: Context) -> bool:
    """Whether a header would leave too little of this glass: then languages and wishes stand in the settings."""
    return not context["panel"].bears_header(context["preferences"].text_size)


@door.app_template_filter()
def parts(screen: str) -> list[Markup]:
    """The parts of a rendered screen, each under its heading; a heading never stands alone where more follows."""
    pieces = [one for one in EMPTY.sub("", str(screen)).split(BORDER) if one.strip()]
    found = HEADING.search(pieces[0])
    if found and len(pieces) > 1 and _words(pieces[0]) == _words(found[0]):
        pieces[:2] = [pieces[0] + pieces[1]]
    return [Markup(one) for one in _headed(pieces)]  # noqa: S704 - rendered by us


def _headed(pieces: list[str]) -> Iterator[str]:
    heading = ""
    for one in pieces:
        found = HEADING.search(one)
        heading = found[0] if found else heading
        yield one if found else heading + one


def _very_large(context: Context) -> bool:
    """Never at a desk, whose templates show the kiosk's components without anybody's preferences."""
    return "preferences" in context and bool(context["preferences"].very_large)


def _words(html: str) -> str:
    return "".join(TAG.split(html)).strip()
