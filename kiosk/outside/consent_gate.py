"""The consent gate (KDP): the owner of the data is asked by phone, and answers with a code or a short message."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from lxml import etree

from kiosk.clinic.ports import CONSENT_STATES, VALID, ConsentAnswer, ConsentToken
from kiosk.outside.async_channel import instant
from kiosk.outside.gateway import Gateway, Question, Reply
from kiosk.outside.markup import MarkupWrong, find_text, text
from kiosk.outside.wiring import Services

_CONSENT = "urn:qabyldau:consent"
_PURPOSE = "Booking a doctor's appointment"
_TERM_MS = 600_000


class ConsentGate:
    """Asks for consent and follows what becomes of it; only questions about the state are ever repeated."""

    def __init__(self, gateway: Gateway, services: Services) -> None:
        self._gateway = gateway
        self._services = services

    def request(self, iin: str, correlation: str | None) -> ConsentAnswer:
        """Have the owner of `iin` asked; raises RegisterSilent."""
        sender = self._gateway.sender
        access = ";".join((self._services.persons, self._services.family, self._services.citizens_base))
        fields = [
            ("uin", iin),
            ("company", sender.company),
            ("company_bin", sender.company_bin),
            ("company_responsible", sender.company),
            ("employee_name", sender.code),
            ("access_name", access),
            ("personal_data_name", _PURPOSE),
            ("expiresIn", str(_TERM_MS)),
            ("omit-sms", "false"),
        ]
        return self._ask("getUserDataRequest", fields, None, correlation, repeatable=False)

    def state(self, request_id: str, correlation: str | None) -> ConsentAnswer:
        """Where the request stands; raises RegisterSilent."""
        return self._about("stateRequest", request_id, correlation, repeatable=True)

    def submit(self, request_id: str, code: str, correlation: str | None) -> ConsentAnswer:
        """Give the code, once, because each costs a try; raises RegisterSilent."""
        fields = [("requestId", request_id), ("code", code)]
        return self._ask("codeRequest", fields, request_id, correlation, repeatable=False)

    def repeat(self, request_id: str, correlation: str | None) -> ConsentAnswer:
        """Have a new code sent; raises RegisterSilent."""
        return self._about("repeatRequest", request_id, correlation, repeatable=False)

    def withdraw(self, request_id: str, correlation: str | None) -> ConsentAnswer:
        """Take the consent back; raises RegisterSilent."""
        return self._about("withdrawRequest", request_id, correlation, repeatable=True)

    def _about(self, kind: str, request_id: str, correlation: str | None, repeatable: bool) -> ConsentAnswer:
        return self._ask(kind, [("requestId", request_id)], request_id, correlation, repeatable)

    def _ask(
        self,
        kind: str,
        fields: Sequence[tuple[str, str]],
        request_id: str | None,
        correlation: str | None,
        repeatable: bool,
    ) -> ConsentAnswer:
        def once(until: float) -> ConsentAnswer:
            message_id = str(uuid4())
            stamped = [("messageId", message_id), *fields]
            question = Question(self._services.consent, _CONSENT, kind, stamped)
            try:
                reply = self._gateway.exchange(question, correlation or message_id, until)
                return _answer(reply, message_id, request_id)
            except MarkupWrong:
                raise self._gateway.line.silent() from None

        return self._gateway.line.ask(once, repeatable)


def _answer(reply: Reply, message_id: str, request_id: str | None) -> ConsentAnswer:
    said = reply.data
    state = text(said, "state")
    about = text(said, "requestId")
    if text(said, "messageId") != message_id or about != (request_id or about) or state not in CONSENT_STATES:
        raise MarkupWrong
    return ConsentAnswer(
        request_id=about,
        state=state,
        message_id=reply.message_id,
        received_at=reply.received_at,
        phone_ending=find_text(said, "phoneEnding") or "",
        tries_left=int(find_text(said, "triesLeft") or 0),
        sends_left=int(find_text(said, "sendsLeft") or 0),
        code_expires_at=_instant(said, "codeExpiresAt"),
        may_repeat_at=_instant(said, "repeatAfter"),
        token=_token(said) if state == VALID else None,
    )


def _token(said: etree._Element) -> ConsentToken:
    return ConsentToken(text(said, "accessToken"), text(said, "publicKey"), instant(text(said, "expiresAt")))


def _instant(said: etree._Element, path: str) -> datetime | None:
    written = find_text(said, path)
    return instant(written) if written else None
