"""What is told when a consent, a code or a document on the phone does."""

from flask_babel import lazy_gettext as _

from kiosk.clinic import obstacles
from kiosk.patient.apologies.apology import AGAIN, CONSENT, Apology

PHONE: dict[type[Exception], Apology] = {
    obstacles.ConsentOver: Apology(
        _("Your consent has ended"),
        (_("It held for 10 minutes. Please agree once more on your phone, or place your card."),),
        CONSENT,
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
}
