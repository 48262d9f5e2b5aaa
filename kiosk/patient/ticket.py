"""/ticket : done; the same facts, what to bring, how to cancel, a calendar entry, paper."""

from typing import Any

import segno
from flask import g, render_template

from kiosk.clinic.booking import find_by_ref
from kiosk.clinic.ticket import Ticket, calendar_entry
from kiosk.database import db
from kiosk.patient.blueprint import door, go, step


@door.get("/ticket")
@step("ticket")
def ticket() -> Any:
    """Show the appointment that this visit made."""
    appointment = find_by_ref(db.session(), g.visit.ticket)
    if appointment is None or appointment.status != "booked":
        return go("appointments")
    facts = Ticket.of(appointment)
    code = segno.make(calendar_entry(facts, g.language), error="l", micro=False, boost_error=False)
    return render_template("patient/ticket.html", ticket=facts, qr=code.png_data_uri(scale=6, border=2))
