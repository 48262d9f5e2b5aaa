"""/staff/unconfirmed : bookings made while the gateway was silent, and what it says of them since."""

from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _

from kiosk.clinic import unconfirmed
from kiosk.database import db
from kiosk.staff.blueprint import door, me

DIFFERENCES = {
    "NotAttachedHere": _("The register shows no attachment to this clinic."),
    "AttachmentPending": _("The attachment is still being considered."),
    "AttachmentsConflict": _("The register shows two attachments"),
    "PersonUnknown": _("The register does not know this person."),
    "PersonDeceased": _("The register says that the person has died."),
    "DocumentExpired": _("The document's term has ended"),
    "DocumentDoubted": _("The register does not show this document as valid"),
    "DocumentDiffers": _("The document's data differ from the register"),
}


@door.get("/unconfirmed", endpoint="unconfirmed")
def unconfirmed_page() -> Any:
    """Bookings by entry number, doctor and time: no name is needed to find them in the journal."""
    place = (me().organisation_id, me().building_id)
    return render_template(
        "staff/unconfirmed.html",
        differing=unconfirmed.differing(db.session(), *place),
        waiting=unconfirmed.waiting(db.session(), *place),
        words=DIFFERENCES,
    )
