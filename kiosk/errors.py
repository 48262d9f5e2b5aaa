"""What is said when a request cannot be answered: to patients in their words, to staff at their door."""

from typing import Any

from flask import Flask, current_app, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from kiosk import health
from kiosk.database import db
from kiosk.patient import screens
from kiosk.staff import kept
from kiosk.staff.login import sign_in_first


def answer(app: Flask) -> None:
    """Have every error of this application answered at the door where it happened."""
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _broken)
    if not app.testing:
        app.register_error_handler(Exception, _crashed)


def _stale(error: CSRFError) -> Any:
    """A page that was open too long: the same page again, with what was typed, and one sentence."""
    if request.endpoint == "patient.heartbeat" and ("X-CSRFToken" in request.headers or "csrf_token" in request.form):
        return "", 204  # its page is being left, and its token went with the visit: the next page tells it
    if request.path == "/identify" and "here" in g:
        return make_response(screens.identify.refreshed(), 400)
    if _at_a_desk():
        return make_response(kept.send_again(request.full_path.rstrip("?"), kept.typed()), 400)
    return make_response(
        render_template(
            "errors/message.html",
            heading=gettext("The page was open too long"),
            text=gettext("Nothing was lost. Please press once more."),
            back=_safe_path(),
        ),
        400,
    )


def _broken(error: HTTPException) -> Any:
    if error.code == 413 and request.path == "/identify":
        return redirect(url_for("patient.identify", again="CardUnreadable"), 303)
    if error.code is None or error.code < 400:
        return error
    if _at_a_desk():
        return _broken_desk(error.code)
    if request.blueprint is None:
        screens.stand()
    heading = gettext("There is no such page") if error.code in (404, 405) else gettext("The kiosk did not understand")
    text = gettext("Please start again from the first screen.")
    return make_response(render_template("errors/message.html", heading=heading, text=text, back="/"), error.code)


def _broken_desk(code: int) -> Any:
    """Nothing here for this role or building: the same sentence for what is forbidden and what does not exist."""
    if code == 401 and g.get("ended"):
        return sign_in_first()
    heading, text = gettext("This was not understood"), gettext("Nothing was changed. Go back and try once more.")
    if code in (403, 404, 405):
        heading = gettext("There is nothing here for you")
        text = gettext("Your role or building does not open this page, or it does not exist.")
    elif code == 413:
        text = gettext("What was sent is too large. Nothing was changed.")
    elif code >= 500:
        heading = gettext("Something went wrong")
        text = gettext("It was noted. Try once more; if it stays so, tell whoever looks after the server.")
    return make_response(render_template("errors/desk.html", heading=heading, text=text), code)


def _at_a_desk() -> bool:
    return request.path == "/staff" or request.path.startswith("/staff/")


def _crashed(error: Exception) -> Any:
    """Say sorry; the log names the kind of error and the place, never what a person typed."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
    health.log.error("%s at %s in %s", type(error).__name__, place, request.endpoint)
    db.session.rollback()
    if _at_a_desk():
        return _broken_desk(500)
    heading = gettext("Something went wrong at the kiosk")
    text = gettext("Please try again, or call our staff.")
    return make_response(render_template("errors/message.html", heading=heading, text=text, back="/"), 500)


def _safe_path() -> str:
    pages = {rule.rule for rule in current_app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return request.path if request.path in pages else "/"
