"""The door of the staff: signed in, then by role and building."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import clock
from kiosk.clinic import sign_in
from kiosk.clinic.names import LANGUAGES
from kiosk.clinic.places import Building
from kiosk.clinic.staff import StaffMember, buildings_of
from kiosk.database import db, transaction
from kiosk.sealing import Keys
from kiosk.staff.rights import DESKS, WATCH, WHO

LONGEST_UPLOAD = 129 * 1024 * 1024
LONGEST_FORM = 2 * 1024 * 1024  # three pictures and texts of a sample document, a file of a big clinic's doctors
SESSION_COOKIE, LANGUAGE_COOKIE = "staff", "staff_language"
KNOWN = "known"  # in the address of a page that renews itself: what it shows already
door = Blueprint("staff", __name__, url_prefix="/staff")


def me() -> StaffMember:
    """Who is signed in."""
    member: StaffMember = g.staff
    return member


def now() -> datetime:
    """The instant of this request."""
    moment: datetime = g.now
    return moment


def keys() -> Keys:
    """The keys of this server."""
    ring: Keys = current_app.extensions["keys"]
    return ring


def at_my_building() -> dict[str, int]:
    """For the details of an entry: the building of whoever works for one alone, who will want to find it again."""
    building = me().building_id
    return {} if building is None else {"building": building}


def my_buildings() -> list[Building]:
    """The buildings in the scope of whoever is signed in."""
    return buildings_of(db.session(), me())


def building_or_403(ident: int) -> Building:
    """One building of my scope; anything else is 403, whether it exists or not."""
    found = next((one for one in my_buildings() if one.id == ident), None)
    return found or abort(403)


def may(endpoint: str) -> bool:
    """Whether whoever is signed in may enter this endpoint of the staff door."""
    roles = WHO.get(endpoint, frozenset())
    if roles is None:
        return True
    return g.staff is not None and g.staff.role in roles


def go(endpoint: str, **values: Any) -> AnyResponse:
    """Answer a POST with the next page (303)."""
    return redirect(url_for(f"staff.{endpoint}", **values), 303)


@door.before_app_request
def _enter() -> AnyResponse | None:
    """Before everything else, the check of form tokens too: even its answer needs to know who is asking."""
    if request.blueprint != door.name:
        return None
    g.now = clock.now()
    wanted = request.cookies.get(LANGUAGE_COOKIE, "")
    g.language = wanted if wanted in LANGUAGES else "kk"
    endpoint = (request.endpoint or "").removeprefix("staff.")
    g.staff = _signed_in(endpoint)
    if may(endpoint):
        if g.staff is not None:
            request.max_content_length = LONGEST_UPLOAD if endpoint == "import_uploaded" else LONGEST_FORM
        return None
    return _ask_who() if g.staff is None and endpoint in WHO else abort(403)


def _ask_who() -> AnyResponse:
    if request.headers.get("HX-Request"):
        response = make_response("", 401)
        response.headers["HX-Redirect"] = url_for("staff.login")
        return response
    if request.method == "POST":
        g.ended = sign_in.whose(db.session(), request.cookies.get(SESSION_COOKIE, ""))
        if g.ended is not None:
            request.max_content_length = LONGEST_FORM
            abort(401)  # answered by the sign-in page, which keeps what was typed where it can
    back = request.path if request.method == "GET" and request.path != "/staff" else None
    return redirect(url_for("staff.login", next=back), 303)


def _signed_in(endpoint: str) -> StaffMember | None:
    cookie = request.cookies.get(SESSION_COOKIE, "")
    found = sign_in.find_signed_in(db.session(), cookie, g.now) if cookie else None
    if found is None or (found.is_idle and endpoint not in WATCH):
        return None
    g.watches_until = found.until if found.is_idle else None
    if found.is_due and not found.is_idle and not _asks_by_itself():
        with transaction() as work:
            sign_in.mark_seen(work, cookie, g.now)
    return found.member


def _asks_by_itself() -> bool:
    """Whether an open page renews itself: that is no sign that somebody works, so the session may end meanwhile."""
    return "HX-Request" in request.headers or KNOWN in request.args


@door.after_request
def _leave(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("HX-Request")
    return response


@door.context_processor
def _staff_words() -> dict[str, Any]:
    mine = {"staff": g.get("staff"), "desks": [one for one in DESKS if may(one)], "may": may, "now": g.get("now")}
    return {**mine, "idle_seconds": int(sign_in.IDLE.total_seconds())}
