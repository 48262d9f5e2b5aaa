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
    box = f"http://127.0.0.1:{settings.simulator_port}"
    keys = settings.var / "simulator" if settings.demo else settings.var
    return Wiring(
        persons_url=settings.persons_url,
        consent_url=_text(settings, "consent_url", f"{box}/consent"),
        documents_url=_text(settings, "documents_url", f"{box}/documents"),
        attachments_url=settings.attachments_url,
        timeout=settings.outside_timeout,
        services=_services(settings),
        sender=_sender(settings),
        signing_key=getattr(settings, "signing_key", None) or keys / "kiosk.pem",
        trusted=getattr(settings, "trusted_certificates", None) or keys / "trusted.pem",
        json_signed=getattr(settings, "json_signed", settings.demo),
        attachments_token=_text(settings, "attachments_token", "demo"),
        documents_token=_text(settings, "documents_token", "demo"),
        signer_url=getattr(settings, "signer_url", None),
        signer_key=getattr(settings, "signer_key", None),
        signer_password=_text(settings, "signer_password", ""),
    )


def _services(settings: Settings) -> Services:
    return Services(
        persons=_text(settings, "persons_service", "GBDFLUniversal_token"),
        family=_text(settings, "family_service", "GBDFL_FamilyInfoToken"),
        consent=_text(settings, "consent_service", "KDP_SERVICE"),
        citizens_base=_text(settings, "citizens_base_service", "MCDB_SERVICE"),
        documents=_text(settings, "documents_service", "DIGITAL_DOCUMENTS"),
    )


def _sender(settings: Settings) -> Sender:
    return Sender(
        code=_text(settings, "gateway_sender", "qabyldau"),
        password=_text(settings, "gateway_password", "demo"),
        company=_text(settings, "company", "Qabyldau"),
        company_bin=_text(settings, "company_bin", "000000000000"),
    )


def _text(settings: Settings, name: str, in_demo: str) -> str:
    """The setting, or the demo's value in the demo alone."""
    given: str | None = getattr(settings, name, None)
    return given or (in_demo if settings.demo else "")
