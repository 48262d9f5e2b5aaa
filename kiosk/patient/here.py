"""What a request stands on: kiosk, clinic and registers, the instant, and the visit with its beginning and end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, g, session

from kiosk.accessibility.preferences import Preferences
from kiosk.clinic import slots, visit_ends, visits
from kiosk.clinic.kiosk_settings import KioskSettings
from kiosk.clinic.places import Building, Kiosk, Organisation
from kiosk.clinic.ports import AttachmentRegister, DigitalDocuments, PersonRegistry, Registers
from kiosk.database import db, settle, transaction
from kiosk.patient import journey
from kiosk.patient.visit import Visit, changed_between, default_preferences, laid_upon, life, visit_from
from kiosk.sealing import Keys, token


@dataclass(frozen=True)
class Here:
    """Where this request stands: the kiosk, its clinic and settings, and the present instant."""

    kiosk: Kiosk
    building: Building
    organisation: Organisation
    settings: KioskSettings
    now: datetime

    @property
    def zone(self) -> str:
        """The building's time zone."""
        return self.building.zone


def here() -> Here:
    """The Here of this request."""
    place: Here = g.here
    return place


def keys() -> Keys:
    """The keys of this server."""
    ring: Keys = current_app.extensions["keys"]
    return ring


def persons() -> PersonRegistry:
    """The register of persons that this clinic goes by."""
    return registers().persons


def attachments() -> AttachmentRegister:
    """The register of attachments that this clinic goes by."""
    return registers().attachments


def registers() -> Registers:
    """The registers by the clinic's setting: gateway, its own list, or the one behind the other."""
    chosen: Registers = current_app.extensions["choose_registers"](here().organisation, here().settings.registers)
    return chosen


def asks_consent() -> bool:
    """Whether this clinic's registers are asked about nobody without the person's consent by phone."""
    return here().settings.consent_on_every_path and here().settings.asks_gateway


def documents() -> DigitalDocuments | None:
    """The digital documents service, and the consent gate before it; None where this kiosk does without both."""
    if not ((here().settings.digital_documents or asks_consent()) and here().settings.asks_gateway):
        return None
    port: DigitalDocuments = current_app.extensions["outside"].documents
    return port


def visit() -> Visit | None:
    """The living visit of this browser session on this kiosk."""
    found: Visit | None = g.visit
    return found


def present_visit() -> Visit:
    """The living visit, begun now if there is none: a POST is a first touch."""
    if g.visit is None:
        begin(Visit(g.language))
    found: Visit = g.visit
    return found


def visit_ident() -> str:
    """The row of this visit, which holds and bookings carry; empty when there is none."""
    return visits.visit_id(g.visit_token) if g.visit_token else ""


def begin(fresh: Visit) -> None:
    """Start a new visit in this browser session under a new cookie, looking as this kiosk is set."""
    if fresh.preferences == Preferences():
        fresh.preferences = default_preferences(here().settings)
    g.visit, g.visit_token, g.keys_noted = fresh, token(), False
    g.visit_read, g.visit_written = fresh.plain(), set()

    def deed(work: Any) -> None:
        place = here()
        life_time = life(place.settings, fresh)
        visit_ends.sweep(work, place.now)
        written = visits.Written(fresh.plain(), place.now, life_time, _outline(fresh))
        visits.begin(work, keys(), g.visit_token, place.kiosk.id, written)

    settle(deed)
    g.language = fresh.language


def keep(work: Any) -> None:
    """Save inside the transaction `work` what this request has changed of the visit.

    Two presses may be under way at once, a wish and a scan: what the other has changed meanwhile stays as it left it.
    What this request has written once it goes on writing: it may take it back.
    """
    place, mine = here(), g.visit.plain()
    g.visit_written |= changed_between(g.visit_read, mine)
    stored = visits.reread(work, keys(), g.visit_token, place.now)
    content = laid_upon(stored, g.visit_read, mine, g.visit_written)
    now = visit_from(content)
    written = visits.Written(content, place.now, life(place.settings, now), _outline(now))
    visits.save(work, keys(), g.visit_token, written)


def _outline(now: Visit) -> visits.Outline:
    """What may be known of this visit without its cookie, for the day's counts."""
    holds = now.doctor_id is not None and held() is not None
    used = {
        "voice": now.preferences.voice != "off",
        "large_type": now.preferences.text_size > here().settings.text_size,
    }
    names = tuple(name for name, is_used in used.items() if is_used)
    return visits.Outline(now.language, journey.first_unfinished(now, holds), now.waiting_since, names)


def save() -> None:
    """Save the visit in a transaction of its own."""
    with transaction() as work:
        keep(work)


def forget() -> None:
    """End the visit: what it held is free, its content gone, its cookie cleared."""
    if g.visit_token:
        with transaction() as work:
            visit_ends.end(work, g.visit_token, here().now)
    g.visit = g.visit_token = None
    g.keys_noted = False
    g.language = here().settings.default_language
    session.clear()


def held() -> Any:
    """The slot that this visit holds, or None."""
    return slots.find_held(db.session(), visit_ident()) if g.visit_token else None
