"""What we ask of the outside world, as protocols: each answer carries its message id and time of receipt."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

CARD_PRESENTED = "card_presented"
NUMBER_TYPED = "number_typed"


@dataclass(frozen=True)
class Basis:
    """Why we may ask: the presented document (standard, row 8), a typed one, or a consent with its token."""

    kind: str
    token: str | None = None


@dataclass(frozen=True)
class IdentityDocument:
    """One document of a person as the register lists it; `status` is valid, expired, replaced or invalid."""

    kind: str
    number: str
    expires: date | None
    status: str


@dataclass(frozen=True)
class Person:
    """A person as the persons register describes them; names are shown as it gives them."""

    iin: str
    surname: str
    name: str
    patronymic: str
    birth_date: date
    sex: str
    phone: str
    children: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonAnswer:
    """The persons register's answer about one IIN."""

    person: Person
    documents: tuple[IdentityDocument, ...]
    alive: bool
    message_id: str
    received_at: datetime


@dataclass(frozen=True)
class Attachment:
    """One attachment: `status` is active or requested, `organisation` a clinic's code."""

    status: str
    organisation: str
    organisation_name: str
    district: str
    since: date | None


@dataclass(frozen=True)
class AttachmentAnswer:
    """The attachment register's answer about one IIN; an empty tuple is a clear "attached nowhere"."""

    attachments: tuple[Attachment, ...]
    source: str
    message_id: str
    received_at: datetime


class PersonRegistry(Protocol):
    """The state database of natural persons."""

    def find_person(self, iin: str, basis: Basis) -> PersonAnswer | None:
        """What is known of this IIN, None for nobody; raises RegisterSilent."""


class AttachmentRegister(Protocol):
    """The register of the attached population."""

    def get_attachments(self, iin: str, basis: Basis) -> AttachmentAnswer:
        """All active and requested attachments of this IIN; raises RegisterSilent."""
