"""Consents: who was asked, the codes that were sent, and what became of it; the service's own limits."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from threading import RLock
from uuid import uuid4

from kiosk import clock

CODE_LIFE = timedelta(minutes=5)
REPEAT_AFTER = timedelta(seconds=60)
TRIES, SENDS = 3, 3
PENDING, VALID, INVALID, TIMEOUT = "pending", "valid", "invalid", "timeout"
NOT_FOUND, DENIED = "not_found", "denied"


@dataclass
class Consent:
    """One request for consent."""

    iin: str
    phone: str
    term: timedelta
    state: str = PENDING
    id: str = field(default_factory=lambda: str(uuid4()))
    code: str = ""
    sent_at: datetime = field(default_factory=lambda: clock.now())
    sends_left: int = SENDS
    tries_left: int = TRIES
    token: str = ""
    public_key: str = ""
    token_expires_at: datetime | None = None

    @property
    def code_expires_at(self) -> datetime:
        """Until when the code that was sent last is good."""
        return self.sent_at + CODE_LIFE

    @property
    def may_repeat_at(self) -> datetime | None:
        """From when a new code may be sent; None where none will."""
        return self.sent_at + REPEAT_AFTER if self.sends_left and self.state in (PENDING, INVALID, TIMEOUT) else None

    def send(self) -> None:
        """A new code, which replaces the former and has tries of its own."""
        self.code = f"{secrets.randbelow(10**6):06d}"
        self.sent_at, self.state = clock.now(), PENDING
        self.sends_left, self.tries_left = self.sends_left - 1, TRIES

    def give(self) -> None:
        """The owner agreed."""
        self.state, self.token, self.public_key = VALID, secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self.token_expires_at = clock.now() + self.term


class Consents:
    """Every consent that was asked for."""

    def __init__(self) -> None:
        self._all: dict[str, Consent] = {}
        self._lock = RLock()

    def ask(self, iin: str, phone: str, term: timedelta) -> Consent:
        """A new request; without a phone nobody can be asked."""
        consent = Consent(iin, phone, term)
        with self._lock:
            self._all[consent.id] = consent
            if phone:
                consent.send()
            else:
                consent.state, consent.sends_left = NOT_FOUND, 0
        return consent

    def find(self, request_id: str) -> Consent | None:
        """The request as it stands now."""
        with self._open(request_id) as consent:
            return consent

    def submit(self, request_id: str, code: str) -> tuple[Consent | None, str]:
        """The request and what is said of this code."""
        with self._open(request_id) as consent:
            if consent is None:
                return None, NOT_FOUND
            right = compare_digest(consent.code, code)
            if consent.state == PENDING and right:
                consent.give()
            elif consent.state == PENDING:
                consent.tries_left -= 1
                consent.state = PENDING if consent.tries_left else INVALID
            wrong = not right and consent.state in (PENDING, VALID)
            return consent, INVALID if wrong else consent.state

    def repeat(self, request_id: str) -> tuple[Consent | None, bool]:
        """The request, and whether a new code was sent for it."""
        with self._open(request_id) as consent:
            may_at = consent.may_repeat_at if consent else None
            if consent is None or may_at is None or clock.now() < may_at:
                return consent, False
            consent.send()
            return consent, True

    def reply(self, request_id: str, agrees: bool) -> Consent | None:
        """The owner answered the notification; only a pending request changes by it."""
        with self._open(request_id) as consent:
            if consent and consent.state == PENDING and agrees:
                consent.give()
            elif consent and consent.state == PENDING:
                consent.state = DENIED
            return consent

    def withdraw(self, request_id: str) -> Consent | None:
        """The owner takes it back."""
        with self._open(request_id) as consent:
            if consent and consent.state != NOT_FOUND:
                consent.state, consent.token = DENIED, ""
            return consent

    def owner(self, token: str) -> str | None:
        """Whose consent this token is of, while it is in force."""
        given = (one for one in list(self._all.values()) if one.token and one.token == token)
        in_force = (one.iin for one in given if one.token_expires_at and clock.now() < one.token_expires_at)
        return next(in_force, None)

    def opens(self, token: str, iin: str) -> bool:
        """Whether this token is of a consent in force for this person."""
        return self.owner(token) == iin

    @contextmanager
    def _open(self, request_id: str) -> Iterator[Consent | None]:
        with self._lock:
            consent = self._all.get(request_id)
            if consent and consent.state == PENDING and clock.now() >= consent.code_expires_at:
                consent.state = TIMEOUT
            yield consent
