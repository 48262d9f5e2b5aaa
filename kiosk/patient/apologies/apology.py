"""One apology: what is told, and the way forward."""

from dataclasses import dataclass
from typing import Any

STAFF, AGAIN, WAIT, CONSENT, REFUSAL = "staff", "again", "wait", "consent", "refusal"


@dataclass(frozen=True)
class Apology:
    """A heading, sentences, and the way forward: staff, again, wait, consent or refusal; `heard` is for the voice."""

    title: Any
    text: tuple[Any, ...]
    way: str = STAFF
    heard: tuple[Any, ...] = ()

    @property
    def said(self) -> tuple[Any, ...]:
        """What the voice says of it: the same, unless that would send a listener to a picture."""
        return self.heard or self.text
