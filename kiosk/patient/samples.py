"""/samples : the clinic's sample documents (standard, row 10), each to read, to hear and to print."""

from typing import Any

from flask import Response, render_template, request

from kiosk.clinic.sample_documents import SampleDocument, find_sample, samples_of
from kiosk.database import db
from kiosk.patient.blueprint import door, go
from kiosk.patient.here import here


@door.get("/samples")
def samples() -> Any:
    """The list, or the one sample that was chosen."""
    found = _chosen()
    if found:
        return render_template("patient/sample.html", sample=found)
    return render_template("patient/samples.html", samples=samples_of(db.session(), here().organisation.id))


@door.get("/samples/page")
def sample_page() -> Any:
    """The picture of a sample's page in one language."""
    sample = _chosen()
    page = sample.page(request.args.get("language", "")) if sample else None
    return Response(page.content, mimetype=page.media) if page else go("samples")


def _chosen() -> SampleDocument | None:
    chosen = request.args.get("sample", "")
    is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 10
    return find_sample(db.session(), here().organisation.id, int(chosen)) if is_number else None
