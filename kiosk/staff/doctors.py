"""/staff/doctors : doctors with their names, kind, room, building and substitute."""

from typing import Any

from flask import g, make_response, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import Optional

from kiosk.clinic import doctors as clinic
from kiosk.clinic import foreseen
from kiosk.clinic.appointments import coming_with, to_be_moved
from kiosk.clinic.names import Names
from kiosk.clinic.rooms import rooms_of, why_not
from kiosk.clinic.schedule import Doctor, DoctorKind
from kiosk.clinic.schedule_changes import ChangedMeanwhile
from kiosk.database import db, transaction
from kiosk.staff.acts import changed
from kiosk.staff.agreeing import asks_again, is_agreed, what_it_does
from kiosk.staff.blueprint import building_or_403, door, go, me, my_buildings, now
from kiosk.staff.forms import at_most, needed, number, stripped
from kiosk.staff.scope import doctor_or_403, my_doctors

KINDS = {
    DoctorKind.THERAPIST.value: _("district therapist"),
    DoctorKind.PAEDIATRICIAN.value: _("district paediatrician"),
    DoctorKind.GENERAL_PRACTITIONER.value: _("general practitioner"),
}
NEWS = [("", _("not said")), ("yes", _("yes, it is another name")), ("no", _("no, only the spelling is corrected"))]
ROOM_WRONG = {
    "room": _("This room is not in the building's list. Choose one from it, or list it under Buildings first."),
    "floor": _("By the building's list this room is on another floor."),
}
_NAME = [needed, at_most(120)]


class DoctorForm(FlaskForm):  # type: ignore[misc]
    """One doctor."""

    name_kk = StringField(_("Name in Kazakh"), _NAME, filters=[stripped])
    name_ru = StringField(_("Name in Russian, empty for the same"), [at_most(120)], filters=[stripped])
    name_en = StringField(_("Name in Latin letters, empty for the same"), [at_most(120)], filters=[stripped])
    kind = SelectField(_("Kind of doctor"), choices=list(KINDS.items()))
    building = SelectField(_("Building"), coerce=int)
    room = StringField(_("Room"), [needed, at_most(20)], filters=[stripped])
    floor = IntegerField(_("Floor"), [needed, number(-3, 99)], default=1)
    substitute = SelectField(_("Substitute in absence"), [Optional()], coerce=int, default=0)
    tell = SelectField(_("If the name is another now: do booked patients hear of it?"), choices=NEWS, default="")
    is_active = BooleanField(_("Receives patients"), default=True)
    version = HiddenField(default="0")

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field by its own rules, then the room by the list of the building."""
        if not super().validate(extra_validators):
            return False
        wrong = why_not(building_or_403(self.building.data), self.room.data, self.floor.data)
        if wrong:
            self[wrong].errors = [ROOM_WRONG[wrong]]
        return not wrong

    def facts(self) -> clinic.DoctorFacts:
        """What was typed, as the clinic knows it."""
        kk = self.name_kk.data
        names = Names(kk, self.name_ru.data or kk, self.name_en.data or kk)
        building = building_or_403(self.building.data)
        return clinic.DoctorFacts(
            names,
            self.kind.data,
            building.id,
            self.room.data,
            self.floor.data,
            self.is_active.data,
            self.substitute.data or None,
        )


@door.get("/doctors")
def doctors() -> Any:
    """The doctors of my buildings."""
    districts: dict[int, list[str]] = {}
    for one in clinic.districts_of(db.session(), me().organisation_id):
        for ident in {one.adult_doctor_id, one.child_doctor_id} - {None}:
            districts.setdefault(int(ident or 0), []).append(one.number)
    return render_template(
        "staff/doctors.html", doctors=my_doctors(), districts=districts, done=request.args.get("done", "")
    )


@door.get("/doctors/new")
def doctor_new() -> Any:
    """Ask for a new doctor."""
    return _asked(_form(None), None)


@door.post("/doctors/new")
def doctor_added() -> Any:
    """Add a doctor, and go on to the schedule."""
    form = _form(None, request.form)
    if not form.validate():
        return make_response(_asked(form, None), 400)
    facts = form.facts()
    with transaction() as work:
        made = clinic.add_doctor(work, me().organisation_id, facts)
        changed(work, f"doctor {made.id}", {}, facts.plain())
        ident = made.id
    return go("schedule", doctor_id=ident)


@door.get("/doctors/<int:doctor_id>")
def doctor(doctor_id: int) -> Any:
    """One doctor, to be changed."""
    found = doctor_or_403(doctor_id)
    return _asked(_form(found), found)


@door.post("/doctors/<int:doctor_id>")
def doctor_saved(doctor_id: int) -> Any:
    """Save a doctor; patients booked for another room or building get an entry on the list to tell."""
    found = doctor_or_403(doctor_id)
    form = _form(found, request.form)
    if not form.validate() or not _name_is_said(form, found):
        return make_response(_asked(form, found), 400)
    facts, seen = form.facts(), form.version.data or ""
    is_news = facts.names != found.names and form.tell.data == "yes"
    if asks_again():
        return _asked(form, found)
    would = foreseen.of_doctor(db.session(), found, facts, is_news, now())
    if not is_agreed(would):
        return what_it_does(would, "doctors", found.names.in_(g.language))
    try:
        with transaction() as work:
            found = work.get_one(Doctor, doctor_id)
            before = clinic.facts_of(found)
            clinic.save_doctor(work, found, int(seen) if seen.isdigit() else -1, facts, is_news, me().ref, now())
            changed(work, f"doctor {doctor_id}", before.plain(), facts.plain())
    except ChangedMeanwhile:
        return make_response(_asked(form, doctor_or_403(doctor_id), meanwhile=True), 409)
    waits = to_be_moved(db.session(), [doctor_id], now())
    return go("schedule", doctor_id=doctor_id, done="saved") if waits else go("doctors", done="saved")


def _name_is_said(form: DoctorForm, found: Doctor) -> bool:
    """Another name is a correction or news: whoever is booked must not be left to chance, nor called for a letter."""
    if form.facts().names == found.names or form.tell.data or not coming_with(db.session(), found.id, now()):
        return True
    form.tell.errors = [gettext("The name is another, and people are booked here: are they to hear of it?")]
    return False


def _form(found: Doctor | None, typed: Any = None) -> DoctorForm:
    data: dict[str, Any] = {}
    if found is not None:
        names = {f"name_{language}": text for language, text in vars(found.names).items()}
        same = {name: getattr(found, name) for name in ("kind", "room", "floor", "is_active", "version")}
        data = {**names, **same, "building": found.building_id, "substitute": found.substitute_id or 0}
    form = DoctorForm(formdata=typed, data=data)
    form.building.choices = [(one.id, one.names.kk) for one in my_buildings()]
    form.substitute.choices = choices(found)
    return form


def choices(of: Doctor | None = None) -> list[tuple[int, str]]:
    """The doctors of my buildings who receive, but for the one whose substitute is chosen; that choice is kept."""
    others = [one for one in my_doctors() if one.is_active and (of is None or one.id != of.id)]
    named = [(0, "-")] + [(one.id, one.names.kk) for one in others]
    kept = db.session().get(Doctor, of.substitute_id) if of and of.substitute_id else None
    return named if kept is None or kept in others else [*named, (kept.id, kept.names.kk)]


def _asked(form: DoctorForm, found: Doctor | None, meanwhile: bool = False) -> str:
    if found is not None and meanwhile:
        form.version.data = str(found.version)
    rooms = sorted({room for one in my_buildings() for room in rooms_of(one)})
    return render_template("staff/doctor.html", form=form, doctor=found, meanwhile=meanwhile, rooms=rooms)
