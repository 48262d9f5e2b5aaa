"""The oral answer of the standard (row 5), in the language of the patient, ready to be read aloud."""

from typing import Any

from flask import render_template
from flask_babel import force_locale
from markupsafe import Markup

from kiosk.clinic import booking
from kiosk.clinic.legal import edition_on
from kiosk.clinic.places import find_organisation
from kiosk.clinic.schedule import Doctor
from kiosk.clinic.ticket import Ticket
from kiosk.database import db
from kiosk.staff import serving
from kiosk.staff.blueprint import now
from kiosk.staff.served_doctors import Counts
from kiosk.staff.serving import Served

REFUSED, NO_TIME = "refused", "no_free_time"


def answer_to(person: Served, own: Doctor | None, doctors: list[Doctor], counts: Counts) -> Markup:
    """What was booked, moved or cancelled; or the refusal; or that there is no free time; empty while nothing is."""
    made = booking.find_by_ref(db.session(), person.done_ref) if person.done_ref else None
    if made is not None:
        return _said(person.language, person.done, ticket=Ticket.of(made), zone=made.doctor.building.zone)
    if person.stop == "NotAttachedHere" and not person.by_decision:
        return refusal(2, person.language, person.stop_clinic)
    if person.may_book and (own.id not in counts if own else not counts):
        return _no_time(person.language, own, [one for one in doctors if one.id in counts], counts)
    return Markup("")


def _no_time(language: str, own: Doctor | None, others: list[Doctor], counts: Counts) -> Markup:
    """That there is none, and the nearest one with somebody else."""
    first = min(others, key=lambda one: counts[one.id][1], default=None)
    at, zone = (counts[first.id][1], first.building.zone) if first else (None, "")
    return _said(language, NO_TIME, own=own, days=serving.settings().horizon_days, other=first, at=at, zone=zone)


def refusal(number: int, language: str, clinic: str | None = None) -> Markup:
    """A refusal on one of the two grounds, word for word, `clinic` being the code of where the person is attached.

    The law is in Kazakh and Russian only: in English its words are the Kazakh ones.
    """
    ground = edition_on(now().date()).ground(number)
    words = ground.ru if language == "ru" else ground.kk
    other = find_organisation(db.session(), clinic) if clinic else None
    name = other.names.in_(language) if other else ""
    return _said(language, REFUSED, number=number, ground=words, clinic=name)


def _said(language: str, done: str, **facts: Any) -> Markup:
    with force_locale(language):
        return Markup(  # noqa: S704 - the template has escaped what it was given
            render_template("staff/_answer.html", done=done, spoken_language=language, **facts)
        )
