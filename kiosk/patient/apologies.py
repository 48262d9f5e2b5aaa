"""Each obstacle and refusal -> what the patient is told, and the way forward."""

from dataclasses import dataclass, replace
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext

from kiosk.clinic import obstacles, refusals
from kiosk.patient.visit import Stop

STAFF, AGAIN, WAIT, CONSENT, REFUSAL = "staff", "again", "wait", "consent", "refusal"


@dataclass(frozen=True)
class Apology:
    """A heading, sentences, and the way forward: staff, again, wait, consent or refusal; `heard` is for the voice."""

    title: Any
    text: tuple[Any, ...]
    way: str = STAFF
    heard: tuple[Any, ...] = ()

    @property
    def said(self) -> tuple[Any, ...]:
        """What the voice says of it: the same, unless that would send a listener to a picture."""
        return self.heard or self.text


APOLOGIES: dict[type[Exception], Apology] = {
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
    obstacles.ConsentOver: Apology(
        _("Your consent has ended"),
        (_("It held for 10 minutes. Please agree once more on your phone, or place your card."),),
        CONSENT,
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
    obstacles.CodeIncomplete: Apology(
        _("The code has 6 digits"),
        (_("Type all the digits of the message. This did not cost a try."),),
        AGAIN,
    ),
    obstacles.CodeWrong: Apology(
        _("The code was not accepted"),
        (_("Take the newest message from 1414: each code opens only its own request. Compare the digits."),),
        AGAIN,
    ),
    obstacles.CodeRepeated: Apology(
        _("This code was typed before"),
        (_("It was not accepted then. Look for a newer message from 1414. This did not cost a try."),),
        AGAIN,
    ),
    obstacles.CodeLate: Apology(
        _("The code's time has run out"),
        (_("A code holds for 5 minutes. You can have another one sent, or use your card."),),
        AGAIN,
    ),
    obstacles.CodeSpent: Apology(
        _("This code can no longer be used"),
        (_("It was mistyped three times. You can have another one sent, or use your card."),),
        AGAIN,
    ),
    obstacles.NoMoreCodes: Apology(
        _("No more codes will be sent"),
        (_("Please use your card, or its number. Our staff can help you too. This is not a refusal."),),
        AGAIN,
    ),
    obstacles.SentJustNow: Apology(
        _("The message is still on its way"),
        (_("Another code can be sent a minute after the last one."),),
        AGAIN,
    ),
    obstacles.OwnerRefused: Apology(
        _("You chose not to agree"),
        (_("That is your right, and no refusal of the service. Use your card, or call our staff."),),
        AGAIN,
    ),
    obstacles.NotInCitizensBase: Apology(
        _("No phone is registered for this IIN"),
        (_("The base of mobile citizens has no number. Use your card now, and register your phone on eGov later."),),
        AGAIN,
    ),
    obstacles.PhoneChanged: Apology(
        _("The message went to another number"),
        (_("Use your card now. Your new number is registered on eGov or in a service centre."),),
        AGAIN,
    ),
    obstacles.DocumentForeign: Apology(
        _("This is another person's document"),
        (_("The code opened a document with another IIN. Nothing was shown. Use your own code or card."),),
        AGAIN,
    ),
    obstacles.NoDigitalDocument: Apology(
        _("There is no digital document"),
        (_("The service has neither your identity card nor your passport. Please use the card itself."),),
        AGAIN,
    ),
    obstacles.PresentationUnknown: Apology(
        _("The shown code was not accepted"),
        (_("A code works once and for a short time. Show a new one in the app, or use your card."),),
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
    obstacles.NoFreeTime: Apology(
        _("No free time"), (_("This is not a refusal: there is just no free time now."),), AGAIN
    ),
    obstacles.SlotTaken: Apology(
        _("This time has just been taken"),
        (_("Another patient was faster. Here are the nearest free times."),),
        AGAIN,
        (lazy_pgettext("spoken", "Another patient was faster. Here are the nearest free times."),),
    ),
    obstacles.SlotPast: Apology(
        _("This time has gone by"),
        (_("Here are the nearest free times."),),
        AGAIN,
        (lazy_pgettext("spoken", "Here are the nearest free times."),),
    ),
    obstacles.SlotWithdrawn: Apology(
        _("The clinic has changed the schedule"),
        (_("This time is no longer there. Here are the nearest free times."),),
        AGAIN,
        (lazy_pgettext("spoken", "This time is no longer there. Here are the nearest free times."),),
    ),
    obstacles.SlotUnknown: Apology(
        _("There is no such time"),
        (_("Please choose one of the times on the screen."),),
        AGAIN,
        (lazy_pgettext("spoken", "Please choose one of the times on the screen."),),
    ),
    obstacles.AlreadyBooked: Apology(
        _("You already have a booking"),
        (_("You can have one booking with a doctor of this kind. You can move or cancel it."),),
        AGAIN,
    ),
    obstacles.PatientBusy: Apology(
        _("You have another appointment at that time"), (_("Please choose another time."),), AGAIN
    ),
    obstacles.AppointmentUnknown: Apology(
        _("This booking is not there any more"), (_("It may have been moved or cancelled already."),), AGAIN
    ),
    obstacles.AppointmentStarted: Apology(
        _("This appointment has begun"), (_("It can no longer be moved or cancelled at the kiosk."),), AGAIN
    ),
    obstacles.CardNeeded: Apology(
        _("Please place your card"),
        (_("To move or cancel this booking the kiosk must read your card. Place it on the reader."),),
        AGAIN,
    ),
    obstacles.VisitEnded: Apology(_("The visit has ended"), (_("Please start again. Nothing was booked."),), AGAIN),
    refusals.DocumentUnreliable: Apology(_("The data in the document could not be confirmed."), (), REFUSAL),
    refusals.NotAttachedHere: Apology(_("You are not attached to this clinic."), (), REFUSAL),
}
BY_NAME = {kind.__name__: apology for kind, apology in APOLOGIES.items()}


PROBLEMS: dict[str, Apology] = {
    "stale": Apology(_("The page was open too long"), (_("Nothing was lost. Please press once more."),), AGAIN),
    "NumberWrong_iin": Apology(
        _("There is a mistake in the IIN"),
        (_("The IIN has 12 digits. Compare them with the document and correct them."),),
        AGAIN,
    ),
    "NumberWrong_document_number": Apology(
        _("There is a mistake in the document number"),
        (_("An identity card has 9 digits; a passport has N and 8 digits. Compare and correct them."),),
        AGAIN,
    ),
}


LEAD_TO_CARD = ("CodeLate", "CodeSpent", "NoMoreCodes", "OwnerRefused", "NotInCitizensBase", "PhoneChanged")
WITHOUT_CONSENT = _("Without your consent the kiosk asks nobody about you. Our staff will book for you.")


def problem(code: str) -> Apology | None:
    """What /identify says above its forms, for the code that a redirect carries; None for no problem."""
    return PROBLEMS.get(code) or BY_NAME.get(code)


def consent_problem(code: str) -> Apology | None:
    """The same for somebody whose card was read and whose consent is awaited: the card is no way out here."""
    found = problem(code)
    leads_to_card = code in LEAD_TO_CARD and found is not None
    return replace(found, text=(WITHOUT_CONSENT,), heard=()) if leads_to_card and found else found


def apology_for(name: str) -> Apology | None:
    """The apology for an obstacle's or refusal's class name."""
    return BY_NAME.get(name)


def stop_for(reason: Exception) -> Stop:
    """What the visit remembers of an obstacle or refusal."""
    facts = {
        name: str(value)
        for name in ("organisation", "organisation_name", "system", "ground")
        if (value := getattr(reason, name, None)) is not None
    }
    return Stop(type(reason).__name__, facts)
