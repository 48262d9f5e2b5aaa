"""The owner's answer: what the kiosk does with an IIN, a code, a noticed reply or what a phone shows."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from flask import g, request

from kiosk.clinic import consent, limits
from kiosk.clinic.consent_text import consent_text_on
from kiosk.clinic.identity import Reading, is_iin, names_no_century
from kiosk.clinic.obstacles import (
    DocumentForeign,
    ForeignNumber,
    NoDigitalDocument,
    NumberWrong,
    PhoneChanged,
    PresentationUnknown,
    RegisterSilent,
)
from kiosk.clinic.ports import (
    CONSENT_GIVEN,
    DOCUMENT_SHOWN,
    VALID,
    Basis,
    ConsentAnswer,
    ConsentToken,
    DigitalDocuments,
    DocumentAnswer,
)
from kiosk.database import transaction
from kiosk.patient.blueprint import go
from kiosk.patient.here import here, keep, keys, save, visit
from kiosk.patient.identification import ask, presented_reading, settle_who
from kiosk.sealing import keyed_hash


def under_way() -> consent.Request | None:
    """The request that still waits for the phone."""
    now = visit()
    return now.consent if now and now.consent and now.consent.is_open else None


def request_consent(service: DigitalDocuments, iin: str) -> Any:
    """Have the owner of this IIN asked; a request under way is never repeated by itself."""
    g.visit.draft = {"iin": iin}
    if names_no_century(iin):
        raise ForeignNumber
    if not is_iin(iin):
        raise NumberWrong("iin")
    settle_who(Reading("", iin, None, None))
    earlier = g.visit.consent
    if earlier and earlier.iin == iin and earlier.is_open:
        return go("document")
    consent.demand_repeatable(earlier, iin, here().now)
    _count_try()
    answer = service.request_consent(iin, g.visit.correlation)
    g.visit.messages.append(answer.message_id)
    g.visit.consent = consent.begun(answer, iin, g.visit.correlation, earlier, here().settings, here().now)
    g.visit.draft = {}
    save()
    return go("document")


def send_again(service: DigitalDocuments, asked: consent.Request) -> Any:
    """Have another code sent, because the person asked for it."""
    consent.demand_repeatable(asked, asked.iin, here().now)
    answer = service.send_again(asked.request_id, asked.correlation)
    g.visit.consent = consent.sent_again(asked, answer, here().settings, here().now)
    save()
    return go("document")


def give_code(service: DigitalDocuments, code: str) -> Any:
    """Give the typed code to the gate, where that is worth a try."""
    asked = g.visit.consent
    mark = keyed_hash(keys().visit, f"{asked.request_id} {code}")
    consent.demand_code(asked, code, mark, here().settings, here().now)
    answer = service.submit_code(asked.request_id, code, asked.correlation)
    g.visit.consent, wrong = consent.tried(asked, answer, mark, here().settings)
    if wrong is not None:
        raise wrong
    return _fetch(service, g.visit.consent, answer, consent.BY_CODE)


def notice_reply(service: DigitalDocuments, asked: consent.Request) -> Any:
    """Go on with what was answered on the phone."""
    answer = service.find_consent(asked.request_id, asked.correlation)
    g.visit.consent, wrong = consent.settled(asked, answer, here().settings)
    if wrong is not None:
        raise wrong
    return _fetch(service, asked, answer, consent.BY_REPLY)


def _fetch(service: DigitalDocuments, asked: consent.Request, answer: ConsentAnswer, how: str) -> Any:
    """Go on with the consent: the document, checked, then the same way as after a card."""
    if answer.state != VALID or answer.token is None:
        return go("document")
    _keep_consent(asked, answer, answer.token, how)
    basis = Basis(CONSENT_GIVEN, answer.token.token, answer.token.public_key, expires_at=answer.token.expires_at)
    read = presented_reading()
    if read is not None and read.iin == asked.iin:
        return ask(read, basis)
    found = service.find_document(asked.iin, answer.token, asked.correlation)
    if found is None or found.iin != asked.iin:
        g.visit.consent = replace(asked, is_open=False)
        raise NoDigitalDocument if found is None else DocumentForeign
    return _go_on(found, basis)


def _keep_consent(asked: consent.Request, answer: ConsentAnswer, token: ConsentToken, how: str) -> None:
    place = here()
    given = consent.Consent(
        organisation_id=place.organisation.id,
        kiosk_id=place.kiosk.id,
        text_version=consent_text_on(place.now.date()).version,
        language=g.language,
        how=how,
        given_at=place.now,
        request_id=asked.request_id,
        messages=list(dict.fromkeys([*asked.messages, answer.message_id])),
    )
    with transaction() as work:
        g.visit.consent_ref = consent.record_given(work, keys(), given, asked.iin, token).ref
        keep(work)


def give_up(service: DigitalDocuments, asked: consent.Request) -> Any:
    """Take the request back, so that a late answer opens nothing, and lead to the card."""
    g.visit.consent = replace(asked, is_open=False)
    if "phone" not in request.form:
        g.visit.presented = None
    save()
    with suppress(RegisterSilent):  # nobody will fetch what it might still bring
        service.withdraw_consent(asked.request_id, asked.correlation)
    return go("document", again=PhoneChanged.__name__) if "phone" in request.form else go("identify")


def take_shown(service: DigitalDocuments, payload: str) -> Any:
    """Ask whose document a phone shows; the payload goes to the service unread."""
    if not payload:
        raise PresentationUnknown
    _count_try()
    found = service.find_presented(payload, g.visit.correlation)
    if found is None:
        raise PresentationUnknown
    awaited = g.visit.consent.iin if g.visit.consent else g.visit.draft.get("iin", "")
    if "code" in request.form and is_iin(awaited) and awaited != found.iin:
        raise DocumentForeign
    return _go_on(found, Basis(DOCUMENT_SHOWN))


def _go_on(found: DocumentAnswer, basis: Basis) -> Any:
    g.visit.messages.append(found.message_id)
    reading = Reading(found.document.kind, found.iin, found.document.number, found.document.expires)
    settle_who(reading)
    return ask(reading, basis)


def _count_try() -> None:
    with transaction() as work:
        limits.count_try(work, here().kiosk.id, here().settings.tries_per_ten_minutes, here().now)
