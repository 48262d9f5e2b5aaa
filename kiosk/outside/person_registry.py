"""The persons register: the state database of natural persons (GBD FL), asked by IIN through the gateway."""

from datetime import date
from typing import TypeVar
from uuid import uuid4

from lxml import etree

from kiosk.clinic.ports import CONSENT_GIVEN, Basis, IdentityDocument, Person, PersonAnswer
from kiosk.outside import codes
from kiosk.outside.gateway import Gateway, Question, Reply, message_date
from kiosk.outside.markup import MarkupWrong, find_text, text
from kiosk.outside.wiring import Services

T = TypeVar("T")
_PERSONS, _FAMILY = "urn:qabyldau:persons", "urn:qabyldau:family"


class StatePersonRegistry:
    """Fulfils PersonRegistry by two questions: who this is, and who the children are."""

    def __init__(self, gateway: Gateway, services: Services) -> None:
        self._gateway = gateway
        self._services = services

    def find_person(self, iin: str, basis: Basis) -> PersonAnswer | None:
        """What is known of this IIN, None for nobody; raises RegisterSilent."""
        return self._gateway.line.ask(lambda until: self._find(iin, basis, until))

    def _find(self, iin: str, basis: Basis, until: float) -> PersonAnswer | None:
        correlation = basis.correlation or str(uuid4())
        try:
            reply = self._ask(self._services.persons, _PERSONS, iin, basis, correlation, until)
            person = _only(reply.data.findall("persons/person"), iin)
            if person is None:
                return None
            family = self._ask(self._services.family, _FAMILY, iin, basis, correlation, until)
            return _answer(person, _children(family.data, iin), reply)
        except MarkupWrong:
            raise self._gateway.line.silent() from None

    def _ask(self, service: str, namespace: str, iin: str, basis: Basis, correlation: str, until: float) -> Reply:
        message_id = str(uuid4())
        fields = [
            ("messageId", message_id),
            ("messageDate", message_date()),
            ("senderCode", self._gateway.sender.code),
            ("iin", iin),
            ("kdpToken", basis.token if basis.kind == CONSENT_GIVEN else None),
            ("publicKey", basis.public_key if basis.kind == CONSENT_GIVEN else None),
        ]
        reply = self._gateway.exchange(Question(service, namespace, "Request", fields), correlation, until)
        if text(reply.data, "requestId") != message_id:
            raise MarkupWrong
        if text(reply.data, "messageResult/code") != codes.PERSONS_SUCCESS:
            raise MarkupWrong
        return reply


def _only(persons: list[etree._Element], iin: str) -> etree._Element | None:
    """The one person, be it said twice; somebody else is never taken for them."""
    if len({etree.tostring(person, method="c14n") for person in persons}) > 1:
        raise MarkupWrong
    if persons and text(persons[0], "iin") != iin:
        raise MarkupWrong
    return persons[0] if persons else None


def _children(family: etree._Element, iin: str) -> tuple[str, ...]:
    if text(family, "iin") != iin:
        raise MarkupWrong
    return tuple(dict.fromkeys(text(child, "iin") for child in family.findall("children/child")))


def _answer(said: etree._Element, children: tuple[str, ...], reply: Reply) -> PersonAnswer:
    person = Person(
        iin=text(said, "iin"),
        surname=find_text(said, "surname") or "",
        name=find_text(said, "name") or "",
        patronymic=find_text(said, "patronymic") or "",
        birth_date=_day(text(said, "birthDate")),
        sex=_code(codes.SEX, text(said, "gender/code")),
        phone=find_text(said, "phone") or "",
        children=children,
    )
    documents = tuple(_document(one) for one in said.findall("documents/document"))
    alive = _code(codes.ALIVE, text(said, "lifeStatus/code"))
    return PersonAnswer(person, documents, alive, reply.message_id, reply.received_at)


def _document(said: etree._Element) -> IdentityDocument:
    kind = codes.DOCUMENT_KIND.get(text(said, "type/code"), codes.OTHER_KIND)
    status = codes.DOCUMENT_STATUS.get(text(said, "status/code"))
    if status is None and kind in codes.JUDGED_KINDS:
        raise MarkupWrong  # an unknown code is silence, never doubt about a document
    ends = find_text(said, "endDate")
    return IdentityDocument(kind, text(said, "number"), _day(ends) if ends else None, status or codes.OTHER_KIND)


def _code(known: dict[str, T], code: str) -> T:
    if code not in known:
        raise MarkupWrong
    return known[code]


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise MarkupWrong from None
