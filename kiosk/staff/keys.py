"""/staff/keys/<layer>/<id> : which key of a kiosk's keypad does what, one field for each function."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, ValidationError

from kiosk.accessibility.keypad import FUNCTIONS, MODELS, WALKING, Table, changes_to, is_code, key_table, kiosk_table
from kiosk.clinic.kiosk_settings import merge
from kiosk.database import transaction
from kiosk.staff.acts import changed
from kiosk.staff.blueprint import door, go
from kiosk.staff.forms import SeenForm, text_field
from kiosk.staff.help_windows import Place
from kiosk.staff.settings import layers_above, place_or_403

LAYER = "<any(organisation, building, kiosk):layer>"
MODEL_NAMES = {"standard": _("arrows and letters"), "function-keys": _("function keys")}
FIELD, LONGEST = "key_", 80


@door.get(f"/keys/{LAYER}/<int:ident>")
def keys(layer: str, ident: int) -> Any:
    """The key table that holds here, and where it may be changed."""
    place = place_or_403(layer, ident)
    form = KeysForm(formdata=None)
    _fill(form, _model(place), _held(place))
    form.was_overtaken(place.settings)
    return _page(layer, place, form)


@door.post(f"/keys/{LAYER}/<int:ident>")
def keys_saved(layer: str, ident: int) -> Any:
    """Keep the table, or show the keys of the keypad that was chosen; a kiosk goes by it from its next screen on."""
    place = place_or_403(layer, ident)
    form = KeysForm(request.form)
    if "fill" in request.form and form.keypad.data in MODELS:
        _fill(form, form.keypad.data, key_table(form.keypad.data))
        return _page(layer, place, form)
    before = dict(place.settings)
    overtaken = form.was_overtaken(before)
    if not form.validate() or overtaken:
        return _page(layer, place, form, overtaken), 400
    model = form.keypad.data
    with transaction() as work:
        kept: Any = work.get_one(type(place), ident)
        kept.settings = {**before, "keypad": model, "keypad_keys": changes_to(model, _typed(form))}
        changed(work, f"{layer} {ident} keys", before, dict(kept.settings))
    return go("keys", layer=layer, ident=ident, done="saved")


def codes_of(text: str | None) -> tuple[str, ...]:
    """The codes that somebody typed, separated by commas or spaces."""
    return tuple((text or "").replace(",", " ").split())


class _Keys(SeenForm):
    """The keypad and the keys of each function, as `event.code` names them."""

    keypad = SelectField(_("Keypad"), choices=list(MODEL_NAMES.items()))

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides each field: no key does two things."""
        return bool(super().validate(extra_validators)) and _no_key_twice(self)


def _check(form: Any, field: Any) -> None:
    codes = codes_of(field.data)
    wrong = next((code for code in codes if not is_code(code)), None)
    if wrong:
        raise ValidationError(gettext("%(code)s is no name of a key. The page of the keys shows it.", code=wrong))
    if not codes and field.name.removeprefix(FIELD) in WALKING:
        raise ValidationError(gettext("Without this key nobody finds the way by keys."))


def _no_key_twice(form: Any) -> bool:
    seen: set[str] = set()
    for name in FUNCTIONS:
        for code in codes_of(form[FIELD + name].data):
            if code in seen:
                form[FIELD + name].errors = [gettext("%(code)s already does something else.", code=code)]
                return False
            seen.add(code)
    return True


def _field() -> Any:
    field = text_field("", LONGEST)
    field.kwargs["validators"] = [*field.kwargs["validators"], _check]
    return field


KeysForm: Any = type("KeysForm", (_Keys,), {FIELD + name: _field() for name in FUNCTIONS})


def _fill(form: Any, model: str, table: Table) -> None:
    form.keypad.data = model
    for name, codes in table.items():
        form[FIELD + name].data = ", ".join(codes)


def _typed(form: Any) -> Table:
    return {name: codes_of(form[FIELD + name].data) for name in FUNCTIONS}


def _model(place: Place) -> str:
    return merge(*layers_above(place), place.settings)[0].keypad


def _held(place: Place) -> Table:
    settings = merge(*layers_above(place), place.settings)[0]
    return kiosk_table(settings.keypad, settings.keypad_keys, {})


def _page(layer: str, place: Place, form: Any, overtaken: bool = False) -> str:
    return render_template(
        "staff/keys.html",
        layer=layer,
        place=place,
        form=form,
        functions=FUNCTIONS,
        overtaken=overtaken,
        done=gettext("Saved.") if request.args.get("done") else "",
    )
