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
    """The wiring that `settings` describe; what they leave out is the demo's, where the simulator made the keys."""
    box = f"http://127.0.0.1:{settings.simulator_port}"
    keys = settings.var / "simulator"
    return Wiring(
        persons_url=settings.persons_url,
        consent_url=getattr(settings, "consent_url", f"{box}/consent"),
        documents_url=getattr(settings, "documents_url", f"{box}/documents"),
        attachments_url=settings.attachments_url,
        timeout=settings.outside_timeout,
        services=_services(settings),
        sender=_sender(settings),
        signing_key=getattr(settings, "signing_key", None) or keys / "kiosk.pem",
        trusted=getattr(settings, "trusted_certificates", None) or keys / "trusted.pem",
        json_signed=getattr(settings, "json_signed", settings.demo),
        attachments_token=getattr(settings, "attachments_token", "demo"),
        documents_token=getattr(settings, "documents_token", "demo"),
        signer_url=getattr(settings, "signer_url", None),
        signer_key=getattr(settings, "signer_key", None),
        signer_password=getattr(settings, "signer_password", ""),
    )


def _services(settings: Settings) -> Services:
    return Services(
        persons=getattr(settings, "persons_service", "GBDFLUniversal_token"),
        family=getattr(settings, "family_service", "GBDFL_FamilyInfoToken"),
        consent=getattr(settings, "consent_service", "KDP_SERVICE"),
        citizens_base=getattr(settings, "citizens_base_service", "MCDB_SERVICE"),
        documents=getattr(settings, "documents_service", "DIGITAL_DOCUMENTS"),
    )


def _sender(settings: Settings) -> Sender:
    return Sender(
        code=getattr(settings, "gateway_sender", "qabyldau"),
        password=getattr(settings, "gateway_password", "demo"),
        company=getattr(settings, "company", "Qabyldau"),
        company_bin=getattr(settings, "company_bin", "000000000000"),
    )
