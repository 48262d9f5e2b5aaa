"""The door: a known kiosk, a living visit, no caching; every request passes here first."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_htmx import HTMX
from werkzeug.wrappers import Response as AnyResponse

from kiosk import clock
from kiosk.accessibility import dates
from kiosk.clinic import visits
from kiosk.clinic.buildings import is_open
from kiosk.clinic.day_counts import STEPS
from kiosk.clinic.kiosk_settings import BOOK, CHANGE, FREE_TIMES, KioskSettings
from kiosk.clinic.places import Kiosk, find_kiosk, is_device
from kiosk.database import db, transaction
from kiosk.patient import journey
from kiosk.patient.here import Here, held, here, keys, visit
from kiosk.patient.visit import life, visit_from

MARK_EVERY = timedelta(seconds=1)
KIOSK_COOKIE, VISIT_COOKIE = "kiosk", "visit"
WHILE_OUT_OF_SERVICE = ("language", "help_", "help_called", "heartbeat", "end", "voice", "preferences_changed")
POLLED = ("patient.help_", "patient.document")
door = Blueprint("patient", __name__)
htmx = HTMX()


def go(endpoint: str, **values: Any) -> AnyResponse:
    """Answer a POST with the next page (303)."""
    return redirect(url_for(f"patient.{endpoint}", **values), 303)


def step(name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Let a page function run only when the journey allows `name`; else lead to the first unfinished step."""

    def guard(page: Callable[[], Any]) -> Callable[[], Any]:
        @wraps(page)
        def entered() -> Any:
            holds = name == "confirm" and held() is not None
            if not journey.may_enter(visit(), name, holds):
                return go(journey.first_unfinished(visit()))
            return page() if offered(name) else not_offered()

        return entered

    return guard


def offered(name: str) -> bool:
    """Whether this kiosk offers the service that a step belongs to; moving a booking is a service of its own."""
    settings, now = here().settings, visit()
    if name in ("doctor", "slot", "confirm") and now is not None and now.moving:
        return settings.offers(CHANGE)
    takes = name == "confirm" or (name == "slot" and request.method == "POST")
    if name in ("doctor", "slot") and not settings.offers(FREE_TIMES):
        return False
    return settings.offers(BOOK) if takes else True


def not_offered() -> AnyResponse:
    """The screen that says kindly that this kiosk does not do this, and where it is done."""
    return make_response(render_template("patient/not_offered.html"))


@door.before_app_request
def _enter() -> AnyResponse | None:
    """Before everything else, the check of form tokens too: even its answer needs to know where it stands."""
    return stand() if request.blueprint == door.name else None


def stand() -> AnyResponse | None:
    """Find out which kiosk asks and whose visit it is; the answer for what is no kiosk."""
    now = clock.now()
    g.visit = g.visit_token = None
    g.keys_noted = False
    kiosk = known_kiosk(now)
    if kiosk is None:
        g.language = "kk"
        return make_response(render_template("errors/not_a_kiosk.html", typed="", wrong=False), 403)
    settings = kiosk.effective_settings()
    g.here = Here(kiosk, kiosk.building, kiosk.building.organisation, settings, now)
    g.language = settings.default_language
    cookie = request.cookies.get(VISIT_COOKIE, "")
    living = visits.find_living(db.session(), keys(), cookie, kiosk.id, now) if cookie else None
    if living is not None:
        g.visit, g.visit_token, g.keys_noted = visit_from(living.content), cookie, living.keys
        g.visit_read, g.visit_written = living.content, set()
        g.language = g.visit.language
    closed = shown_instead((request.endpoint or "").removeprefix("patient."))
    seen = closed is None and _is_sign_of_life()  # the page that stands for all others renews itself
    if living is not None and seen and now + life(settings, g.visit) - living.alive_until > MARK_EVERY:
        _mark(cookie, now, settings)
    return closed


def shown_instead(screen: str) -> AnyResponse | None:
    """The page that stands for this screen while the kiosk is out of service."""
    return None if screen in WHILE_OUT_OF_SERVICE else _out_of_service()


def _is_sign_of_life() -> bool:
    """Whether a person may have asked for this; what a page looks after by itself says nothing of anybody."""
    return request.method == "GET" and not (htmx and request.endpoint in POLLED)


def _out_of_service() -> AnyResponse | None:
    """The page that stands for all others while staff have put this kiosk out of service, or after hours."""
    place = here()
    closed = place.settings.closed_outside_hours and not is_open(db.session(), place.building, place.now)
    if not place.settings.out_of_service and not closed:
        return None
    return make_response(render_template("patient/out_of_service.html", closed=closed), 503)


def known_kiosk(now: datetime) -> Kiosk | None:
    """The kiosk whose device cookie this browser carries; in the demo every browser is the demo kiosk."""
    presented = request.cookies.get(KIOSK_COOKIE, "")
    kiosk = find_kiosk(db.session(), presented, now) if presented else None
    demo_token: str | None = current_app.extensions["demo_kiosk_token"]
    if kiosk is None and demo_token and not (presented and is_device(db.session(), presented)):
        g.new_kiosk_token = demo_token
        kiosk = find_kiosk(db.session(), demo_token, now)
    return kiosk


def _mark(cookie: str, now: datetime, settings: KioskSettings) -> None:
    screen = (request.endpoint or "").removeprefix("patient.")
    with transaction() as work:
        visits.mark_alive(work, cookie, now, life(settings, g.visit), screen if screen in STEPS else "")


@door.after_request
def _leave(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("HX-Request")
    if g.get("new_kiosk_token"):
        _set_cookie(response, KIOSK_COOKIE, g.new_kiosk_token, max_age=400 * 86400)
    if request.cookies.get(VISIT_COOKIE) != g.visit_token:
        if g.visit_token:
            _set_cookie(response, VISIT_COOKIE, g.visit_token)
        else:
            response.delete_cookie(VISIT_COOKIE, httponly=True, samesite="Strict")
    return response


def _set_cookie(response: Response, name: str, value: str, max_age: int | None = None) -> None:
    response.set_cookie(name, value, max_age=max_age, httponly=True, samesite="Strict", secure=request.is_secure)


@door.app_template_global()
def day_near(moment: datetime) -> str:
    """The day of an instant: today, tomorrow, or weekday, day and month."""
    day = dates.local(moment, here().zone).date()
    near = dates.nearness(day, dates.local(here().now, here().zone).date())
    words: dict[str, str] = {"today": gettext("today"), "tomorrow": gettext("tomorrow")}
    return words.get(near or "", dates.day_of(day, g.language))
