"""/staff/doctors/districts : the districts, each with its doctor for adults and its doctor for children."""

from typing import Any

from flask import abort, make_response, render_template, request
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from kiosk.clinic import doctors as clinic
from kiosk.database import db, transaction
from kiosk.staff.acts import changed
from kiosk.staff.blueprint import door, go, me
from kiosk.staff.doctors import choices
from kiosk.staff.forms import SeenForm, at_most, needed, stripped
from kiosk.staff.scope import my_doctors


class DistrictForm(SeenForm):
    """One district and its two doctors."""

    number = StringField(_("District No."), [needed, at_most(10)], filters=[stripped])
    adult = SelectField(_("Doctor for adults"), [Optional()], coerce=int, default=0)
    child = SelectField(_("Doctor for children"), [Optional()], coerce=int, default=0)


@door.get("/doctors/districts")
def districts() -> Any:
    """The districts with their doctors, and a form for one."""
    form = _district_form(None)
    form.was_overtaken(_stored())
    return _districts(form)


@door.post("/doctors/districts")
def district_saved() -> Any:
    """Save one district, new or known."""
    form = _district_form(request.form)
    overtaken = form.was_overtaken(_stored())
    if not form.validate() or overtaken:
        return make_response(_districts(form, overtaken), 400)
    number = form.number.data
    with transaction() as work:
        old = clinic.find_district(work, me().organisation_id, number)
        if old and not _all_mine(old.adult_doctor_id, old.child_doctor_id):
            abort(403)  # nobody takes a district away from another building
        before = {"adult": old.adult_doctor_id, "child": old.child_doctor_id} if old else {}
        after = {"adult": form.adult.data or None, "child": form.child.data or None}
        clinic.save_district(work, me().organisation_id, number, after["adult"], after["child"])
        changed(work, f"district {number}", before, after)
    return go("districts", done="saved")


def _all_mine(*doctors: int | None) -> bool:
    return me().building_id is None or {one for one in doctors if one} <= {one.id for one in my_doctors()}


def _district_form(typed: Any) -> DistrictForm:
    form = DistrictForm(formdata=typed)
    form.adult.choices = form.child.choices = choices()
    return form


def _stored() -> dict[str, Any]:
    rows = clinic.districts_of(db.session(), me().organisation_id)
    return {one.number: [one.adult_doctor_id, one.child_doctor_id] for one in rows}


def _districts(form: DistrictForm, overtaken: bool = False) -> str:
    rows = clinic.districts_of(db.session(), me().organisation_id)
    known = {one.id: one for one in my_doctors()}
    return render_template(
        "staff/districts.html",
        form=form,
        districts=rows,
        doctors=known,
        done=request.args.get("done", ""),
        overtaken=overtaken,
    )
