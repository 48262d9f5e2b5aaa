"""Legal texts, grounds and limits as dated data: which edition of the standard holds on a day, and its words."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.clinic.names import Names

_TEXTS = Path(__file__).parent / "legal_texts"


@dataclass(frozen=True)
class Official:
    """An official text, which exists in Kazakh and Russian only."""

    kk: str
    ru: str


@dataclass(frozen=True)
class Ground(Official):
    """A ground of refusal, word for word (standard, row 9)."""

    number: int


@dataclass(frozen=True)
class Order(Official):
    """A minister's order: its full name, number, day and number in the state register of acts."""

    number: str
    day: date
    registration: int


@dataclass(frozen=True)
class Limits:
    """The longest times in minutes (standard, row 3): answer, waiting and service in person; the portal."""

    answer_minutes: int
    waiting_minutes: int
    service_minutes: int
    portal_minutes: int


@dataclass(frozen=True)
class Contacts:
    """Whom to telephone: the single contact centre (short and long number) and the ambulance."""

    contact_centre: str
    contact_centre_long: str
    ambulance: str


@dataclass(frozen=True)
class Edition:
    """One edition of the standard; `version` names it in the journal, `review_by` is when its text may change."""

    version: str
    valid_from: date
    amended_up_to: date
    review_by: date
    standard: Official
    order: Order
    attachment_order: Order
    grounds: tuple[Ground, ...]
    limits: Limits
    contacts: Contacts
    complaint: tuple[Names, ...]

    def ground(self, number: int) -> Ground:
        """The ground of refusal with this `number`; raises LookupError for one that the standard does not have."""
        for one in self.grounds:
            if one.number == number:
                return one
        raise LookupError(number)

    def is_due_for_review(self, day: date) -> bool:
        """Whether staff must compare this text with the one in force before relying on it."""
        return day >= self.review_by


def edition_on(day: date) -> Edition:
    """The edition of the standard that holds on `day`; raises LookupError before the first one."""
    begun = [edition for edition in editions() if edition.valid_from <= day]
    if not begun:
        raise LookupError(day)
    return begun[-1]


@cache
def editions() -> tuple[Edition, ...]:
    """All editions known, oldest first."""
    read = [_edition(tomllib.loads(path.read_text(encoding="utf-8"))) for path in _TEXTS.glob("*.toml")]
    return tuple(sorted(read, key=lambda edition: edition.valid_from))


def _edition(plain: dict[str, Any]) -> Edition:
    return Edition(
        **{
            **plain,
            "standard": Official(**plain["standard"]),
            "order": Order(**plain["order"]),
            "attachment_order": Order(**plain["attachment_order"]),
            "grounds": tuple(Ground(**one) for one in plain["grounds"]),
            "limits": Limits(**plain["limits"]),
            "contacts": Contacts(**plain["contacts"]),
            "complaint": tuple(Names(**one) for one in plain["complaint"]),
        }
    )
