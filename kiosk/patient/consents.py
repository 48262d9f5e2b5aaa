"""/consents : what was agreed to at this clinic's kiosks, and taking it back."""

from contextlib import suppress
from typing import Any

from flask import g, render_template, request

from kiosk.clinic import consent, slots
from kiosk.clinic.consent_text import consent_text_on
from kiosk.clinic.obstacles import RegisterSilent
from kiosk.database import db, transaction
from kiosk.patient.acts import record
from kiosk.patient.blueprint import door, go
from kiosk.patient.here import documents, here, keep, keys, visit, visit_ident

TERM_MINUTES, WITHDRAWN = 10, "withdrawn"


@door.get("/consents")
def consents() -> Any:
    """The text of consent, and the consents of the person who has identified."""
    place, now = here(), visit()
    operator = place.organisation.names.in_(g.language)
    if place.settings.operator_bin:
        operator = f"{operator}, {place.settings.operator_bin}"
    text = consent_text_on(place.now.date())
    return render_template(
        "patient/consents.html",
        sentences=text.sentences(g.language, operator, TERM_MINUTES),
        version=text.version,
        withdrawn=request.args.get("again") == WITHDRAWN,
        given=consent.consents_of(db.session(), keys(), now.actor.iin) if now and now.actor else [],
    )


@door.post("/consents")
def consent_withdrawn() -> Any:
    """Take a consent back; who identified by it is forgotten. Bookings made stay until they are cancelled."""
    now = visit()
    if now is None or now.actor is None:
        return go("consents")
    with transaction() as work:
        found = consent.find_consent(work, keys(), now.actor.iin, request.form.get("consent", ""))
        if found is None or found.withdrawn_at is not None:
            return go("consents")
        consent.withdraw(found, here().now)
        record(work, "consent_withdrawn", "consents", details={"withdrawn": found.ref})
        request_id = found.request_id
        if now.consent_ref == found.ref:
            slots.release(work, visit_ident())
            now.forget_person()
            keep(work)
    _tell_gate(request_id)
    return go("consents", again=WITHDRAWN)


def _tell_gate(request_id: str) -> None:
    service = documents()
    if service is not None:
        with suppress(RegisterSilent):  # the token is short-lived and was kept nowhere
            service.withdraw_consent(request_id)
