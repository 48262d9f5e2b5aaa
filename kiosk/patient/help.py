"""/help : call staff, and the honest answer."""

from datetime import timedelta
from typing import Any

from flask import g, render_template, request

from kiosk.clinic import calls
from kiosk.database import db, settle
from kiosk.patient import journey
from kiosk.patient.acts import record
from kiosk.patient.blueprint import door, go, htmx
from kiosk.patient.here import here, keep, present_visit, visit, visit_ident


@door.get("/help")
def help_() -> Any:
    """Offer to call, or tell how the call stands; htmx asks again by itself."""
    call = calls.find_open(db.session(), visit_ident()) if visit_ident() else None
    patience = timedelta(seconds=here().settings.help_patience)
    return render_template(
        "patient/_help.html" if htmx else "patient/help.html",
        call=call,
        came_from=journey.first_unfinished(visit()),
        state=call.state(here().now, patience) if call else None,
    )


@door.post("/help")
def help_called() -> Any:
    """Call staff to this kiosk; a second press does not call twice."""
    present_visit()
    page = request.form.get("page", "help")[:20]

    def deed(work: Any) -> None:
        if calls.ask(work, here().kiosk.id, visit_ident(), page, g.language, here().now) is not None:
            record(work, "help_called", page)
            g.visit.calling = True
            keep(work)

    settle(deed)
    return go("help_")
