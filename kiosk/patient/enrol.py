"""/enrol : a browser becomes a kiosk by a one-time code typed on its own 403 page; no session is needed for that."""

from typing import Any

from flask import Blueprint, current_app, g, make_response, redirect, render_template, request, url_for

from kiosk import clock
from kiosk.clinic import journal, kiosks, sign_in
from kiosk.database import transaction
from kiosk.patient.blueprint import KIOSK_COOKIE

TRIES, DEMO_TRIES = 10, 10_000
enrolment = Blueprint("enrolment", __name__)


@enrolment.post("/enrol")
def enrol() -> Any:
    """Take the code: the device cookie and the welcome screen, or the same page with one sentence."""
    typed, now = request.form.get("code", "")[:40], clock.now()
    source = f"enrolment {request.remote_addr}"
    limit = DEMO_TRIES if current_app.extensions["settings"].demo else TRIES
    with transaction() as work:
        made = kiosks.enrol(work, typed, now) if sign_in.may_try(work, source, limit, now) else None
        if made is None:
            sign_in.count_try(work, source, now)
        else:
            kiosk, cookie = made
            facts = {"what": f"kiosk {kiosk.id} device", "before": {}, "after": {"enrolled": True}}
            event = journal.Event("changed", kiosk_id=kiosk.id, channel="kiosk", details=facts)
            journal.record(work, kiosk.building.organisation_id, event, now)
    if made is None:
        g.language = "kk"
        return make_response(render_template("errors/not_a_kiosk.html", typed=typed, wrong=True), 403)
    response = redirect(url_for("patient.welcome"), 303)
    lives = int(kiosks.DEVICE_LIVES.total_seconds())
    response.set_cookie(KIOSK_COOKIE, cookie, max_age=lives, httponly=True, samesite="Strict", secure=request.is_secure)
    response.headers["Cache-Control"] = "no-store"
    return response
