"""The window where a kiosk sends people for help: it must be one of the building's, whoever says or removes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import g
from flask_babel import gettext

from kiosk.clinic.kiosk_settings import merge
from kiosk.clinic.kiosks import kiosks_in
from kiosk.clinic.places import Building, Kiosk, Organisation
from kiosk.clinic.rooms import windows_of
from kiosk.database import db
from kiosk.staff.blueprint import my_buildings

Place = Organisation | Building | Kiosk
Overrides = Mapping[str, Any]


def is_said(form: Any, building: Building, own: Overrides, windows: Sequence[str]) -> bool:
    """Whether nobody in this building would be sent to a window that is not in its new list; else the form says who."""
    clinic = building.organisation.settings
    before = _astray(building, windows_of(building), clinic, building.settings, {})
    return _without_news(form, before, _astray(building, windows, clinic, own, {}))


def is_there(form: Any, place: Place, overrides: Overrides) -> bool:
    """Whether these settings of a clinic, building or kiosk send nobody to a window that is not there."""
    return _without_news(form, _astray_under(place, place.settings), _astray_under(place, overrides))


def _without_news(form: Any, before: list[str], after: list[str]) -> bool:
    fresh = [said for said in after if said not in before]
    if fresh:
        form.help_window.errors = [
            gettext("Not in the building's list of windows: %(who)s. Name one of them.", who="; ".join(fresh))
        ]
    return not fresh


def _astray_under(place: Place, overrides: Overrides) -> list[str]:
    if isinstance(place, Kiosk):
        house = place.building
        return _astray(house, windows_of(house), house.organisation.settings, house.settings, {place.id: overrides})
    if isinstance(place, Building):
        return _astray(place, windows_of(place), place.organisation.settings, overrides, {})
    return [said for one in my_buildings() for said in _astray(one, windows_of(one), overrides, one.settings, {})]


def _astray(
    building: Building,
    windows: Sequence[str],
    of_clinic: Overrides,
    of_building: Overrides,
    of_kiosks: Mapping[int, Overrides],
) -> list[str]:
    """Each place that would send people to a window that is not listed, with that window; none where no list is."""
    if not windows:
        return []
    places = [(building.names, merge(of_clinic, of_building)[0])]
    for one in kiosks_in(db.session(), building.id):
        places.append((one.names, merge(of_clinic, of_building, of_kiosks.get(one.id, one.settings))[0]))
    return [
        f"{names.in_(g.language)} - {settings.help_window}"
        for names, settings in places
        if settings.help_window not in windows
    ]
