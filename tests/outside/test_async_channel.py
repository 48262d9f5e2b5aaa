"""The asynchronous channel's envelope: read when it is signed and as agreed, refused otherwise."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from kiosk.outside.async_channel import AsyncMessage, read_message
from kiosk.outside.markup import MarkupWrong
from kiosk.outside.signing import CertificateVerifier, KeySigner, SignatureWrong
from tests.outside.conftest import Simulator

Send = Callable[..., AsyncMessage]
MESSAGE = """<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
 xmlns:a="http://bip.bee.kz/AsyncChannel/v10/Types" xmlns:t="urn:qabyldau:consent"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Header/><soap:Body wsu:Id="id-1"><a:sendMessage><request>
<messageInfo><messageId>m-1</messageId><correlationId>c-1</correlationId><serviceId>KDP_SERVICE</serviceId>
<messageType>NOTIFICATION</messageType><messageDate>2031-05-09T14:00:00.000+05:00</messageDate>
<sender><senderId>KDP</senderId></sender></messageInfo>
<messageData><data xsi:type="t:stateRequest"><messageId>m-2</messageId><requestId>r-1</requestId></data></messageData>
</request></a:sendMessage></soap:Body></soap:Envelope>"""


@pytest.fixture
def send(simulator: Simulator) -> Send:
    """The message with a change, signed by `signer`, as we read it."""
    keys: Path = simulator.var / "simulator"

    def read(before: str = "", after: str = "", signer: str = "gateway") -> AsyncMessage:
        assert before in MESSAGE
        envelope = etree.fromstring(MESSAGE.replace(before, after) if before else MESSAGE)
        content = KeySigner(keys / f"{signer}.pem").sign(envelope)
        return read_message(content, CertificateVerifier(keys / "trusted.pem"))

    return read


def test_a_message_is_read_whole(send: Send) -> None:
    message = send()
    assert (message.message_id, message.correlation_id, message.service) == ("m-1", "c-1", "KDP_SERVICE")
    assert (message.kind, message.sender) == ("NOTIFICATION", "KDP")
    assert message.sent_at == datetime(2031, 5, 9, 9, 0, tzinfo=UTC)
    assert message.data.findtext("requestId") == "r-1"


def test_correlation_may_be_missing(send: Send) -> None:
    assert send("<correlationId>c-1</correlationId>").correlation_id is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("NOTIFICATION", "GOSSIP"),
        ("<messageId>m-1</messageId>", ""),
        ("+05:00", ""),
        ("2031-05-09", "2031-15-09"),
        ("2031-05-09T14:00:00.000+05:00", "yesterday"),
        ("a:sendMessage>", "a:sendMessages>"),
        ("t:stateRequest", "t:noSuchType"),
        ("<requestId>r-1</requestId>", "<request>r-1</request>"),
    ],
)
def test_what_was_not_agreed_is_refused(send: Send, before: str, after: str) -> None:
    with pytest.raises(MarkupWrong):
        send(before, after)


def test_a_strangers_message_is_refused(send: Send) -> None:
    with pytest.raises(SignatureWrong):
        send(signer="stranger")


def test_an_unsigned_message_is_refused(simulator: Simulator) -> None:
    with pytest.raises(SignatureWrong):
        read_message(MESSAGE.encode(), CertificateVerifier(simulator.var / "simulator" / "trusted.pem"))
