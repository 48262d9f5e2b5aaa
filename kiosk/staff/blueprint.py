"""The door of the staff: until sign-in exists it opens in the demo only."""

from flask import Blueprint, abort, current_app, g

from kiosk import clock

door = Blueprint("staff", __name__, url_prefix="/staff")


@door.before_request
def _enter() -> None:
    if not current_app.extensions["settings"].demo:
        abort(404)
    g.language = "kk"
    g.now = clock.now()
