"""The outside world, connected: which implementation fulfils each port."""

from dataclasses import dataclass

from kiosk.clinic.ports import AttachmentRegister, DigitalDocuments, PersonRegistry
from kiosk.config import Settings
from kiosk.outside.attachment_register import StateAttachmentRegister
from kiosk.outside.consent_gate import ConsentGate
from kiosk.outside.digital_documents import StateDigitalDocuments
from kiosk.outside.gateway import Gateway
from kiosk.outside.json_interface import JsonInterface
from kiosk.outside.person_registry import StatePersonRegistry
from kiosk.outside.signing import CertificateVerifier, KeySigner, Signer
from kiosk.outside.signing_service import ServiceSigner
from kiosk.outside.transport import Line
from kiosk.outside.wiring import Wiring, wiring


@dataclass(frozen=True)
class Outside:
    """One implementation for each port."""

    persons: PersonRegistry
    attachments: AttachmentRegister
    documents: DigitalDocuments


def connect(settings: Settings) -> Outside:
    """The state systems at the addresses in `settings`; nothing is called before the first question."""
    return connect_to(wiring(settings))


def connect_to(wires: Wiring) -> Outside:
    """The state systems as `wires` name them."""
    verifier = CertificateVerifier(wires.trusted)
    json_verifier = verifier if wires.json_signed else None
    signer = _signer(wires)
    persons = Gateway(Line("persons", wires.persons_url, wires.timeout), signer, verifier, wires.sender)
    consent = Gateway(Line("consent", wires.consent_url, wires.timeout), signer, verifier, wires.sender)
    attachments = Line("attachments", wires.attachments_url, wires.timeout)
    documents = Line("documents", wires.documents_url, wires.timeout)
    return Outside(
        persons=StatePersonRegistry(persons, wires.services),
        attachments=StateAttachmentRegister(JsonInterface(attachments, wires.attachments_token, json_verifier)),
        documents=StateDigitalDocuments(
            ConsentGate(consent, wires.services),
            JsonInterface(documents, wires.documents_token, json_verifier),
            wires.services.documents,
        ),
    )


def _signer(wires: Wiring) -> Signer:
    if wires.signer_url and wires.signer_key:
        return ServiceSigner(wires.signer_url, wires.timeout, wires.signer_key, wires.signer_password)
    return KeySigner(wires.signing_key)
