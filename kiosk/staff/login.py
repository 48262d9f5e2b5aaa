"""/staff/login : password and one-time code; /staff/alive, /staff/logout, /staff/language, the desks on /staff."""

from datetime import UTC, datetime
from typing import Any

from flask import current_app, g, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField, PasswordField, StringField

from kiosk.clinic import journal, sign_in
from kiosk.clinic.first_steps import first_steps
from kiosk.clinic.names import LANGUAGES
from kiosk.clinic.staff import find_member
from kiosk.database import db, transaction
from kiosk.staff import kept
from kiosk.staff.acts import staff_event
from kiosk.staff.blueprint import LANGUAGE_COOKIE, SESSION_COOKIE, door, go, keys, may, me, now

DEMO_TRIES = 10_000


class LoginForm(FlaskForm):  # type: ignore[misc]
    """Who, and the two proofs."""

    login = StringField(_("Login"))
    password = PasswordField(_("Password"))
    code = StringField(_("One-time code"))
    next = HiddenField()
    kept = HiddenField()


@door.get("/login")
def login() -> Any:
    """Ask for login, password and code."""
    if g.staff is not None:
        return go("home")
    form = LoginForm(next=request.args.get("next", ""))
    return render_template("staff/login.html", form=form, wrong=False, is_late=False)


def sign_in_first() -> Any:
    """The answer to a form whose session has ended: its sender is asked who they are, and what they typed is kept."""
    endpoint = (request.endpoint or "").removeprefix("staff.")
    if not kept.may_be_kept(endpoint):
        return go("login")
    form = LoginForm(formdata=None, kept=kept.keep(g.ended))
    return make_response(render_template("staff/login.html", form=form, wrong=False, is_late=True), 401)


@door.post("/alive")
def alive() -> Any:
    """Somebody works on a page that is open: the session goes on."""
    return "", 204


@door.post("/login")
def signed_in() -> Any:
    """Sign in, or say once that something is not right, without saying what."""
    form = LoginForm()
    typed = _typed(form)
    with transaction() as work:
        member = sign_in.judge(work, keys(), typed, now())
        if member is not None:
            g.staff, cookie = member, sign_in.begin(work, member, now())
            staff_event(work, "signed_in")
        else:
            _journal_failure(work, typed.login)
    if member is None:
        return make_response(render_template("staff/login.html", form=form, wrong=True, is_late=False), 400)
    late = kept.give_back(form.kept.data or "", member)
    response = make_response(late) if late else redirect(inside(form.next.data or ""), 303)
    response.set_cookie(
        SESSION_COOKIE, cookie, path="/staff", httponly=True, samesite="Strict", secure=request.is_secure
    )
    return response


@door.post("/logout")
def logout() -> Any:
    """Sign out of this browser."""
    with transaction() as work:
        sign_in.end(work, request.cookies.get(SESSION_COOKIE, ""))
        staff_event(work, "signed_out")
    response = go("login")
    response.delete_cookie(SESSION_COOKIE, path="/staff", httponly=True, samesite="Strict")
    return response


@door.post("/language")
def language() -> Any:
    """Speak another language from here on, on the same page."""
    wanted = request.form.get("language", "")
    response = redirect(inside(request.form.get("next", "")), 303)
    return keep_cookie(response, LANGUAGE_COOKIE, wanted) if wanted in LANGUAGES else response


def keep_cookie(response: AnyResponse, name: str, value: str) -> AnyResponse:
    """Keep a choice of this browser's, for the staff door alone, for a year."""
    response.set_cookie(
        name, value, max_age=400 * 86400, path="/staff", httponly=True, samesite="Strict", secure=request.is_secure
    )
    return response


@door.get("")
def home() -> Any:
    """The desks of whoever is signed in; who sets a clinic up sees what comes next until somebody has booked."""
    steps = first_steps(db.session(), me().organisation_id) if may("organisation_saved") else []
    following = next((one.name for one in steps if not one.done), "")
    return render_template("staff/home.html", steps=steps if following else [], following=following)


def _typed(form: LoginForm) -> sign_in.Credentials:
    demo = current_app.extensions["settings"].demo
    name = (form.login.data or "").strip()[:40]
    return sign_in.Credentials(
        login=name,
        knows_password=sign_in.knows_password(db.session(), name, (form.password.data or "")[:200]),
        code=(form.code.data or "")[:20],
        source=request.remote_addr or "",
        # an authenticator runs on the machine's own time, which in a demo may differ from the clinic's
        moments=(now(), datetime.now(UTC)) if demo else (now(),),
        code_once=not demo,
        tries_per_window=DEMO_TRIES if demo else 30,
    )


def _journal_failure(work: Any, name: str) -> None:
    member = find_member(work, name)
    if member is not None:
        event = journal.Event("sign_in_failed", channel="staff", details={"staff": member.ref, "role": member.role})
        journal.record(work, member.organisation_id, event, now())


def inside(path: str) -> str:
    """A page of this door and nothing else: no address from a form leads out of it."""
    adapter = current_app.url_map.bind("")
    inside = (path == "/staff" or path.startswith("/staff/")) and adapter.test(path, method="GET")
    return path if inside else url_for("staff.home")
