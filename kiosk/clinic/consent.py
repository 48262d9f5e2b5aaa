"""Consent of a digital document's owner: the rules of the one-time code, and the record of what was given."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.clinic.kiosk_settings import KioskSettings
from kiosk.clinic.obstacles import (
    CodeIncomplete,
    CodeLate,
    CodeRepeated,
    CodeSpent,
    CodeWrong,
    NoMoreCodes,
    NotInCitizensBase,
    OwnerRefused,
    RegisterSilent,
    SentJustNow,
)
from kiosk.clinic.ports import DENIED, INVALID, NOT_FOUND, PENDING, TIMED_OUT, VALID, ConsentAnswer, ConsentToken
from kiosk.database import Base, Instant
from kiosk.sealing import Keys, keyed_hash

BY_CODE, BY_REPLY = "code", "reply"
PURPOSE, SCOPE = "doctors_appointment", ("persons", "family", "citizens_base", "digital_document")


class Consent(Base):
    """What was agreed to: by whom (a keyed hash), which text, what data, until when, how, and whether withdrawn."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(22), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosk.id"))
    iin_hash: Mapped[str] = mapped_column(String(64), index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    scope: Mapped[list[str]] = mapped_column(JSON)
    text_version: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    how: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    request_id: Mapped[str] = mapped_column(String(80), unique=True)
    messages: Mapped[list[str]] = mapped_column(JSON, default=list)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (CheckConstraint("how IN ('code', 'reply')", name="how"),)


@dataclass(frozen=True)
class Request:
    """A request under way, as the kiosk counts it, whatever the gate counts; it knows no code and no token."""

    request_id: str
    iin: str
    sent_at: datetime
    expires_at: datetime
    may_repeat_at: datetime | None
    correlation: str = ""
    phone_ending: str = ""
    sends: int = 1
    tries: int = 0
    late: bool = False
    is_open: bool = True
    rejected: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()

    def is_over(self, settings: KioskSettings, now: datetime) -> bool:
        """Whether no code can be given any more, because of time or tries."""
        return self.late or now >= self.expires_at or self.tries >= settings.code_tries

    def seconds_left(self, now: datetime) -> int:
        """Until the code is too late."""
        return max(0, int((self.expires_at - now).total_seconds()))

    def wait_to_repeat(self, now: datetime) -> int | None:
        """Seconds until another code may be sent; None when no other will be."""
        if self.may_repeat_at is None:
            return None
        return max(0, int((self.may_repeat_at - now).total_seconds() + 0.999))


def begun(
    answer: ConsentAnswer, iin: str, correlation: str, earlier: Request | None, settings: KioskSettings, now: datetime
) -> Request:
    """The request that the gate has sent out; raises what its answer says instead.

    Codes sent for the same IIN `earlier` in this visit count on: giving up and beginning anew is no way around.
    """
    judge_state(answer)
    sends = earlier.sends + 1 if earlier and earlier.iin == iin else 1
    return _sent(Request(answer.request_id, iin, now, now, None, correlation), answer, sends, settings, now)


def sent_again(request: Request, answer: ConsentAnswer, settings: KioskSettings, now: datetime) -> Request:
    """The request after another code: time and tries begin anew; raises what the gate's answer says instead."""
    if answer.state not in (PENDING, INVALID, TIMED_OUT):
        judge_state(answer)
    return _sent(replace(request, tries=0, late=False), answer, request.sends + 1, settings, now)


def demand_repeatable(request: Request | None, iin: str, now: datetime) -> None:
    """Raises NoMoreCodes or SentJustNow where this visit may not have another code sent for `iin`."""
    if request is None or request.iin != iin:
        return
    wait = request.wait_to_repeat(now)
    if wait is None:
        raise NoMoreCodes
    if wait > 0:
        raise SentJustNow


def demand_code(request: Request, code: str, mark: str, settings: KioskSettings, now: datetime) -> None:
    """Raises what keeps `code` from being worth a try: its form, its time, the tries, or that it was rejected."""
    if not (code.isascii() and code.isdigit() and len(code) == settings.code_digits):
        raise CodeIncomplete
    if request.late or now >= request.expires_at:
        raise _or_no_more(request, CodeLate())
    if request.tries >= settings.code_tries:
        raise _or_no_more(request, CodeSpent())
    if mark in request.rejected:
        raise CodeRepeated


def tried(
    request: Request, answer: ConsentAnswer, mark: str, settings: KioskSettings
) -> tuple[Request, Exception | None]:
    """The request after a code was given, and what the answer means; `mark` stands for a code that was rejected."""
    request = replace(request, messages=(*request.messages, answer.message_id))
    if answer.state == INVALID:
        request = replace(request, tries=request.tries + 1, rejected=(*request.rejected, mark))
        spent = request.tries >= settings.code_tries or answer.tries_left <= 0
        if spent:
            request = replace(request, tries=settings.code_tries)
        return request, _or_no_more(request, CodeSpent()) if spent else CodeWrong()
    return settled(request, answer, settings)


def settled(request: Request, answer: ConsentAnswer, settings: KioskSettings) -> tuple[Request, Exception | None]:
    """The request after the gate said how it stands, and the obstacle in that, if any."""
    try:
        judge_state(answer)
    except (OwnerRefused, NotInCitizensBase) as reason:
        return replace(request, is_open=False), reason
    except CodeLate as reason:
        return replace(request, late=True), _or_no_more(request, reason)
    except (CodeSpent, CodeWrong):
        return replace(request, tries=settings.code_tries), _or_no_more(request, CodeSpent())
    except RegisterSilent as reason:
        return request, reason
    return request, None


def judge_state(answer: ConsentAnswer) -> None:
    """Nothing where the answer is pending or valid; else raises its obstacle: none of them is a refusal."""
    if answer.state in (PENDING, VALID):
        return
    raise {
        NOT_FOUND: NotInCitizensBase(),
        DENIED: OwnerRefused(),
        TIMED_OUT: CodeLate(),
        INVALID: CodeSpent() if answer.tries_left <= 0 else CodeWrong(),
    }.get(answer.state, RegisterSilent("consent"))


def record_given(session: Session, keys: Keys, consent: Consent, iin: str, token: ConsentToken) -> Consent:
    """Keep that consent was given until the token's end, once for each request; the token itself is not kept."""
    before = session.scalar(select(Consent).where(Consent.request_id == consent.request_id))
    if before is not None:
        return before
    consent.ref = secrets.token_urlsafe(16)
    consent.iin_hash = keyed_hash(keys.iin, iin)
    consent.purpose, consent.scope = PURPOSE, list(SCOPE)
    consent.expires_at = token.expires_at
    session.add(consent)
    session.flush()
    return consent


def consents_of(session: Session, keys: Keys, iin: str) -> list[Consent]:
    """Every consent that this person has given here, newest first."""
    query = select(Consent).where(Consent.iin_hash == keyed_hash(keys.iin, iin))
    return list(session.scalars(query.order_by(Consent.given_at.desc(), Consent.id.desc())))


def find_consent(session: Session, keys: Keys, iin: str, ref: str) -> Consent | None:
    """This person's consent of this ref; nobody else's."""
    return session.scalar(select(Consent).where(Consent.ref == ref, Consent.iin_hash == keyed_hash(keys.iin, iin)))


def withdraw(consent: Consent, now: datetime) -> None:
    """Take it back; the first time counts."""
    consent.withdrawn_at = consent.withdrawn_at or now


def _sent(request: Request, answer: ConsentAnswer, sends: int, settings: KioskSettings, now: datetime) -> Request:
    ours = now + timedelta(minutes=settings.code_minutes)
    last = sends >= settings.code_sends
    repeat = now + timedelta(seconds=settings.code_resend_seconds)
    return replace(
        request,
        sent_at=now,
        sends=sends,
        expires_at=min(ours, answer.code_expires_at or ours),
        may_repeat_at=None if last else max(repeat, answer.may_repeat_at or repeat),
        phone_ending=answer.phone_ending[-4:],
        messages=(*request.messages, answer.message_id),
    )


def _or_no_more(request: Request, reason: CodeLate | CodeSpent) -> Exception:
    return NoMoreCodes() if request.may_repeat_at is None else reason
