"""The consent gate's answers: asks by message, takes codes, and says where each request stands."""

from datetime import timedelta
from uuid import uuid4

from lxml import etree

from kiosk.simulator.consents import NOT_FOUND, VALID, Consent
from kiosk.simulator.envelope import Question, elements, payload, stamp
from kiosk.simulator.faults import Fault
from kiosk.simulator.state import box

_SHOWN_DIGITS = 2


def answer(question: Question, fault: Fault) -> etree._Element:
    """The answer to any question of the consent service, as this fault has it."""
    kind = question.type.rpartition("}")[2]
    if kind == "codeRequest":
        consent, said = box().consents.submit(question.said("requestId"), question.said("code"))
        return _said(question, consent, said, fault)
    return _said(question, _done(kind, question, fault), None, fault)


def _done(kind: str, question: Question, fault: Fault) -> Consent | None:
    if kind == "getUserDataRequest":
        return _ask(question, fault)
    request_id = question.said("requestId")
    if kind == "repeatRequest":
        return _repeat(request_id, fault)
    if kind == "withdrawRequest":
        return box().consents.withdraw(request_id)
    return box().consents.find(request_id)


def _ask(question: Question, fault: Fault) -> Consent:
    iin = question.said("uin")
    resident = box().population.find(iin)
    phone = resident.phone if resident and resident.has_app else ""
    term = timedelta(milliseconds=int(question.said("expiresIn")))
    consent = box().consents.ask(iin, phone, term)
    if phone and question.said("omit-sms") not in ("true", "1"):
        _write(consent, question.said("company"), fault)
    return consent


def _repeat(request_id: str, fault: Fault) -> Consent | None:
    consent, sent = box().consents.repeat(request_id)
    if consent and sent:
        _write(consent, "1414", fault)
    return consent


def _write(consent: Consent, company: str, fault: Fault) -> None:
    for _ in range(2 if fault.mode == "twice" else 1):
        box().messages.send_code(consent.phone, consent.code, consent.id)
        box().messages.send_notification(consent.phone, company, consent.id)


def _said(question: Question, consent: Consent | None, said: str | None, fault: Fault) -> etree._Element:
    wrong = fault.mode == "wrong"
    head = elements(
        ("messageId", str(uuid4()) if wrong else question.said("messageId")),
        ("requestId", str(uuid4()) if wrong or not consent else consent.id),
        ("state", said or (consent.state if consent else NOT_FOUND)),
    )
    if consent is None:
        head[1].text = question.said("requestId")
        return payload("Response", head)
    return payload("Response", head + _limits(consent) + _token(consent, said))


def _limits(consent: Consent) -> list[etree._Element]:
    repeat_at = consent.may_repeat_at
    return elements(
        ("phoneEnding", consent.phone[-_SHOWN_DIGITS:] or None),
        ("triesLeft", str(consent.tries_left)),
        ("sendsLeft", str(consent.sends_left)),
        ("codeExpiresAt", stamp(consent.code_expires_at)),
        ("repeatAfter", stamp(repeat_at) if repeat_at else None),
    )


def _token(consent: Consent, said: str | None) -> list[etree._Element]:
    if (said or consent.state) != VALID or consent.token_expires_at is None:
        return []
    return elements(
        ("accessToken", consent.token),
        ("publicKey", consent.public_key),
        ("expiresAt", stamp(consent.token_expires_at)),
    )
