"""/staff/calls : who called for help, and the answer that the patient will see and hear."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import abort, g, render_template, request
from flask_babel import gettext

from kiosk.clinic import calls
from kiosk.clinic.staff import logins
from kiosk.database import db, transaction
from kiosk.staff.acts import changed
from kiosk.staff.blueprint import KNOWN, door, go, me, my_buildings, now
from kiosk.staff.scope import scope_of_mine

ANSWERS = (calls.SEEN, calls.COMING, calls.DONE)
RECENT = timedelta(hours=1)


@door.get("/calls")
def calls_() -> Any:
    """The open calls of my buildings, oldest first; htmx asks for them again by itself."""
    mine, news = {one.id for one in my_buildings()}, call_news()
    recent = calls.answered_since(db.session(), me().organisation_id, now() - RECENT)
    return render_template(
        "staff/_calls_anew.html" if request.headers.get("HX-Request") else "staff/calls.html",
        news=news,
        is_news=request.args.get(KNOWN) != news.mark,
        watches_until=g.watches_until,
        zone=scope_of_mine().zone,
        calls=[(one, _state(one), one.is_escalated(now())) for one in _waiting()],
        recent=[one for one in recent if one.kiosk.building_id in mine],
        logins=logins(db.session(), me().organisation_id),
        steps=step_names(),
    )


@door.post("/calls")
def call_answered() -> Any:
    """Mark a call seen, coming or done: what is pressed here is what the patient sees and hears."""
    number, answer = request.form.get("call", ""), request.form.get("answer", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10 and answer in ANSWERS):
        abort(400)
    found = next((one for one in _waiting() if one.id == int(number)), None)
    if found is not None:
        before = {"state": found.state(now(), _patience(found)), "taken_by": found.taken_by}
        with transaction() as work:
            kept = calls.answer(work, int(number), answer, now(), me().ref)
            changed(work, f"call {number}", before, {"state": answer, "taken_by": kept and kept.taken_by})
    return go("calls_")


@door.get("/calls/badge")
def badge() -> Any:
    """What every open page asks for by itself: how many wait, and the alarm; nothing where that is known there."""
    news = call_news()
    if request.args.get(KNOWN) == news.mark:
        return "", 204
    return render_template("staff/_news.html", news=news)


@dataclass(frozen=True)
class CallNews:
    """The calls of my buildings that nobody comes to yet: how many, and those that have waited too long."""

    waiting: int
    escalated: list[calls.HelpCall]
    age: int | None  # seconds since the newest came of those that nobody has seen

    @property
    def mark(self) -> str:
        """Changes whenever a page has to say something new."""
        return "-".join(str(one) for one in (self.waiting, *(call.id for call in self.escalated)))


def call_news() -> CallNews:
    """What there is to tell about calls on every page of the staff door."""
    open_ = [one for one in _waiting() if one.coming_at is None]
    ages = [int((now() - one.asked_at).total_seconds()) for one in open_ if one.seen_at is None]
    return CallNews(len(open_), [one for one in open_ if one.is_escalated(now())], min(ages, default=None))


@door.context_processor
def _words() -> dict[str, Any]:
    return {"call_news": call_news}


def _waiting() -> list[calls.HelpCall]:
    mine = {one.id for one in my_buildings()}
    return [one for one in calls.open_calls(db.session(), me().organisation_id) if one.kiosk.building_id in mine]


def _patience(call: calls.HelpCall) -> timedelta:
    return timedelta(seconds=call.kiosk.effective_settings().help_patience)


def _state(call: calls.HelpCall) -> str:
    return call.state(now(), _patience(call))


def step_names() -> dict[str, str]:
    """What the steps of the journey are called at the desks."""
    return {
        "welcome": gettext("first screen"),
        "identify": gettext("showing a document"),
        "document": gettext("digital document"),
        "attachment": gettext("attachment"),
        "doctor": gettext("choosing a doctor"),
        "slot": gettext("choosing a time"),
        "confirm": gettext("confirming"),
        "ticket": gettext("ticket"),
        "appointments": gettext("own bookings"),
        "help": gettext("help"),
    }
