"""Who is this? The one question to the registers, after a card, typed numbers or a digital document."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from flask import g

from kiosk.clinic import doubted, limits
from kiosk.clinic.identity import BARCODE, IDENTITY_CARD, Reading, names_no_century
from kiosk.clinic.obstacles import (
    DocumentDiffers,
    DocumentDoubted,
    DocumentNumberNeeded,
    ForeignNumber,
    Obstacle,
    RegisterSilent,
)
from kiosk.clinic.people import judge
from kiosk.clinic.ports import CONSENT_GIVEN, LOCAL_LIST, NUMBER_TYPED, Basis, Person, PersonAnswer
from kiosk.clinic.refusals import Refusal
from kiosk.database import transaction
from kiosk.patient import journey
from kiosk.patient.acts import leave, record
from kiosk.patient.apologies import stop_for
from kiosk.patient.attachment import children_of, look_up
from kiosk.patient.blueprint import go
from kiosk.patient.here import asks_consent, begin, forget, held, here, keep, keys, persons, save, visit
from kiosk.patient.told import untold
from kiosk.patient.visit import Visit


def settle_who(reading: Reading) -> None:
    """Another person ends the running visit first, and begins anew."""
    now = visit()
    if now is not None and _who(now) not in (None, reading.iin):
        with transaction() as work:
            leave(work, journey.first_unfinished(now))
        forget()
        begin(Visit(g.language))
    elif now is not None and now.tried not in ("", reading.iin):
        now.aloud = ""  # another card after an obstacle: nobody has asked its owner yet
    if reading.kind == BARCODE and g.visit.actor is None:
        g.visit.draft = {"iin": reading.iin, "document_number": "", "kind": IDENTITY_CARD}
        raise DocumentNumberNeeded


def _who(now: Visit) -> str | None:
    """Whose visit this is: of who identified, or of whose consent is awaited."""
    return now.actor.iin if now.actor else now.presented["iin"] if now.presented else None


def ask(reading: Reading, basis: Basis) -> Any:
    """Ask the registers about this document, keep what they say, and lead on; no obstacle is lost."""
    if _is_known(reading, basis):
        return go("attachment" if untold() else journey.first_unfinished(visit(), held() is not None))
    if basis.kind != CONSENT_GIVEN and asks_consent():
        return _await_consent(reading)
    g.visit.presented = None
    basis = replace(basis, correlation=g.visit.correlation)
    with transaction() as work:
        limits.count_try(work, here().kiosk.id, here().settings.tries_per_ten_minutes, here().now)
    answer = None
    try:
        if names_no_century(reading.iin):
            raise ForeignNumber
        answer = persons().find_person(reading.iin, basis)
        person = judge(reading, answer, here().now.date())
    except (Obstacle, Refusal) as reason:
        _leave_to_staff(reason, reading, answer)
        _stop(reason, reading.iin)
        return go("attachment")
    if answer is not None:
        _welcome_person(person, basis, reading, answer)
    return go("attachment" if g.visit.ticket is None or untold() else "ticket")


def _stop(reason: Exception, tried: str) -> None:
    """Nobody is identified; a consent that was given is asked for its document again, once a silent register speaks."""
    typed, consent = g.visit.draft, g.visit.consent
    g.visit.forget_person()
    g.visit.draft, g.visit.stop, g.visit.tried = typed, stop_for(reason), tried
    if consent is not None:
        g.visit.consent = replace(consent, is_open=consent.is_open and isinstance(reason, RegisterSilent))
    save()


def _await_consent(reading: Reading) -> Any:
    """Remember what was read, and ask its owner first: nobody has been asked about this person yet."""
    if names_no_century(reading.iin):
        raise ForeignNumber
    if g.visit.consent and g.visit.consent.iin != reading.iin:
        g.visit.consent = replace(g.visit.consent, is_open=False)
    g.visit.presented, g.visit.draft = asdict(reading), {}
    g.visit.presented["expires"] = reading.expires.isoformat() if reading.expires else None
    save()
    return go("document")


def presented_reading() -> Reading | None:
    """The document that was read while its owner's consent is awaited."""
    plain = g.visit.presented
    if plain is None:
        return None
    expires = date.fromisoformat(plain["expires"]) if plain["expires"] else None
    return Reading(**{**plain, "expires": expires})


def _leave_to_staff(reason: Exception, reading: Reading, answer: PersonAnswer | None) -> None:
    """What may become a refusal on ground 1 waits at the window for a person's decision."""
    if answer is not None and isinstance(reason, DocumentDoubted | DocumentDiffers):
        place = doubted.Presented(here().organisation.id, here().building.id, here().kiosk.id)
        with transaction() as work:
            doubted.wait_for_staff(work, keys(), place, type(reason).__name__, reading, answer, here().now)


def _is_known(reading: Reading, basis: Basis) -> bool:
    """Whether this scan tells nothing new: the same person, and no better proof than before."""
    now = visit()
    if now is None or now.actor is None or now.attached is None:
        return False
    return now.by_card or basis.kind == NUMBER_TYPED or reading.kind == BARCODE


def _welcome_person(person: Person, basis: Basis, reading: Reading, answer: PersonAnswer) -> None:
    """Remember who identified; somebody who only adds the card to a typed number loses nothing."""
    if g.visit.attached is None:
        consent = g.visit.consent_ref
        g.visit.forget_person()
        g.visit.consent_ref = consent
        g.visit.actor, g.visit.identified_at = person, here().now
        g.visit.children = children_of(person, basis)
    g.visit.basis, g.visit.draft = basis, {}
    g.visit.messages.append(answer.message_id)
    _note_source(reading, answer)
    with transaction() as work:
        record(work, "identified", "identify")
        keep(work)
    if not person.children and g.visit.attached is None:
        look_up(person)


def _note_source(reading: Reading, answer: PersonAnswer) -> None:
    """Keep that only the clinic's list was asked, and by which document: a later check needs both."""
    for name in ("identity", "document"):
        g.visit.local.pop(name, None)
    if answer.source == LOCAL_LIST and answer.as_of:
        expires = reading.expires.isoformat() if reading.expires else None
        g.visit.local["identity"] = answer.as_of.isoformat()
        g.visit.local["document"] = {"kind": reading.kind, "number": reading.document_number, "expires": expires}
