"""What we ask of the outside world, as protocols: each answer carries its message id and time of receipt."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

CARD_PRESENTED = "card_presented"
NUMBER_TYPED = "number_typed"
CONSENT_GIVEN = "consent_given"
DOCUMENT_SHOWN = "document_shown"

STATE_REGISTER, LOCAL_LIST = "register", "local_list"

PENDING, VALID, INVALID, TIMED_OUT = "pending", "valid", "invalid", "timeout"
NOT_FOUND, DENIED, FAILED = "not_found", "denied", "error"
CONSENT_STATES = (PENDING, VALID, INVALID, TIMED_OUT, NOT_FOUND, DENIED, FAILED)


@dataclass(frozen=True)
class Basis:
    """Why we may ask: the presented document (standard, row 8), a typed one, or a consent with its token.

    `correlation` is the one id that follows a visit's questions from the button to the journal; `expires_at` is the end
    of a consent's token, None for a basis without an end.
    """

    kind: str
    token: str | None = None
    public_key: str | None = None
    correlation: str | None = None
    expires_at: datetime | None = None


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
    """The persons register's answer about one IIN; `as_of` is the day of a clinic's own list, if that answers."""

    person: Person
    documents: tuple[IdentityDocument, ...]
    alive: bool
    message_id: str
    received_at: datetime
    source: str = STATE_REGISTER
    as_of: date | None = None


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
    as_of: date | None = None


@dataclass(frozen=True)
class ConsentToken:
    """What a given consent opens, until `expires_at`; kept for this visit only, never stored or logged."""

    token: str
    public_key: str
    expires_at: datetime


@dataclass(frozen=True)
class ConsentAnswer:
    """Where a request for consent stands: one of CONSENT_STATES, with a token exactly when it is valid.

    INVALID with tries left is one wrong code; without, this code is spent. `phone_ending` is the end of the number
    that was written to, for a person to recognise. `may_repeat_at` is None when no further code will be sent.
    """

    request_id: str
    state: str
    message_id: str
    received_at: datetime
    phone_ending: str = ""
    tries_left: int = 0
    sends_left: int = 0
    code_expires_at: datetime | None = None
    may_repeat_at: datetime | None = None
    token: ConsentToken | None = None


@dataclass(frozen=True)
class DocumentAnswer:
    """A digital document and whose it is; its validity is for the persons register to say."""

    iin: str
    document: IdentityDocument
    message_id: str
    received_at: datetime


class PersonRegistry(Protocol):
    """The state database of natural persons."""

    def find_person(self, iin: str, basis: Basis) -> PersonAnswer | None:
        """What is known of this IIN, None for nobody; raises RegisterSilent, or NotInList from a list."""


class AttachmentRegister(Protocol):
    """The register of the attached population."""

    def get_attachments(self, iin: str, basis: Basis) -> AttachmentAnswer:
        """All active and requested attachments of this IIN; raises RegisterSilent, or NotInList."""


class Registers(Protocol):
    """The two registers that a clinic goes by."""

    @property
    def persons(self) -> PersonRegistry:
        """Who somebody is."""

    @property
    def attachments(self) -> AttachmentRegister:
        """Where somebody is attached."""


class DigitalDocuments(Protocol):
    """The digital documents service and the consent gate before it; every method raises RegisterSilent.

    Opaque codes, payloads and tokens are passed on unread. Requests for consent are never repeated by themselves.
    """

    def request_consent(self, iin: str, correlation: str | None = None) -> ConsentAnswer:
        """Ask the owner of this IIN, who gets a code and a notification; NOT_FOUND where no phone is registered."""

    def find_consent(self, request_id: str, correlation: str | None = None) -> ConsentAnswer:
        """Where this request stands now."""

    def submit_code(self, request_id: str, code: str, correlation: str | None = None) -> ConsentAnswer:
        """Give the six digits that the owner got; VALID brings the token."""

    def send_again(self, request_id: str, correlation: str | None = None) -> ConsentAnswer:
        """Have a new code sent, which replaces the former; nothing changes where that is too soon or too often."""

    def withdraw_consent(self, request_id: str, correlation: str | None = None) -> ConsentAnswer:
        """Take the consent back: DENIED from now on, and its token opens nothing."""

    def find_document(self, iin: str, token: ConsentToken, correlation: str | None = None) -> DocumentAnswer | None:
        """The identity card, else the passport, of this IIN by a consent's token; None for neither."""

    def find_presented(self, payload: str, correlation: str | None = None) -> DocumentAnswer | None:
        """The document behind a code or QR shown on a phone; None for an unknown or expired one."""
