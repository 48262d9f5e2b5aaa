"""/staff/settings/<layer>/<id> : what organisation, building and kiosk say of a kiosk, and where each value is from."""

from dataclasses import asdict
from typing import Any

from flask import abort, g, render_template, request
from flask_babel import gettext

from kiosk.accessibility.panel import Panel
from kiosk.clinic.doctors import doctors_of
from kiosk.clinic.kiosk_settings import DEFAULT, LAYERS, merge
from kiosk.clinic.names import LANGUAGES
from kiosk.clinic.places import Building, Kiosk
from kiosk.database import db, transaction
from kiosk.staff import help_windows
from kiosk.staff.acts import changed
from kiosk.staff.blueprint import building_or_403, door, go, me
from kiosk.staff.buildings import my_organisation
from kiosk.staff.help_windows import Place
from kiosk.staff.kiosks import kiosk_or_403
from kiosk.staff.preview_screens import SCREENS
from kiosk.staff.settings_form import GROUPS, SettingsForm, grouped, overrides_from, show, worded


@door.get("/settings/<any(organisation, building, kiosk):layer>/<int:ident>")
def settings(layer: str, ident: int) -> Any:
    """The settings that one layer says of its own, beside what holds without them."""
    place = place_or_403(layer, ident)
    form = settings_form(None)
    show(form, place.settings)
    form.was_overtaken(place.settings)
    return _page(layer, place, form)


@door.post("/settings/<any(organisation, building, kiosk):layer>/<int:ident>")
def settings_saved(layer: str, ident: int) -> Any:
    """Keep them; a running kiosk goes by them from its next screen on."""
    place = place_or_403(layer, ident)
    form = settings_form(request.form)
    before = dict(place.settings)
    overtaken = form.was_overtaken(before)
    if not form.validate() or not _agree(form, place) or overtaken:
        return _page(layer, place, form, overtaken), 400
    with transaction() as work:
        kept: Any = work.get_one(type(place), ident)
        kept.settings = overrides_from(form, before)
        changed(work, f"{layer} {ident} settings", before, dict(kept.settings))
    return go("settings", layer=layer, ident=ident, done="saved")


def settings_form(typed: Any) -> Any:
    """The form over the settings, with the doctors of my clinic to choose from."""
    form = SettingsForm(formdata=typed)
    form.doctors.choices = [
        (one.id, one.names.in_(g.language)) for one in doctors_of(db.session(), me().organisation_id)
    ]
    return form


def layers_above(place: Place) -> list[dict[str, Any]]:
    """The overrides of the layers above this place, outermost first."""
    if isinstance(place, Kiosk):
        return [place.building.organisation.settings, place.building.settings]
    return [place.organisation.settings] if isinstance(place, Building) else []


def _agree(form: Any, place: Place) -> bool:
    """What fields say together: the first language is offered, and the window for help is there."""
    overrides = overrides_from(form, place.settings)
    wanted = merge(*layers_above(place), overrides)[0]
    if wanted.default_language in wanted.languages:
        return help_windows.is_there(form, place, overrides)
    form.default_language.errors = [gettext("The first language must be one of those offered.")]
    return False


def place_or_403(layer: str, ident: int) -> Place:
    """The clinic, building or kiosk whose settings are asked for, if it is mine."""
    if layer == LAYERS[2]:
        return kiosk_or_403(ident)
    if layer == LAYERS[1]:
        return building_or_403(ident)
    mine = ident == me().organisation_id and me().building_id is None
    return my_organisation() if mine else abort(403)


def _page(layer: str, place: Place, form: Any, overtaken: bool = False) -> str:
    without, origins = merge(*layers_above(place))
    kept = merge(*layers_above(place), place.settings)[0]
    return render_template(
        "staff/settings.html",
        layer=layer,
        place=place,
        form=form,
        groups=grouped(),
        group_names=GROUPS,
        inherited={name: worded(name, value) for name, value in asdict(without).items()},
        origins=origins,
        default=DEFAULT,
        languages=LANGUAGES,
        overtaken=overtaken,
        screens=SCREENS,
        reach=Panel.of(kept).reach,
        done=gettext("Saved.") if request.args.get("done") else "",
    )
