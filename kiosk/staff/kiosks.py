"""/staff/kiosks : the board of all kiosks; each with its name, the ways from it, in or out of service."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from flask import abort, g, render_template, request, session
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField

from kiosk import __version__
from kiosk.clinic import kiosks
from kiosk.clinic.buildings import FACTS
from kiosk.clinic.names import LANGUAGES, Names
from kiosk.clinic.places import PARTS, Kiosk
from kiosk.database import db, transaction
from kiosk.staff.acts import changed
from kiosk.staff.blueprint import building_or_403, door, go, my_buildings, now
from kiosk.staff.building_form import FACT_NAMES
from kiosk.staff.forms import SeenForm, all_or_none, names_from, show_names, three_fields

WAYS = (*FACTS, *PARTS)
PART_NAMES = {
    "reader": _("Card reader"),
    "keypad": _("Keypad"),
    "jack": _("Headphone jack"),
    "printer": _("Printer"),
}


class _Ways(SeenForm):
    def validate(self, extra_validators: Any = None) -> bool:
        """Every field by its own rules, then each way in all languages or none."""
        fields = bool(super().validate(extra_validators))
        return all([fields, *(all_or_none(self, f"way_{name}") for name in WAYS)])


def _way_fields() -> dict[str, Any]:
    fields = dict(three_fields("names", _("Name")))
    for name, words in (FACT_NAMES | PART_NAMES).items():
        fields |= three_fields(f"way_{name}", words, 300, required=False)
    return fields


class _New(SeenForm):
    building = SelectField(_("Building"), coerce=int)


class _Service(SeenForm):
    out_of_service = BooleanField(_("Out of service"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field by its own rules, then the message in all languages or none."""
        return bool(super().validate(extra_validators)) and all_or_none(self, "message")


KioskForm: Any = type("KioskForm", (_Ways,), _way_fields())
NewKioskForm: Any = type("NewKioskForm", (_New,), three_fields("names", _("Name")))
ServiceForm: Any = type("ServiceForm", (_Service,), three_fields("message", _("Message to patients"), required=False))


@door.get("/kiosks", endpoint="kiosks")
def kiosks_page() -> Any:
    """The board: which kiosk needs a person; htmx asks for it again by itself."""
    return _board(_new_form(None))


@door.post("/kiosks")
def kiosk_made() -> Any:
    """Add a kiosk to a building."""
    form = _new_form(request.form)
    if not form.validate():
        return _board(form), 400
    building = building_or_403(form.building.data)
    with transaction() as work:
        made = Kiosk(building_id=building.id, names=Names(**names_from(form, "names")), settings={}, ways={})
        work.add(made)
        work.flush()
        ident = made.id
        changed(work, f"kiosk {ident}", {}, {"names": names_from(form, "names"), "building": building.id})
    return go("kiosk", ident=ident, done="saved")


@door.get("/kiosks/<int:ident>")
def kiosk(ident: int) -> Any:
    """One kiosk: its name, the ways from it, its device, its health."""
    found, form = kiosk_or_403(ident), KioskForm(formdata=None)
    show_names(form, "names", asdict(found.names))
    for name in WAYS:
        show_names(form, f"way_{name}", found.ways.get(name))
    form.was_overtaken(_plain(found))
    return _page(found, form)


@door.post("/kiosks/<int:ident>")
def kiosk_saved(ident: int) -> Any:
    """Keep name and ways."""
    found, form = kiosk_or_403(ident), KioskForm()
    before = _plain(found)
    overtaken = form.was_overtaken(before)
    if not form.validate() or overtaken:
        return _page(found, form, overtaken=overtaken), 400
    with transaction() as work:
        kept = work.get_one(Kiosk, ident)
        kept.names = Names(**names_from(form, "names"))
        ways = {name: names_from(form, f"way_{name}") for name in WAYS}
        kept.ways = {name: words for name, words in ways.items() if any(words.values())}
        changed(work, f"kiosk {ident}", before, _plain(kept))
    return go("kiosk", ident=ident, done="saved")


@door.post("/kiosks/<int:ident>/service")
def kiosk_service(ident: int) -> Any:
    """Put a kiosk out of service with a word to patients, or back."""
    found, form = kiosk_or_403(ident), ServiceForm()
    overtaken = form.was_overtaken(_service(found))
    if not form.validate() or overtaken:
        return _page(found, _shown(found), service=form, overtaken=overtaken), 400
    said = names_from(form, "message")
    wanted = {
        "out_of_service": form.out_of_service.data,
        **{f"out_of_service_{code}": said[code] for code in LANGUAGES},
    }
    with transaction() as work:
        kept = work.get_one(Kiosk, ident)
        before = dict(kept.settings)
        rest = {name: value for name, value in before.items() if not name.startswith("out_of_service")}
        kept.settings = {**rest, **{name: value for name, value in wanted.items() if value}}
        changed(work, f"kiosk {ident} service", before, dict(kept.settings))
    return go("kiosk", ident=ident, done="saved")


def kiosk_or_403(ident: int) -> Kiosk:
    """One kiosk of my scope; anything else is 403, whether it exists or not."""
    found = db.session().get(Kiosk, ident)
    mine = {one.id for one in my_buildings()}
    return found if found is not None and found.building_id in mine else abort(403)


def _plain(found: Kiosk) -> dict[str, Any]:
    return {"names": asdict(found.names), "ways": found.ways}


def _service(found: Kiosk) -> dict[str, Any]:
    return {name: value for name, value in found.settings.items() if name.startswith("out_of_service")}


def _shown(found: Kiosk) -> Any:
    form = KioskForm(formdata=None)
    show_names(form, "names", asdict(found.names))
    for name in WAYS:
        show_names(form, f"way_{name}", found.ways.get(name))
    form.was_overtaken(_plain(found))
    return form


def _service_form(found: Kiosk) -> Any:
    form = ServiceForm(formdata=None)
    form.out_of_service.data = bool(found.settings.get("out_of_service"))
    show_names(form, "message", {code: found.settings.get(f"out_of_service_{code}", "") for code in LANGUAGES})
    form.was_overtaken(_service(found))
    return form


def _new_form(typed: Any) -> Any:
    form = NewKioskForm(typed)
    form.building.choices = [(one.id, one.names.in_(g.language)) for one in my_buildings()]
    return form


def _page(found: Kiosk, form: Any, service: Any = None, overtaken: bool = False) -> str:
    made = session.pop("enrolment_code", None)
    standing = next(one for one in kiosks.board(db.session(), [found.building], now()) if one.kiosk.id == found.id)
    return render_template(
        "staff/kiosk.html",
        kiosk=found,
        form=form,
        service=service or _service_form(found),
        standing=standing,
        code=made[1] if made and made[0] == found.id else None,
        code_minutes=kiosks.CODE_LIVES // timedelta(minutes=1),
        overtaken=overtaken,
        done=_done(),
    )


def _done() -> str:
    said = {
        "test": gettext("The kiosk tests its voices and its sound within a minute, while nobody is before it."),
        "keys": gettext("Within a minute the kiosk asks for each of its keys. Stand before it and press them."),
        "saved": gettext("Saved."),
    }
    return str(said.get(request.args.get("done", ""), ""))


def _board(form: Any) -> str:
    mine = my_buildings()
    standings = kiosks.board(db.session(), mine, now())
    part = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    return render_template(
        "staff/_kiosks.html" if part else "staff/kiosks.html",
        form=form,
        buildings=mine,
        standings=standings,
        alarms=kiosks.last_healthy(standings),
        version=__version__,
    )
