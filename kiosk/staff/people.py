"""/staff/people : the accounts of staff; made, given new secrets, closed."""

from typing import Any

from flask import abort, g, render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField
from wtforms.validators import InputRequired, Length

from kiosk.clinic import sign_in
from kiosk.clinic.sign_in import SHORTEST_PASSWORD, Enrolled, NewMember
from kiosk.clinic.staff import Role, StaffMember, find_member, members_of
from kiosk.database import db, transaction
from kiosk.staff.acts import changed
from kiosk.staff.blueprint import door, go, keys, me, my_buildings, now
from kiosk.staff.forms import text_field

ROLE_NAMES = {
    Role.REGISTRAR: _("registry clerk"),
    Role.SCHEDULE_KEEPER: _("schedule keeper"),
    Role.BUILDING_ADMINISTRATOR: _("building administrator"),
    Role.ORGANISATION_ADMINISTRATOR: _("clinic administrator"),
    Role.AUDITOR: _("auditor"),
}


def _password(label: Any) -> Any:
    rules = [
        InputRequired(_("This must not be empty.")),
        Length(SHORTEST_PASSWORD, 200, _("At least %(least)s characters.", least=SHORTEST_PASSWORD)),
    ]
    return PasswordField(label, validators=rules)


class PersonForm(FlaskForm):  # type: ignore[misc]
    """A new account."""

    login = text_field(_("Login"), 40, required=True)
    password = _password(_("First password, at least 12 characters"))
    role = SelectField(_("Role"))
    building = SelectField(_("Building"), coerce=int)

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field by its own rules, then the login once and a building where the role needs one."""
        right = bool(super().validate(extra_validators))
        if find_member(db.session(), self.login.data or "") is not None:
            self.login.errors = [gettext("This login is taken.")]
            right = False
        if self.role.data == Role.BUILDING_ADMINISTRATOR.value and not self.building.data:
            self.building.errors = [gettext("A building administrator needs a building.")]
            right = False
        if self.role.data == Role.ORGANISATION_ADMINISTRATOR.value and self.building.data:
            self.building.errors = [gettext("A clinic administrator works for all buildings.")]
            right = False
        return right


class SecretsForm(FlaskForm):  # type: ignore[misc]
    """New secrets for somebody who lost them."""

    new_password = _password(_("New password, at least 12 characters"))


@door.get("/people")
def people() -> Any:
    """All accounts of the clinic."""
    return _page(_form())


@door.post("/people")
def person_made() -> Any:
    """Make an account; its one-time secret and recovery codes are in this answer and nowhere else."""
    form = _form()
    if not form.validate():
        return _page(form), 400
    building, role = form.building.data or None, Role(form.role.data)
    with transaction() as work:
        new = NewMember(me().organisation_id, form.login.data, form.password.data, role, building)
        made = sign_in.enrol(work, keys(), new, now())
        facts = {"login": new.login, "role": role.value, "building": building, "ref": made.member.ref}
        changed(work, "staff member", {}, facts)
    return _page(_form_empty(), made=made)


@door.post("/people/<int:ident>/secrets")
def person_secrets(ident: int) -> Any:
    """Give somebody a new password, one-time secret and recovery codes; every browser of theirs is signed out."""
    member, form = _member(ident), SecretsForm()
    if not form.validate():
        return _page(_form_empty(), wrong=form, about=ident), 400
    with transaction() as work:
        kept = work.get_one(StaffMember, member.id)
        made = sign_in.renew_secrets(work, keys(), kept, form.new_password.data)
        changed(work, f"staff member {kept.ref} secrets", {"secrets": "old"}, {"secrets": "new"})
    return _page(_form_empty(), made=made)


@door.post("/people/<int:ident>/closed")
def person_closed(ident: int) -> Any:
    """Close an account, or open it again; nobody closes their own."""
    member = _member(ident)
    if member.id == me().id:
        abort(403)
    with transaction() as work:
        kept = work.get_one(StaffMember, member.id)
        before, kept.is_active = kept.is_active, not kept.is_active
        sign_in.end_all(work, kept)
        changed(work, f"staff member {kept.ref}", {"is_active": before}, {"is_active": kept.is_active})
    return go("people")


def _member(ident: int) -> StaffMember:
    found = db.session().get(StaffMember, ident)
    return found if found is not None and found.organisation_id == me().organisation_id else abort(403)


def _form() -> PersonForm:
    return _with_choices(PersonForm())


def _form_empty() -> PersonForm:
    return _with_choices(PersonForm(formdata=None))


def _with_choices(form: PersonForm) -> PersonForm:
    form.role.choices = [(role.value, ROLE_NAMES[role]) for role in Role]
    form.building.choices = [(0, _("all")), *((one.id, one.names.in_(g.language)) for one in my_buildings())]
    return form


def _page(form: PersonForm, made: Enrolled | None = None, wrong: Any = None, about: int = 0) -> str:
    return render_template(
        "staff/people.html",
        form=form,
        members=members_of(db.session(), me().organisation_id),
        buildings={one.id: one.names.in_(g.language) for one in my_buildings()},
        made=made,
        secrets=SecretsForm(formdata=None),
        wrong=wrong,
        about=about,
    )
