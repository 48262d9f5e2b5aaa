"""What is told when a card, a number or a register stands between the patient and the next step."""

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext

from kiosk.clinic import obstacles, refusals
from kiosk.patient.apologies.apology import AGAIN, REFUSAL, WAIT, Apology

WHO: dict[type[Exception], Apology] = {
    obstacles.CardUnreadable: Apology(
        _("The card could not be read"),
        (_("Place the card as the picture shows, barcode down, and hold it still."),),
        AGAIN,
        (lazy_pgettext("spoken", "Place the card as the picture shows, barcode down, and hold it still."),),
    ),
    obstacles.NumberWrong: Apology(
        _("There is a mistake in the number"),
        (_("Compare the digits with the document and correct them."),),
        AGAIN,
    ),
    obstacles.DocumentNumberNeeded: Apology(
        _("The document number is needed too"),
        (_("The IIN alone is not enough. Type the number of your document, or place the card again."),),
        AGAIN,
    ),
    obstacles.TooManyTries: Apology(
        _("Too many tries at this kiosk"),
        (_("Please wait ten minutes, or call our staff: they will help you now."),),
    ),
    obstacles.ForeignNumber: Apology(
        _("Our staff will register you"),
        (_("The kiosk cannot check a number of this kind yet. Our staff can."),),
    ),
    obstacles.PersonUnknown: Apology(
        _("No data were found"),
        (_("The state register has no data for this number. This is not a refusal: our staff will look into it."),),
    ),
    obstacles.PersonDeceased: Apology(
        _("Please speak to our staff"),
        (_("The register's data need to be corrected. Our staff will help you calmly and at once."),),
    ),
    obstacles.DocumentExpired: Apology(
        _("The document's term has ended"),
        (_("This is not a refusal. Our staff will tell you how to be seen today and how to renew the document."),),
    ),
    obstacles.DocumentDoubted: Apology(
        _("The register does not show this document as valid"),
        (_("It may have been replaced by a new one. Nothing is decided: our staff will check it with you."),),
    ),
    obstacles.DocumentDiffers: Apology(
        _("The document's data differ from the register"),
        (_("Nothing is decided: our staff will check it with you."),),
    ),
    obstacles.RegisterSilent: Apology(
        _("The service is temporarily unavailable"),
        (_("The state register does not answer. This is not a refusal. Try again, or call our staff."),),
        WAIT,
    ),
    obstacles.NotInList: Apology(
        _("You are not in the clinic's list"),
        (_("The kiosk goes by a list of the clinic, which may be late. This is not a refusal: our staff will check."),),
    ),
    obstacles.CardItselfNeeded: Apology(
        _("Please place your card"),
        (_("The clinic's list has no document numbers. The kiosk must read the card itself."),),
        AGAIN,
    ),
    obstacles.AttachmentPending: Apology(
        _("Your attachment is being considered"),
        (_("It takes 1 working day. After that you can book here. Our staff can tell you more."),),
    ),
    obstacles.AttachmentsConflict: Apology(
        _("The register shows two attachments"),
        (_("This is an error of the register. Our staff will help to correct it."),),
    ),
    obstacles.ChildNeedsStaff: Apology(
        _("Our staff will book for the child"),
        (_("The register gives no data about this child to the kiosk."),),
    ),
    refusals.DocumentUnreliable: Apology(_("The data in the document could not be confirmed."), (), REFUSAL),
    refusals.NotAttachedHere: Apology(_("You are not attached to this clinic."), (), REFUSAL),
}
