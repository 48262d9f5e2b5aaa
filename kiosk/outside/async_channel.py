"""The gateway's asynchronous channel: its envelope, read and judged; no service of ours is asked through it yet."""

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from kiosk.outside.markup import MarkupWrong, check, find_text, parse, text
from kiosk.outside.signing import Verifier

_MESSAGE = "{http://bip.bee.kz/AsyncChannel/v10/Types}sendMessage"


@dataclass(frozen=True)
class AsyncMessage:
    """One message: `kind` is REQUEST, RESPONSE or NOTIFICATION, `data` the service's own payload."""

    message_id: str
    correlation_id: str | None
    service: str
    kind: str
    sent_at: datetime
    sender: str
    data: etree._Element


def read_message(content: bytes, verifier: Verifier) -> AsyncMessage:
    """The message in a signed envelope; raises MarkupWrong or SignatureWrong."""
    body = verifier.verify(parse(content))
    if len(body) != 1 or body[0].tag != _MESSAGE:
        raise MarkupWrong
    check(body[0], "async_channel")
    info, data = body[0].find("request/messageInfo"), body[0].find("request/messageData/data")
    if info is None or data is None:
        raise MarkupWrong
    return AsyncMessage(
        message_id=text(info, "messageId"),
        correlation_id=find_text(info, "correlationId"),
        service=text(info, "serviceId"),
        kind=text(info, "messageType"),
        sent_at=instant(text(info, "messageDate")),
        sender=text(info, "sender/senderId"),
        data=data,
    )


def instant(written: str) -> datetime:
    """An aware datetime from xs:dateTime; raises MarkupWrong where it names no zone or no moment."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise MarkupWrong from None
    if moment.tzinfo is None:
        raise MarkupWrong
    return moment
