"""The e-government gateway's synchronous channel: envelope, ids, routing, signature and what came back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from lxml import etree

from kiosk import clock
from kiosk.config import HOME_ZONE
from kiosk.outside.markup import MarkupWrong, check, parse, text, type_name
from kiosk.outside.signing import SOAP, WSU, SignatureWrong, Signer, Verifier
from kiosk.outside.transport import Line
from kiosk.outside.wiring import Sender

SYNC = "http://bip.bee.kz/SyncChannel/v10/Types"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SUCCESS = "SCSS001"
Fields = Iterable[tuple[str, str | None]]


@dataclass(frozen=True)
class Question:
    """One payload for one service: its type, its fields in order and the type of the answer."""

    service: str
    namespace: str
    type: str
    fields: Fields
    answer_type: str = "Response"


@dataclass(frozen=True)
class Reply:
    """The payload that came back and the ids under which it did."""

    data: etree._Element
    message_id: str
    received_at: datetime


class Gateway:
    """The synchronous channel for one system's services."""

    def __init__(self, line: Line, signer: Signer, verifier: Verifier, sender: Sender) -> None:
        self.line = line
        self.sender = sender
        self._signer = signer
        self._verifier = verifier

    def exchange(self, question: Question, correlation: str, until: float) -> Reply:
        """One question and its answer before `until` (monotonic); raises RegisterSilent whatever goes wrong."""
        try:
            content = self._signer.sign(self._envelope(question, correlation))
            headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
            received = self.line.send("POST", "", until, content=content, headers=headers)
            body = self._verifier.verify(parse(received.content))
            return self._opened(body, question, correlation)
        except (MarkupWrong, SignatureWrong):
            raise self.line.silent() from None

    def _envelope(self, question: Question, correlation: str) -> etree._Element:
        names = {"soap": SOAP, "wsu": WSU, "sync": SYNC, "xsi": _XSI, "t": question.namespace}
        envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap=names)
        etree.SubElement(envelope, f"{{{SOAP}}}Header")
        body = etree.SubElement(envelope, f"{{{SOAP}}}Body")
        body.set(f"{{{WSU}}}Id", f"id-{uuid4()}")
        request = etree.SubElement(etree.SubElement(body, f"{{{SYNC}}}SendMessage"), "request")
        info = etree.SubElement(request, "requestInfo")
        write(info, self._routing(question, correlation))
        write(etree.SubElement(info, "sender"), [("senderId", self.sender.code), ("password", self.sender.password)])
        data = etree.SubElement(etree.SubElement(request, "requestData"), "data")
        data.set(f"{{{_XSI}}}type", f"t:{question.type}")
        write(data, question.fields)
        return envelope

    def _routing(self, question: Question, correlation: str) -> Fields:
        return [
            ("messageId", str(uuid4())),
            ("correlationId", correlation),
            ("serviceId", question.service),
            ("messageDate", message_date()),
            ("routeId", question.service),
        ]

    def _opened(self, body: etree._Element, question: Question, correlation: str) -> Reply:
        if len(body) != 1:
            raise MarkupWrong
        check(body[0], "sync_channel")
        response = body[0].find("response")
        data = response.find("responseData/data") if response is not None else None
        if response is None or data is None or text(response, "responseInfo/status/code") != _SUCCESS:
            raise MarkupWrong
        if text(response, "responseInfo/correlationId") != correlation:
            raise MarkupWrong
        if type_name(data) != f"{{{question.namespace}}}{question.answer_type}":
            raise MarkupWrong
        return Reply(data, text(response, "responseInfo/messageId"), clock.now())


def message_date() -> str:
    """The present as the gateway writes it, with our zone."""
    return clock.now().astimezone(ZoneInfo(HOME_ZONE)).isoformat(timespec="milliseconds")


def write(parent: etree._Element, fields: Fields) -> None:
    """Append a child for each field that has a value."""
    for name, value in fields:
        if value is not None:
            etree.SubElement(parent, name).text = value
