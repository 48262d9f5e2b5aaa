"""/staff/legal : the editions of the legal texts, beside what the kiosk shows today."""

from typing import Any

from flask import render_template

from kiosk.clinic.legal import edition_on, editions
from kiosk.clock import today
from kiosk.staff.blueprint import door
from kiosk.staff.scope import scope_of_mine


@door.get("/legal")
def legal() -> Any:
    """All editions, the one in force first marked, with its limits and grounds word for word."""
    day = today(scope_of_mine().zone)
    return render_template("staff/legal.html", editions=list(reversed(editions())), present=edition_on(day), day=day)
