"""The register of the attached population: its JSON interface with the POST search."""

from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, request

from kiosk.simulator.clinics import clinic_name
from kiosk.simulator.control import body
from kiosk.simulator.deliver import deliver_json, demand_bearer, fault_now
from kiosk.simulator.population import Attached, Resident
from kiosk.simulator.state import box

blueprint = Blueprint("attachments", __name__, url_prefix="/attachments")
blueprint.before_request(demand_bearer)
_ACTIVE, _CONSIDERED = "1", "2"
_SEX = {"male": 3, "female": 2}
_DEAD = 1003


@blueprint.post("/person/search4/<int:page>/<int:size>")
def search(page: int, size: int) -> Response:
    """The persons with this IIN, found by the number in the body."""
    asked = str(body().get("fioiin"))
    fault = fault_now("attachments")
    resident = box().population.find(asked)
    if fault.mode == "wrong":
        resident = box().population.without(asked)
    found = [_person(resident)] if resident and page == 1 and size > 0 else []
    if fault.mode == "twice":
        found *= 2
    return deliver_json("attachments", fault, found)


@blueprint.get("/person/attachments")
def attachments() -> Response:
    """All attachments of a person, asked by the register's own PersonID."""
    fault = fault_now("attachments")
    asked = request.args.get("personId")
    resident = next((one for one in box().population.people if _number("person", one.iin) == asked), None)
    held = resident.attachment if resident else None
    rows = [_attachment(resident, held, code) for code in _clinics(held)] if resident and held else []
    return deliver_json("attachments", fault, rows)


def _person(one: Resident) -> dict[str, Any]:
    held = one.attachment
    active = held if held and held.status == "active" else None
    asked = held if held and held.status == "requested" else None
    return {
        "PersonID": _number("person", one.iin),
        "iin": one.iin,
        "lastName": one.surname,
        "firstName": one.name,
        "secondName": one.patronymic,
        "birthDate": one.birth_date.isoformat(),
        "sex": _SEX.get(one.sex),
        "isDel": False,
        "personStatus": None if one.alive else _DEAD,
        "deathDate": None,
        "isExistsDataOfDeath": not one.alive,
        "isExistsOpenRequest": asked is not None,
        "isExistsSomeActiveAttachment": len(_clinics(active)) > 1,
        "activeAttachment": active and _attachment(one, active, active.organisation),
        "OpenRequestAttach": asked and _attachment(one, asked, asked.organisation),
        "OpenRequestCA": None,
        "ConfirmRequestCA": None,
    }


def _clinics(held: Attached | None) -> list[str]:
    return [code for code in (held.organisation, held.duplicate_of) if code] if held else []


def _attachment(one: Resident, held: Attached, clinic: str) -> dict[str, Any]:
    return {
        "AttachmentID": _number("attachment", one.iin + clinic),
        "PersonID": _number("person", one.iin),
        "attachmentStatus": _ACTIVE if held.status == "active" else _CONSIDERED,
        "beginDate": held.since and held.since.isoformat(),
        "endDate": None,
        "orgHealthCare": {"id": clinic, "name": clinic_name(clinic)},
        "territotyServiceNumber": held.district,
    }


def _number(kind: str, text: str) -> str:
    """A number of the register's own that tells nothing of the IIN."""
    return str(int(sha256(f"{kind}:{text}".encode()).hexdigest()[:12], 16))
