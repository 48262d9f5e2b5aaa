"""The glass's stylesheet; later, a preference changed and a sentence fetched."""

from typing import Any

from flask import Blueprint, Response, abort, current_app

from kiosk.accessibility.panel import Panel

everyone = Blueprint("everyone", __name__)


@everyone.get("/panel/<fingerprint>.css")
def panel_css(fingerprint: str) -> Any:
    """The stylesheet of one glass: its name is its content, so it is kept for ever."""
    panel: Panel = current_app.extensions["panel"]()
    if panel.fingerprint != fingerprint:
        abort(404)
    response = Response(panel.stylesheet, mimetype="text/css")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
