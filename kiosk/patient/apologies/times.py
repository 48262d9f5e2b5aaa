"""What is told when a time, a booking or the visit itself is no longer there."""

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext

from kiosk.clinic import obstacles
from kiosk.patient.apologies.apology import AGAIN, Apology

TIMES: dict[type[Exception], Apology] = {
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
}
