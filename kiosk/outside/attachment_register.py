"""The register of the attached population: its JSON interface, searched by POST so that no URL holds an IIN."""

from datetime import date
from typing import Any
from uuid import uuid4

from kiosk import clock
from kiosk.clinic.obstacles import AttachmentsConflict, PersonDeceased, PersonUnknown
from kiosk.clinic.ports import Attachment, AttachmentAnswer, Basis
from kiosk.outside import codes
from kiosk.outside.json_interface import JsonInterface

SOURCE = "gateway"
_LONGEST_NAME = 300
_REQUESTS = ("OpenRequestAttach", "OpenRequestCA", "ConfirmRequestCA")


class StateAttachmentRegister:
    """Fulfils AttachmentRegister."""

    def __init__(self, interface: JsonInterface) -> None:
        self._interface = interface

    def get_attachments(self, iin: str, basis: Basis) -> AttachmentAnswer:
        """All active and requested attachments of this IIN.

        Raises RegisterSilent, and where the record itself is a matter for staff PersonUnknown (no record),
        PersonDeceased or AttachmentsConflict (a deleted record).
        """
        return self._interface.line.ask(lambda until: self._get(iin, basis.correlation or str(uuid4()), until))

    def _get(self, iin: str, correlation: str, until: float) -> AttachmentAnswer:
        found, message_id = self._interface.post("/person/search4/1/10", {"fioiin": iin}, correlation, until)
        try:
            person = self._only(found, iin)
            held = tuple(_attachment(row) for row in self._rows(person, correlation, until))
        except (KeyError, IndexError, TypeError, ValueError, AttributeError):
            raise self._interface.line.silent() from None
        return AttachmentAnswer(held, SOURCE, message_id, clock.now())

    def _only(self, found: Any, iin: str) -> dict[str, Any]:
        """The one person, be it said twice; somebody else is never taken for them."""
        if found == []:
            raise PersonUnknown
        first: dict[str, Any] = found[0]
        if any(one != first or one["iin"] != iin for one in found):
            raise self._interface.line.silent()
        if first["isDel"]:
            raise AttachmentsConflict
        if first["personStatus"] == codes.PERSON_DEAD or first["deathDate"] or first["isExistsDataOfDeath"]:
            raise PersonDeceased
        return first

    def _rows(self, person: dict[str, Any], correlation: str, until: float) -> list[dict[str, Any]]:
        rows = [person[name] for name in _REQUESTS if person[name]]
        if person["isExistsSomeActiveAttachment"]:
            asked = {"personId": str(person["PersonID"])}
            rows += self._interface.get("/person/attachments", asked, correlation, until)[0]
        elif person["activeAttachment"]:
            rows.append(person["activeAttachment"])
        if any(row["PersonID"] != person["PersonID"] for row in rows):
            raise self._interface.line.silent()
        return rows


def _attachment(row: dict[str, Any]) -> Attachment:
    clinic = row["orgHealthCare"]
    return Attachment(
        status=codes.ATTACHMENT_STATUS[row["attachmentStatus"]],
        organisation=_named(clinic["id"]),
        organisation_name=_named(clinic["name"]),
        district=_named(row["territotyServiceNumber"]) if row["territotyServiceNumber"] else "",
        since=date.fromisoformat(row["beginDate"]) if row["beginDate"] else None,
    )


def _named(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int) or not 0 < len(str(value)) <= _LONGEST_NAME:
        raise ValueError("a name that is none")
    return str(value)
