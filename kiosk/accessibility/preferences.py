"""Preferences: how this person wants the kiosk to look, sound, listen and wait; forgotten with the visit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from kiosk.accessibility.keypad import is_code

THEMES = ("default", "black-on-white", "white-on-black", "soft")
VOICES = ("off", "speaker", "headphones")
SWITCHES = ("off", "one", "two")
PACES = (50, 75, 100, 125, 150, 175, 200)
VOLUMES = tuple(range(11))
TEXT_SIZES = (1, 2, 3, 4, 5)
DWELLS = (1, 2, 3, 4, 5, 6, 7, 8)
GUARDS = (0, 200, 400, 600)
VERY_LARGE = 5
LONG_IDLE = 300
CALL_IDLE = 900
MORE_TIME = 10


@dataclass(frozen=True)
class Preferences:
    """What a person chose: size, theme, voice, reach, time, switches, tremor guard.

    `text_size` is a level of capital height, `pace` per cent, `volume` a step of 8 dB from 0 to 10,
    `dwell` seconds, `guard` milliseconds; `echo` says typed digits by name where nobody else hears them; `quiet` means
    that the voice was switched off by hand and does not start by itself again.
    """

    text_size: int = 2
    theme: str = "default"
    voice: str = "off"
    quiet: bool = False
    reach: bool = False
    curtain: bool = False
    pace: int = 100
    volume: int = 8
    echo: bool = True
    more_time: bool = False
    switches: str = "off"
    switch_move: str = ""
    switch_select: str = ""
    dwell: int = 2
    guard: int = 0

    @property
    def very_large(self) -> bool:
        """One item per screen."""
        return self.text_size == VERY_LARGE

    def idle(self, usual: int, calling: bool = False) -> int:
        """Seconds of silence before the kiosk asks: longer for voice, switches, very large text and staff calls."""
        slow = self.voice != "off" or self.switches != "off" or self.very_large
        seconds = max(usual, LONG_IDLE) if slow else usual
        if self.more_time:
            seconds *= MORE_TIME
        return max(seconds, CALL_IDLE) if calling else seconds

    def plain(self) -> dict[str, object]:
        """As JSON would have it."""
        return asdict(self)


WORDS = {"theme": THEMES, "voice": VOICES, "switches": SWITCHES}
NUMBERS = {"text_size": TEXT_SIZES, "pace": PACES, "volume": VOLUMES, "dwell": DWELLS, "guard": GUARDS}
FLAGS = ("reach", "curtain", "more_time", "echo")
SAID = {"0": False, "off": False, "1": True, "on": True}
CODES = ("switch_move", "switch_select")


def changed(preferences: Preferences, form: Mapping[str, str], usual: Preferences | None = None) -> Preferences:
    """The preferences after a form named some of them; anything that is no choice is left as it was.

    `reset` gives all of the kiosk's `usual` ones back.
    """
    if form.get("reset") == "1":
        return usual or Preferences()
    wanted: dict[str, object] = {name: form[name] for name, choices in WORDS.items() if form.get(name) in choices}
    for name, numbers in NUMBERS.items():
        if form.get(name) in {str(number) for number in numbers}:
            wanted[name] = int(form[name])
    wanted |= {name: SAID[form[name]] for name in FLAGS if form.get(name) in SAID}
    wanted |= {name: form[name] for name in CODES if is_code(form.get(name, ""))}
    if "voice" in wanted:
        wanted["quiet"] = wanted["voice"] == "off"
    if wanted.get("voice") == "off":
        wanted["curtain"] = False
    elif wanted.get("curtain") and wanted.get("voice", preferences.voice) == "off":
        wanted["curtain"] = False  # a dark screen without a voice would be a dead kiosk
    return replace(preferences, **wanted)  # type: ignore[arg-type]
