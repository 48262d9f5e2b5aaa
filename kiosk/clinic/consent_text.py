"""The text that a digital document's owner agrees to, as dated data (Law on personal data, art. 8 p. 4)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kiosk.clinic.names import Names

_TEXTS = Path(__file__).parent / "consent_texts"


@dataclass(frozen=True)
class ConsentText:
    """One edition; `version` names it in the record of each consent."""

    version: str
    valid_from: date
    points: tuple[Names, ...]

    def sentences(self, language: str, operator: str, minutes: int) -> list[str]:
        """The points in `language`, filled in."""
        return [point.in_(language).format(operator=operator, minutes=minutes) for point in self.points]


def consent_text_on(day: date) -> ConsentText:
    """The edition that holds on `day`; before the first one, the first."""
    begun = [text for text in consent_texts() if text.valid_from <= day]
    return begun[-1] if begun else consent_texts()[0]


@cache
def consent_texts() -> tuple[ConsentText, ...]:
    """All editions, oldest first."""
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in _TEXTS.glob("*.toml")]
    texts = [ConsentText(one["version"], one["valid_from"], tuple(Names(**p) for p in one["points"])) for one in read]
    return tuple(sorted(texts, key=lambda text: text.valid_from))
