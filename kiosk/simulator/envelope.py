"""The gateway's envelope seen from its own side: opening signed questions, sealing signed answers."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Lock
from uuid import uuid4
from zoneinfo import ZoneInfo

from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureConstructionMethod
from signxml.signer import SignatureReference, XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from kiosk import clock
from kiosk.config import HOME_ZONE
from kiosk.simulator.keys import KeyPair

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
_WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
_SYNC = "http://bip.bee.kz/SyncChannel/v10/Types"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = Path(__file__).parent.parent / "outside" / "schemas" / "sync_channel.xsd"
_OUR_ZONE = timedelta(hours=5)
_checking = Lock()


class QuestionWrong(Exception):
    """What came is no question of this gateway; the text says why."""


@dataclass(frozen=True)
class Question:
    """A question that passed the gateway; `type` is {namespace}name of its payload."""

    service: str
    message_id: str
    correlation_id: str | None
    type: str
    data: etree._Element

    def said(self, path: str) -> str:
        """The text at `path` in the payload, empty where there is none."""
        return (self.data.findtext(path) or "").strip()


def open_question(content: bytes, sender: KeyPair) -> Question:
    """The question in a signed envelope; raises QuestionWrong."""
    body = _signed_body(content, sender)
    with _checking:
        if len(body) != 1 or not _schema().validate(body[0]):
            raise QuestionWrong(f"The body breaks the schema at {_broken_at(_schema())}.")
    info, data = body[0].find("request/requestInfo"), body[0].find("request/requestData/data")
    if info is None or data is None:
        raise QuestionWrong("This channel takes requests only.")
    sent = datetime.fromisoformat(info.findtext("messageDate") or "")
    if sent.utcoffset() != _OUR_ZONE:
        raise QuestionWrong("messageDate must carry the zone of Kazakhstan, +05:00.")
    prefix, _, name = (data.get(f"{{{_XSI}}}type") or "").rpartition(":")
    return Question(
        service=info.findtext("serviceId") or "",
        message_id=info.findtext("messageId") or "",
        correlation_id=info.findtext("correlationId"),
        type=f"{{{data.nsmap.get(prefix or None)}}}{name}",
        data=data,
    )


def seal_answer(question: Question, data: etree._Element | None, status: str, signer: KeyPair) -> bytes:
    """The signed envelope that answers `question` with `data`, or with a status alone."""
    names = {"soap": _SOAP, "wsu": _WSU, "sync": _SYNC, "xsi": _XSI, "t": question.type[1:].partition("}")[0]}
    envelope = etree.Element(f"{{{_SOAP}}}Envelope", nsmap=names)
    security = etree.SubElement(etree.SubElement(envelope, f"{{{_SOAP}}}Header"), f"{{{_WSSE}}}Security")
    body = etree.SubElement(envelope, f"{{{_SOAP}}}Body")
    body.set(f"{{{_WSU}}}Id", f"id-{uuid4()}")
    response = etree.SubElement(etree.SubElement(body, f"{{{_SYNC}}}SendMessageResponse"), "response")
    _respond(etree.SubElement(response, "responseInfo"), question, status)
    if data is not None:
        etree.SubElement(response, "responseData").append(data)
    _sign(envelope, security, body, signer)
    content: bytes = etree.tostring(envelope, encoding="UTF-8", xml_declaration=True)
    return content


def payload(type_name: str, children: Iterable[etree._Element]) -> etree._Element:
    """The `data` element of this type (in the question's own namespace)."""
    data = etree.Element("data", nsmap={"xsi": _XSI})
    data.set(f"{{{_XSI}}}type", f"t:{type_name}")
    data.extend(list(children))
    return data


def element(name: str, content: str | Iterable[etree._Element] | None) -> etree._Element:
    """An element with text or with children."""
    made = etree.Element(name)
    if content is None or isinstance(content, str):
        made.text = content
    else:
        made.extend([deepcopy(child) for child in content])
    return made


def elements(*named: tuple[str, str | Iterable[etree._Element] | None]) -> list[etree._Element]:
    """An element for each pair that has a content."""
    return [element(name, content) for name, content in named if content is not None]


def stamp(moment: datetime | None = None) -> str:
    """A moment (now by default) as the gateway writes it."""
    return (moment or clock.now()).astimezone(ZoneInfo(HOME_ZONE)).isoformat(timespec="milliseconds")


def _respond(info: etree._Element, question: Question, status: str) -> None:
    info.extend(
        elements(
            ("messageId", str(uuid4())),
            ("correlationId", question.correlation_id),
            ("responseDate", stamp()),
            ("status", elements(("code", status), ("message", "simulator"))),
        )
    )


def _sign(envelope: etree._Element, security: etree._Element, body: etree._Element, signer: KeyPair) -> None:
    maker = XMLSigner(
        method=SignatureConstructionMethod.detached,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    reference = SignatureReference(URI=f"#{body.get(f'{{{_WSU}}}Id')}", inclusive_ns_prefixes=["xsi", "t"])
    security.append(
        maker.sign(
            envelope, key=signer.private, cert=[signer.certificate], reference_uri=[reference], id_attribute="Id"
        )
    )


def _signed_body(content: bytes, sender: KeyPair) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    if b"<!DOCTYPE" in content:
        raise QuestionWrong("Document types are not taken.")
    rules = SignatureConfiguration(location=f"./{{{_SOAP}}}Header/{{{_WSSE}}}Security/", verification_time=clock.now())
    try:
        envelope = etree.fromstring(content, parser=parser)
        result = XMLVerifier().verify(
            envelope, x509_cert=sender.certificate, expect_config=rules, id_attribute="Id", parser=parser
        )
        signed = result[0] if isinstance(result, list) else result
    except Exception as error:
        raise QuestionWrong(f"Not signed by a known sender ({type(error).__name__}).") from None
    if signed.signed_xml is None or signed.signed_xml.tag != f"{{{_SOAP}}}Body":
        raise QuestionWrong("The signature is not over the Body.")
    return signed.signed_xml


def _broken_at(schema: etree.XMLSchema) -> str:
    """The place alone: the library's sentence would quote what is there."""
    error = schema.error_log.last_error
    return str(error.path or "its beginning") if error else "its beginning"


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_SCHEMA))
