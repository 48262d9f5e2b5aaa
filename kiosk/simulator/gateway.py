"""The gateway: takes signed envelopes at its two addresses and passes each to the service it names."""

from collections import OrderedDict
from collections.abc import Callable

from flask import Blueprint, Response, request
from lxml import etree

from kiosk.simulator import kdp, persons
from kiosk.simulator.deliver import deliver, fault_now
from kiosk.simulator.envelope import Question, QuestionWrong, open_question, seal_answer
from kiosk.simulator.faults import Fault
from kiosk.simulator.state import box

blueprint = Blueprint("gateway", __name__)
_SUCCESS, _NO_SERVICE, _REPEATED = "SCSS001", "SCE001", "SCE002"  # only the first is the state's
_REMEMBERED = 10_000
Service = Callable[[Question, Fault], etree._Element]
_SERVICES: dict[str, tuple[str, Service]] = {
    "GBDFLUniversal_token": ("persons", persons.answer),
    "GBDFL_UniversalServiceSync": ("persons", persons.answer),
    "GBDFL_FamilyInfoToken": ("persons", persons.answer_family),
    "KDP_SERVICE": ("consent", kdp.answer),
}


@blueprint.post("/persons")
@blueprint.post("/consent")
def send_message() -> Response:
    """One question through the synchronous channel."""
    try:
        question = open_question(request.get_data(), box().keys.kiosk)
    except QuestionWrong as wrong:
        return Response(_soap_fault(str(wrong)), 500, content_type="text/xml; charset=utf-8")
    system, service = _SERVICES.get(question.service, ("persons", None))
    fault = fault_now(system)
    signer = box().keys.stranger if fault.mode == "stranger" else box().keys.own
    if service is None:
        content = seal_answer(question, None, _NO_SERVICE, signer)
    elif _seen(question.message_id):
        content = seal_answer(question, None, _REPEATED, signer)
    else:
        content = seal_answer(question, service(question, fault), _SUCCESS, signer)
    return deliver(system, fault, content, "text/xml; charset=utf-8")


def _seen(message_id: str) -> bool:
    """Whether this id was used before, which no repetition may do."""
    seen: OrderedDict[str, None] = box().message_ids
    if message_id in seen:
        return True
    seen[message_id] = None
    while len(seen) > _REMEMBERED:
        seen.popitem(last=False)
    return False


def _soap_fault(sentence: str) -> bytes:
    soap = "http://schemas.xmlsoap.org/soap/envelope/"
    envelope = etree.Element(f"{{{soap}}}Envelope", nsmap={"soap": soap})
    fault = etree.SubElement(etree.SubElement(envelope, f"{{{soap}}}Body"), f"{{{soap}}}Fault")
    etree.SubElement(fault, "faultcode").text = "soap:Client"
    etree.SubElement(fault, "faultstring").text = sentence
    content: bytes = etree.tostring(envelope, encoding="UTF-8", xml_declaration=True)
    return content
