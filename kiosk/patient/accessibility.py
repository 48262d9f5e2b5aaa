"""/accessibility : the statement of what works for whom and what does not, and the conformance report behind it."""

from typing import Any

from flask import render_template, request

from kiosk.accessibility import conformance
from kiosk.clinic.legal import edition_on
from kiosk.patient.blueprint import door
from kiosk.patient.here import here


@door.get("/accessibility")
def accessibility() -> Any:
    """Show and say the statement, or one chapter of the report, requirement by requirement."""
    report, chapter = conformance.latest(), request.args.get("chapter", "")
    if chapter in tuple(conformance.CHAPTERS):
        findings = [(conformance.rows()[one.row], one.state) for one in report.chapter(chapter)]
        return render_template("patient/accessibility_chapter.html", chapter=chapter, findings=findings)
    edition = edition_on(here().now.date())
    return render_template("patient/accessibility.html", report=report, edition=edition)
