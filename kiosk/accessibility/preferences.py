"""Preferences: how this person wants the kiosk to look and sound; one frozen value, forgotten with the visit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

THEMES = ("default", "black-on-white", "white-on-black", "soft")
VOICES = ("off", "speaker", "headphones")
PACES = (50, 75, 100, 125, 150, 175, 200)
TEXT_SIZES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Preferences:
    """Text size 1-5 by capital height, theme, voice, controls within low reach, pace in per cent."""

    text_size: int = 2
    theme: str = "default"
    voice: str = "off"
    reach: bool = False
    pace: int = 100

    def plain(self) -> dict[str, object]:
        """As JSON would have it."""
        return asdict(self)


def changed(preferences: Preferences, form: Mapping[str, str]) -> Preferences:
    """The preferences after a form named some of them; anything that is no choice is left as it was."""
    wanted: dict[str, object] = {}
    for name, choices in (("theme", THEMES), ("voice", VOICES)):
        if form.get(name) in choices:
            wanted[name] = form[name]
    for name, numbers in (("text_size", TEXT_SIZES), ("pace", PACES)):
        if form.get(name) in {str(number) for number in numbers}:
            wanted[name] = int(form[name])
    if form.get("reach") in ("0", "1"):
        wanted["reach"] = form["reach"] == "1"
    return replace(preferences, **wanted)  # type: ignore[arg-type]
