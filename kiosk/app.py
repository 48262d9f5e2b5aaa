"""create_app(): the only file that knows everyone."""

import gzip
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface
from flask_babel import Babel, get_locale
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from kiosk import __version__, clock, errors, health
from kiosk.accessibility import dates, own_words, spelling
from kiosk.accessibility.pages import everyone
from kiosk.accessibility.panel import Panel
from kiosk.accessibility.preferences import Preferences
from kiosk.accessibility.prompts import Prompts
from kiosk.accessibility.script import clips_in, line, private, says, says_of
from kiosk.accessibility.voices import VoiceClient
from kiosk.clinic.identity import mask_iin
from kiosk.clinic.kiosk_settings import KioskSettings
from kiosk.clinic.local_list import process
from kiosk.clinic.names import LANGUAGES
from kiosk.config import ROOT, Settings
from kiosk.database import db, engine_options
from kiosk.demo import demo_device_token
from kiosk.outside import Outside
from kiosk.outside.local_register import choose
from kiosk.patient import screens
from kiosk.sealing import Keys
from kiosk.staff import desks

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class SessionCookie(SecureCookieSessionInterface):
    """Flask's signed session cookie, Secure exactly when the request came by https."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """By the request, not by a setting that one of two doors would contradict."""
        return request.is_secure


def create_app(settings: Settings, outside: Outside) -> Flask:
    """The kiosk, connected to its database and to the `outside` world it was given."""
    app = Flask(__name__, static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    keys = Keys.of(settings.master_key)
    app.config.update(
        SECRET_KEY=keys.session,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=64 * 1024,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        SEND_FILE_MAX_AGE_DEFAULT=365 * 86400,
    )
    app.session_interface = SessionCookie()
    app.extensions.update(
        settings=settings,
        keys=keys,
        outside=outside,
        start_import=process.start,
        choose_registers=partial(choose, outside, keys),
        panel=_panel,
        prompts=Prompts.load(),
        voice=VoiceClient(settings.voice_socket),
        demo_kiosk_token=demo_device_token(keys) if settings.demo else None,
    )
    if settings.starts_at or settings.demo:
        clock.share(settings.clock_file)
    if settings.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    db.init_app(app)
    screens.htmx.init_app(app)
    Babel(app, locale_selector=lambda: g.get("language", "kk"))
    for room in (screens.door, screens.enrolment, everyone, desks.door, health.door):
        app.register_blueprint(room)
    CSRFProtect(app).exempt(
        screens.enrolment
    )  # after the doors: whoever presents a stale token is still somebody at a known kiosk
    _dress_templates(app)
    errors.answer(app)
    app.after_request(_protect)
    return app


def _dress_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(mask_iin=mask_iin, clips=clips_in)
    app.jinja_env.globals.update(
        asset=_asset_urls(Path(app.static_folder or "")),
        OWN_NAMES=own_words.OWN_NAMES,
        LANGUAGES=LANGUAGES,
        dates=dates,
        VERSION=__version__,
    )
    app.jinja_env.globals.update(
        line=line, says=says, says_of=says_of, private=private, spell=spelling, own_words=own_words
    )
    app.context_processor(_common)


def _common() -> dict[str, Any]:
    here = g.get("here")
    visit = g.get("visit")
    return {
        "language": str(get_locale() or "kk"),
        "here": here,
        "visit": visit,
        "preferences": visit.preferences if visit else _as_set(here),
        "panel": _panel(),
    }


def _as_set(here: Any) -> Preferences:
    """How a page looks when nobody has chosen: as the kiosk that asks is set."""
    return screens.default_preferences(here.settings) if here else Preferences()


def _panel() -> Panel:
    """The glass of the kiosk that asks; a browser that is none gets the commonest one."""
    kiosk = g.here.kiosk if "here" in g else screens.known_kiosk(clock.now())
    return Panel.of(kiosk.effective_settings() if kiosk else KioskSettings())


def _asset_urls(folder: Path) -> Any:
    known: dict[str, str] = {}

    def asset(name: str) -> str:
        if name not in known:
            known[name] = sha256((folder / name).read_bytes()).hexdigest()[:12]
        return f"/static/{name}?v={known[name]}"

    return asset


def _protect(response: Response) -> Response:
    response.headers.extend(HEADERS)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint == "static" and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    _squeeze(response)
    return response


def _squeeze(response: Response) -> None:
    """Text goes out compressed: no foreign page can ask for ours (cookies are SameSite=Strict) and guess by length."""
    text = (response.mimetype or "").startswith(("text/html", "text/css", "text/javascript", "image/svg"))
    if text and response.status_code == 200 and request.accept_encodings["gzip"] > 0:
        response.direct_passthrough = False
        response.set_data(gzip.compress(response.get_data(), 6))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
