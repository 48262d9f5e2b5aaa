"""For every page: the glass's stylesheet, and the fixed clips of the voice."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, send_file

from kiosk.accessibility.panel import Panel
from kiosk.accessibility.prompts import Prompts
from kiosk.accessibility.voices import MEDIA_TYPES, find_clip

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


@everyone.get("/voice/<name>")
def fixed_clip(name: str) -> Any:
    """A fixed prompt: its name is its content, so it is kept for ever; nothing private has a name."""
    prompts: Prompts = current_app.extensions["prompts"]
    path = find_clip(prompts.directory, name)
    if path is None:
        abort(404)
    response = send_file(path, MEDIA_TYPES[path.suffix], conditional=True, etag=False)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
