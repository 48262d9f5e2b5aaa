"""Wiring: what the adapters need to know of their surroundings, taken from the settings once."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Settings


@dataclass(frozen=True)
class Services:
    """The gateway's service ids, which the owner of each service hands out."""

    persons: str
    family: str
    consent: str
    citizens_base: str
    documents: str


@dataclass(frozen=True)
class Sender:
    """Who we are to the gateway and, by name and BIN, to the person asked for consent."""

    code: str
    password: str
    company: str
    company_bin: str


@dataclass(frozen=True)
class Wiring:
    """Addresses, identity, keys and trust for every adapter."""

    persons_url: str
    consent_url: str
    documents_url: str
    attachments_url: str
    timeout: float
    services: Services
    sender: Sender
    signing_key: Path
    trusted: Path
    json_signed: bool
    attachments_token: str
    documents_token: str
    signer_url: str | None
    signer_key: Path | None
    signer_password: str


def wiring(settings: Settings) -> Wiring:
    """The wiring that `settings` describe; what they leave out is the simulator's in the demo, and silent elsewhere."""
    state = settings.state
    keys = settings.var / "simulator" if settings.demo else settings.var
    return Wiring(
        persons_url=settings.persons_url,
        consent_url=state.consent_url,
        documents_url=state.documents_url,
        attachments_url=settings.attachments_url,
        timeout=settings.outside_timeout,
        services=Services(
            persons=state.persons_service,
            family=state.family_service,
            consent=state.consent_service,
            citizens_base=state.citizens_base_service,
            documents=state.documents_service,
        ),
        sender=Sender(state.gateway_sender, state.gateway_password, state.company, state.company_bin),
        signing_key=state.signing_key or keys / "kiosk.pem",
        trusted=state.trusted_certificates or keys / "trusted.pem",
        json_signed=state.json_signed,
        attachments_token=state.attachments_token,
        documents_token=state.documents_token,
        signer_url=state.signer_url,
        signer_key=state.signer_key,
        signer_password=state.signer_password,
    )
