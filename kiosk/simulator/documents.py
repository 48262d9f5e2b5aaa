"""The digital documents service: by a consent's token, or by a code or QR shown on a phone."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response

from kiosk.simulator.control import body, refuse
from kiosk.simulator.deliver import deliver_json, demand_bearer, fault_now
from kiosk.simulator.population import Paper, Resident
from kiosk.simulator.state import box

blueprint = Blueprint("documents", __name__, url_prefix="/documents")
blueprint.before_request(demand_bearer)
_TYPE = {
    "identity_card": ("IdentityCard", "Жеке куәлік", "Удостоверение личности", "Identity card"),
    "passport": ("Passport", "Паспорт", "Паспорт", "Passport"),
    "birth_certificate": ("BirthCertificate", "Туу туралы куәлік", "Свидетельство о рождении", "Birth certificate"),
}
_SHOWN = ("identity_card", "passport")


@blueprint.post("/document")
def by_consent() -> Response:
    """One document of a person who agreed."""
    asked = body()
    iin, token = str(asked.get("iin")), str(asked.get("kdpToken"))
    fault = fault_now("documents")
    if not box().consents.opens(token, iin):
        refuse("This token opens nothing.", 403)
    wanted = (asked.get("documentType") or {}).get("code")
    population = box().population
    resident = population.without(iin) if fault.mode == "wrong" else population.find(iin)
    papers = resident.documents if resident else ()
    paper = next((one for one in papers if _TYPE.get(one.kind, ("",))[0] == wanted), None)
    return deliver_json("documents", fault, _answer(resident, paper))


@blueprint.post("/presentation")
def by_presentation() -> Response:
    """The document behind what a phone showed."""
    payload = str(body().get("payload"))
    fault = fault_now("documents")
    iin = box().presentations.find(payload)
    if fault.mode == "wrong":
        other = box().population.without(iin or "")
        iin, payload = other.iin if other else None, "something else"
    resident = box().population.find(iin) if iin else None
    papers = resident.documents if resident else ()
    paper = next((one for kind in _SHOWN for one in papers if one.kind == kind), None)
    presented = sha256(payload.encode()).hexdigest()
    return deliver_json("documents", fault, {"presented": presented, **_answer(resident, paper)})


def _answer(resident: Resident | None, paper: Paper | None) -> dict[str, Any]:
    if resident is None or paper is None:
        return {"common": None, "domain": None}
    code, kazakh, russian, english = _TYPE[paper.kind]
    common = {
        "docOwner": {
            "iin": resident.iin,
            "firstName": resident.name,
            "lastName": resident.surname,
            "middleName": resident.patronymic,
        },
        "docType": {"code": code, "nameKk": kazakh, "nameRu": russian, "nameEn": english},
        "docNumber": paper.number,
        "docIssuer": "Ішкі істер министрлігі",
        "docIssuedDate": _milliseconds(paper.issued),
        "docExpirationDate": _milliseconds(paper.expires),
        "docUri": f"{code}:{paper.number}",
    }
    return {"common": common, "domain": {}}


def _milliseconds(day: date | None) -> int | None:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000) if day else None
