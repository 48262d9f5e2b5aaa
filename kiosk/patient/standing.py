"""Where a person stands: the screen and its query, so that language and preferences change without moving anybody."""

from collections.abc import Mapping
from typing import Any

from flask import g, request, url_for

from kiosk.patient.blueprint import door, go

SCREENS = (
    "identify",
    "notice",
    "document",
    "attachment",
    "doctor",
    "slot",
    "confirm",
    "ticket",
    "appointments",
    "building",
    "samples",
    "accessibility",
    "consents",
    "preferences",
    "switches",
    "keys",
)
ASIDE = ("preferences", "switches", "keys")
KEPT = ("kind", "chapter", "sample", "way", "day", "part", "cancel", "again", "more", "to")


def screen_named(name: str) -> str:
    """The endpoint of a screen that a form named; the welcome screen for any other name."""
    return name if name in SCREENS else "help_" if name in ("help", "help_") else "welcome"


def kept(values: Mapping[str, str]) -> dict[str, str]:
    """The part of a query that says where on its screen a person stands."""
    return {name: values[name][:40] for name in KEPT if values.get(name)}


def stay(**said: str | None) -> Any:
    """Answer a POST with the screen that it came from, and what that screen is to say of it."""
    return go(screen_named(request.form.get("page", "")), **kept(request.form), **said)


@door.app_template_global()
def standing() -> str:
    """The name of the screen that is shown, or of the one whose voice is asked for."""
    name: str = g.get("spoken_screen") or (request.endpoint or "").removeprefix("patient.")
    return "identify" if name == "identified" else screen_named(name)


@door.app_template_global()
def standing_query() -> dict[str, str]:
    """Its query."""
    return kept(request.args)


@door.app_template_global()
def aside_query() -> dict[str, str]:
    """The query of a link to a side screen, from which a person comes back to this one."""
    query = kept(request.args)
    query.pop("more", None)
    return query if standing() in ASIDE else {**query, "to": standing()}


@door.app_template_global()
def left_from() -> str:
    """Where a side screen such as /preferences leads back to."""
    query = kept(request.args)
    screen = screen_named(query.pop("to", ""))
    query.pop("more", None)
    return url_for(f"patient.{screen}", **query)  # type: ignore[arg-type]
