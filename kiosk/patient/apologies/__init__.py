"""Each obstacle and refusal -> what the patient is told, and the way forward."""

from dataclasses import replace

from flask_babel import lazy_gettext as _

from kiosk.patient.apologies.apology import AGAIN, REFUSAL, Apology
from kiosk.patient.apologies.phone import PHONE
from kiosk.patient.apologies.times import TIMES
from kiosk.patient.apologies.who import WHO
from kiosk.patient.visit import Stop

__all__ = [
    "APOLOGIES",
    "LEAD_TO_CARD",
    "PROBLEMS",
    "REFUSAL",
    "Apology",
    "apology_for",
    "consent_problem",
    "problem",
    "stop_for",
]

APOLOGIES = WHO | PHONE | TIMES
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
