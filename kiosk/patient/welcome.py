"""/ : welcome, three languages, how to start; and the beginning, life and end of a visit."""

from typing import Any

from flask import g, render_template, request

from kiosk.clinic import calls, visits
from kiosk.database import db, transaction
from kiosk.patient.acts import leave
from kiosk.patient.blueprint import door, go
from kiosk.patient.here import begin, forget, here, save, visit, visit_ident
from kiosk.patient.standing import screen_named, stay
from kiosk.patient.visit import Visit, life


@door.get("/")
def welcome() -> Any:
    """Show how to start."""
    return render_template("patient/welcome.html")


@door.post("/language")
def language() -> Any:
    """Speak another language from here on; nothing else changes."""
    wanted = request.form.get("language", "")
    if wanted in here().settings.languages:
        if visit() is None:
            begin(Visit(wanted))
        else:
            g.visit.language = g.language = wanted
            save()
    return stay()


@door.post("/visit/alive")
def alive() -> Any:
    """Mark the visit alive: 204, or 410 when it is over and the page must go."""
    if g.visit_token is None:
        return "", 410
    if g.visit.calling and calls.find_open(db.session(), visit_ident()) is None:
        g.visit.calling = False
        save()
    with transaction() as work:
        marked = visits.mark_alive(work, g.visit_token, here().now, life(here().settings, g.visit))
    return "", 204 if marked else 410


@door.post("/visit/end")
def end() -> Any:
    """Forget everything and show the welcome screen; somebody who got no further is journalled as having left."""
    with transaction() as work:
        leave(work, screen_named(request.form.get("page", "")))
    forget()
    return go("welcome")
