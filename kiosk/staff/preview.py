"""/staff/preview : a kiosk's screens with settings that are not saved yet; nothing on them can be pressed."""

import re
from types import SimpleNamespace
from typing import Any

from flask import Response, abort, g, make_response, render_template, request, url_for
from flask_babel import force_locale

from kiosk.accessibility.panel import Panel
from kiosk.accessibility.preferences import Preferences, changed
from kiosk.clinic.kiosk_settings import KioskSettings, merge
from kiosk.staff.blueprint import door, now
from kiosk.staff.kiosks import kiosk_or_403
from kiosk.staff.preview_screens import SCREENS, content_of, template_of, visit_of
from kiosk.staff.settings import layers_above, settings_form
from kiosk.staff.settings_form import overrides_from

ZOOM = 0.45


@door.post("/kiosks/<int:ident>/preview")
def preview(ident: int) -> Any:
    """One of SCREENS as typed settings would make it; nothing is kept."""
    found = kiosk_or_403(ident)
    form = settings_form(request.form)
    form.validate()
    valid = {name: value for name, value in overrides_from(form, found.settings).items() if not _errors(form, name)}
    settings = merge(*layers_above(found), valid)[0]
    screen = request.form.get("screen", "")
    screen = screen if screen in SCREENS else "welcome"
    g.language = settings.default_language
    with force_locale(g.language):
        page = render_template(template_of(screen), **_as_kiosk(found, settings, screen))
    return make_response(_still(page, Panel.of(settings)))


@door.get("/preview/<mm>.css")
def preview_css(mm: str) -> Any:
    """The sizes of one glass, scaled to fit beside other windows."""
    if not re.fullmatch(r"\d{1,2}\.\d{4}", mm):
        abort(404)
    return Response(f":root{{--mm:{mm}px;zoom:{ZOOM}}}\n", mimetype="text/css")


def _as_kiosk(found: Any, settings: KioskSettings, screen: str) -> dict[str, Any]:
    place = {"kiosk": found, "building": found.building, "organisation": found.building.organisation}
    wanted = {"text_size": str(settings.text_size), "theme": settings.theme, "voice": settings.voice}
    preferences = changed(Preferences(), wanted)
    g.here = SimpleNamespace(**place, settings=settings, now=now(), zone=found.building.zone)
    return {
        "here": g.here,
        "visit": visit_of(screen, settings.default_language, preferences, now()),
        "language": settings.default_language,
        "preferences": preferences,
        "panel": Panel.of(settings),
        **content_of(screen, g.here, settings.default_language),
    }


def _errors(form: Any, name: str) -> bool:
    return name in form and bool(form[name].errors)


def _still(page: str, panel: Panel) -> str:
    """The page without scripts, deaf to touch and keys, with the sizes of the glass that was typed."""
    page = re.sub(r"(?s)<script\b.*?</script>|<meta http-equiv=\"refresh\"[^>]*>", "", page)
    page = re.sub(r"<(body)\b", r"<\1 inert", page)
    sheet = f'<link rel="stylesheet" href="{url_for("staff.preview_css", mm=f"{panel.mm:.4f}")}">'
    return page.replace("</head>", f"{sheet}</head>", 1)
