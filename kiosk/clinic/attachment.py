"""Attachment: may this person book in this clinic? (order ҚР ДСМ-194/2020; standard, row 9, ground 2)"""

from kiosk.clinic.obstacles import AttachmentPending, AttachmentsConflict
from kiosk.clinic.ports import Attachment, AttachmentAnswer
from kiosk.clinic.refusals import NotAttachedHere


def attached_here(answer: AttachmentAnswer, organisation: str) -> Attachment:
    """The one active attachment to `organisation`; raises the obstacle or refusal that stands in the way."""
    active = [one for one in answer.attachments if one.status == "active"]
    if len(active) > 1:
        raise AttachmentsConflict
    if active and active[0].organisation == organisation:
        return active[0]
    if any(one.status == "requested" and one.organisation == organisation for one in answer.attachments):
        raise AttachmentPending
    if active:
        raise NotAttachedHere(active[0].organisation, active[0].organisation_name)
    if any(one.status == "requested" for one in answer.attachments):
        raise AttachmentPending
    raise NotAttachedHere(None)
