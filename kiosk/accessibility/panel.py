"""Millimetres to pixels for one kiosk's glass, and how far from the floor each of its points lies."""

from dataclasses import dataclass
from hashlib import sha256
from math import hypot
from typing import Any

LOWEST, HIGHEST = 380, 1220  # EN 301 549, 8.3.3: reach of a seated person, in millimetres above the floor
LOW_PART, LEAST_PART = 0.4, 0.25  # of a tall glass: what holds every control within low reach
# Square millimetres that a screen needs at each size of the letters: to show two ways at once (the card and a form of
# numbers), and to bear a header with languages and wishes. At the very large size one thing stands on a screen.
TWO_WAYS = {1: 90_000, 2: 125_000, 3: 160_000, 4: 240_000}
HEADER = {1: 0, 2: 0, 3: 80_000, 4: 120_000}


@dataclass(frozen=True)
class Panel:
    """A glass: diagonal in inches, CSS pixels across and down, declared viewing distance in millimetres.

    `mounting` is the height of its middle above the floor in millimetres, 0 where nobody has measured it.
    """

    inches: float
    width: int
    height: int
    distance: int
    mounting: int = 0

    @classmethod
    def of(cls, settings: Any) -> "Panel":
        """The glass that a kiosk's settings describe."""
        names = ("inches", "width", "height", "distance", "mounting")
        return cls(*(getattr(settings, f"panel_{name}") for name in names))

    @property
    def mm(self) -> float:
        """CSS pixels in one millimetre (page zoom 100 %)."""
        return hypot(self.width, self.height) / (self.inches * 25.4)

    @property
    def name(self) -> str:
        """What `data-panel` carries."""
        return f"{self.inches:g}in-{self.width}x{self.height}-{self.distance}mm"

    def above_floor(self, y: float) -> float:
        """Millimetres above the floor of a point `y` CSS pixels below the upper edge of the glass."""
        return self.mounting + (self.height / 2 - y) / self.mm

    def shows_two_ways(self, text_size: int, low: bool = False) -> bool:
        """Whether two ways to do one thing stand on one screen without scrolling; `low` reach leaves its low part."""
        part = self.low_part if low and self.height > self.width else 1
        return self._area * part >= TWO_WAYS.get(text_size, self._area + 1)

    def bears_header(self, text_size: int) -> bool:
        """Whether a header with languages and wishes leaves room enough below it."""
        return self._area >= HEADER.get(text_size, self._area + 1)

    @property
    def _area(self) -> float:
        return self.width * self.height / self.mm**2

    @property
    def low_part(self) -> float:
        """The lower part of the glass that holds every control within low reach.

        Two fifths; less where the glass hangs so high that they would rise above HIGHEST, never under a quarter.
        """
        if not self.mounting:
            return LOW_PART
        within = 0.5 + (HIGHEST - self.mounting) * self.mm / self.height
        return max(LEAST_PART, min(LOW_PART, within))

    @property
    def is_within_reach(self) -> bool:
        """Whether a seated person reaches every point of the low part; False where nobody has measured."""
        upper, lower = self.above_floor(self.height * (1 - self.low_part)), self.above_floor(self.height)
        return bool(self.mounting) and upper <= HIGHEST + 0.5 and lower >= LOWEST - 0.5

    @property
    def reach(self) -> str:
        """What of the glass a seated person reaches: `whole`, `low` (its low part alone), `none`, `unmeasured`."""
        if not self.mounting:
            return "unmeasured"
        if self.above_floor(0) <= HIGHEST and self.above_floor(self.height) >= LOWEST:
            return "whole"
        return "low" if self.is_within_reach and self.height > self.width else "none"

    @property
    def stylesheet(self) -> str:
        """The rule that turns every size of the house into this glass's pixels, and says where low controls begin."""
        return f":root{{--mm:{self.mm:.4f}px;--low:{self.low_part * 100:.2f}vh}}\n"

    @property
    def fingerprint(self) -> str:
        """Names the stylesheet for ever: another glass, another name."""
        return sha256(self.stylesheet.encode()).hexdigest()[:16]
