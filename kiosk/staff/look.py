"""/staff/look : colours, text size and sound at the desks, for this browser; a cookie keeps them and nothing else."""

from dataclasses import dataclass, replace
from typing import Any

from flask import g, redirect, request

from kiosk.accessibility.preferences import THEMES, Preferences
from kiosk.staff.blueprint import door
from kiosk.staff.login import inside, keep_cookie
from kiosk.staff.settings_form import THEME_WORDS

LOOK_COOKIE = "staff_look"
SIZES = (1, 2, 3, 4)


@dataclass(frozen=True)
class Look:
    """What one member of staff has chosen: a theme of the kiosk's, a size from 1 to 4, sound for calls."""

    theme: str = "default"
    size: int = 2
    sound: bool = False

    def plain(self) -> str:
        """As the cookie keeps it."""
        return f"{self.theme}.{self.size}.{int(self.sound)}"


def look_from(text: str) -> Look:
    """The Look of a cookie; what cannot be read is as usual."""
    theme, _, rest = text.partition(".")
    size, _, sound = rest.partition(".")
    if theme not in THEMES or size not in {str(one) for one in SIZES}:
        return Look()
    return Look(theme, int(size), sound == "1")


@door.post("/look")
def look() -> Any:
    """Look and sound otherwise from here on, on the same page."""
    theme, size, sound = (request.form.get(name, "") for name in ("theme", "size", "sound"))
    chosen = mine()
    if theme in THEMES:
        chosen = replace(chosen, theme=theme)
    if size in {str(one) for one in SIZES}:
        chosen = replace(chosen, size=int(size))
    if sound in ("on", "off"):
        chosen = replace(chosen, sound=sound == "on")
    return keep_cookie(redirect(inside(request.form.get("next", "")), 303), LOOK_COOKIE, chosen.plain())


def mine() -> Look:
    """What this browser's member of staff has chosen."""
    if "look" not in g:
        g.look = look_from(request.cookies.get(LOOK_COOKIE, ""))
    found: Look = g.look
    return found


@door.context_processor
def _looks() -> dict[str, Any]:
    themes = [(one, THEME_WORDS[one]) for one in THEMES]
    chosen = mine()
    return {
        "looks": {"themes": themes, "sizes": SIZES, "mine": chosen},
        "preferences": Preferences(theme=chosen.theme, text_size=chosen.size),
    }
