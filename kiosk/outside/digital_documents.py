"""The digital documents service: by the owner's consent, or by a code or QR that the owner shows."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from kiosk import clock
from kiosk.clinic.identity import is_iin
from kiosk.clinic.ports import ConsentAnswer, ConsentToken, DocumentAnswer, IdentityDocument
from kiosk.outside import codes
from kiosk.outside.consent_gate import ConsentGate
from kiosk.outside.json_interface import JsonInterface

_LONGEST_PAYLOAD = 2048


class StateDigitalDocuments:
    """Fulfils DigitalDocuments."""

    def __init__(self, gate: ConsentGate, interface: JsonInterface, service: str) -> None:
        self._gate = gate
        self._interface = interface
        self._service = service

    def request_consent(self, iin: str, correlation: str | None = None) -> ConsentAnswer:
        """Fulfils DigitalDocuments."""
        return self._gate.request(iin, correlation)

    def find_consent(self, request_id: str, correlation: str | None = None) -> ConsentAnswer:
        """Fulfils DigitalDocuments."""
        return self._gate.state(request_id, correlation)

    def submit_code(self, request_id: str, code: str, correlation: str | None = None) -> ConsentAnswer:
        """Fulfils DigitalDocuments."""
        return self._gate.submit(request_id, code, correlation)

    def send_again(self, request_id: str, correlation: str | None = None) -> ConsentAnswer:
        """Fulfils DigitalDocuments."""
        return self._gate.repeat(request_id, correlation)

    def withdraw_consent(self, request_id: str, correlation: str | None = None) -> ConsentAnswer:
        """Fulfils DigitalDocuments."""
        return self._gate.withdraw(request_id, correlation)

    def find_document(self, iin: str, token: ConsentToken, correlation: str | None = None) -> DocumentAnswer | None:
        """Fulfils DigitalDocuments: one question for each kind of document, until one is there."""
        for code in codes.DIGITAL_KIND:
            answer = self._answer("/document", self._request(iin, code, token), correlation)
            if answer and (answer.iin != iin or answer.document.kind != codes.DIGITAL_KIND[code]):
                raise self._interface.line.silent()
            if answer:
                return answer
        return None

    def find_presented(self, payload: str, correlation: str | None = None) -> DocumentAnswer | None:
        """Fulfils DigitalDocuments; a payload longer than any is unknown without asking."""
        if not payload or len(payload.encode()) > _LONGEST_PAYLOAD:
            return None
        return self._answer("/presentation", {"payload": payload}, correlation)

    def _request(self, iin: str, code: str, token: ConsentToken) -> dict[str, Any]:
        return {
            "iin": iin,
            "services": {"CODE": {"code": code, "serviceId": self._service, "url": None}},
            "documentType": {"code": code, "nameRu": None, "nameKk": None},
            "kdpToken": token.token,
            "publicKey": token.public_key,
        }

    def _answer(self, path: str, asked: dict[str, Any], correlation: str | None) -> DocumentAnswer | None:
        line = self._interface.line

        def once(until: float) -> DocumentAnswer | None:
            said, message_id = self._interface.post(path, asked, correlation or str(uuid4()), until)
            try:
                if path == "/presentation" and said["presented"] != sha256(asked["payload"].encode()).hexdigest():
                    raise line.silent()
                return _document(said["common"], message_id)
            except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
                raise line.silent() from None

        return line.ask(once)


def _document(common: dict[str, Any] | None, message_id: str) -> DocumentAnswer | None:
    if common is None:
        return None
    expires = common["docExpirationDate"]
    document = IdentityDocument(
        kind=codes.DIGITAL_KIND[common["docType"]["code"]],
        number=_written(common["docNumber"]),
        expires=None if expires is None else _day(expires),
        status="valid",
    )
    owner = _written(common["docOwner"]["iin"])
    if not is_iin(owner):
        raise ValueError("an owner without a number")
    return DocumentAnswer(owner, document, message_id, clock.now())


def _written(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a text is missing")
    return value


def _day(milliseconds: int) -> date:
    """The day of an epoch in milliseconds, which stands at midnight UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date()
