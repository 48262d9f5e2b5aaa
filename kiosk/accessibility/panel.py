"""Millimetres to pixels for one kiosk's glass."""

from dataclasses import dataclass
from hashlib import sha256
from math import hypot


@dataclass(frozen=True)
class Panel:
    """A glass: diagonal in inches, CSS pixels across and down, declared viewing distance in millimetres."""

    inches: float
    width: int
    height: int
    distance: int

    @property
    def mm(self) -> float:
        """CSS pixels in one millimetre (page zoom 100 %)."""
        return hypot(self.width, self.height) / (self.inches * 25.4)

    @property
    def name(self) -> str:
        """What `data-panel` carries."""
        return f"{self.inches:g}in-{self.width}x{self.height}-{self.distance}mm"

    @property
    def stylesheet(self) -> str:
        """The one rule that turns every size of the house into this glass's pixels."""
        return f":root{{--mm:{self.mm:.4f}px}}\n"

    @property
    def fingerprint(self) -> str:
        """Names the stylesheet for ever: another glass, another name."""
        return sha256(self.stylesheet.encode()).hexdigest()[:16]
