"""/staff/buildings/<building>/days : holidays, and the clinic's own word on single days."""

from datetime import date
from typing import Any

from flask import g, render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, TimeField
from wtforms.validators import InputRequired, Optional

from kiosk.accessibility.dates import full_date
from kiosk.clinic import buildings, foreseen
from kiosk.clinic.calendar import Opening
from kiosk.clinic.names import Names
from kiosk.clinic.places import Building
from kiosk.clock import today
from kiosk.database import db, settle
from kiosk.staff.acts import changed
from kiosk.staff.agreeing import asks_again, is_agreed, what_it_does
from kiosk.staff.blueprint import building_or_403, door, go, now
from kiosk.staff.buildings import counts, done_sentences, republish
from kiosk.staff.forms import SeenForm, names_from, three_fields


class _Day(SeenForm):
    day = DateField(_("Day"), validators=[InputRequired(_("Type or choose a day."))])
    opens = TimeField(_("Opens; empty when closed"), validators=[Optional()])
    closes = TimeField(_("Closes; empty when closed"), validators=[Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field by its own rules, then the two times as a pair."""
        right = bool(super().validate(extra_validators))
        if bool(self.opens.data) != bool(self.closes.data) or (self.opens.data and self.opens.data >= self.closes.data):
            self.closes.errors = [gettext("Both times, the first before the second; or none on a day off.")]
            return False
        return right

    @property
    def opening(self) -> Opening | None:
        """The two times, or None for a closed day."""
        return (self.opens.data, self.closes.data) if self.opens.data else None


DayForm: Any = type("DayForm", (_Day,), three_fields("reason", _("Reason"), 100))


@door.get("/buildings/<int:ident>/days")
def days(ident: int) -> Any:
    """The coming days that are not as usual."""
    found, form = building_or_403(ident), DayForm(formdata=None)
    form.was_overtaken(_said(found))
    return _page(found, form)


@door.post("/buildings/<int:ident>/days")
def day_said(ident: int) -> Any:
    """Let one day be closed or open, whatever the calendar says; free times follow."""
    found, form = building_or_403(ident), DayForm()
    overtaken = form.was_overtaken(_said(found))
    if not form.validate() or overtaken:
        return _page(found, form, overtaken), 400
    reason, day = Names(**names_from(form, "reason")), form.day.data
    if asks_again():
        return _page(found, form)
    would = foreseen.of_day(db.session(), found, day, form.opening, now())
    if not is_agreed(would):
        return what_it_does(would, "buildings", _named(found, day))

    def deed(work: Any) -> Any:
        before = buildings.say_day(work, ident, day, form.opening, reason)
        after = next(buildings.plain_day(one) for one in buildings.exceptions_of(work, ident) if one.day == day)
        changed(work, f"building {ident} day {day.isoformat()}", before, after)
        return republish(work, work.get_one(Building, ident))

    return go("days", ident=ident, **counts(settle(deed)))


@door.post("/buildings/<int:ident>/days/<int:said>/back")
def day_unsaid(ident: int, said: int) -> Any:
    """Take the clinic's word on a day back."""
    found = building_or_403(ident)
    own = next((one for one in buildings.exceptions_of(db.session(), ident) if one.id == said), None)
    if own is not None:
        would = foreseen.of_usual_day(db.session(), found, own.day, now())
        if not is_agreed(would):
            return what_it_does(would, "buildings", _named(found, own.day), may_go_on=False)

    def deed(work: Any) -> Any:
        before = buildings.unsay_day(work, ident, said)
        if before:
            changed(work, f"building {ident} day {before['day']}", before, {})
        return republish(work, work.get_one(Building, ident))

    return go("days", ident=ident, **counts(settle(deed)))


def _named(found: Building, day: date) -> str:
    return f"{found.names.in_(g.language)}, {full_date(day, g.language)}"


def _said(found: Building) -> dict[str, Any]:
    return {"days": [buildings.plain_day(one) for one in buildings.exceptions_of(db.session(), found.id)]}


def _page(found: Building, form: Any, overtaken: bool = False) -> str:
    here: date = today(found.zone)
    said = buildings.exceptions_of(db.session(), found.id)
    return render_template(
        "staff/days.html",
        form=form,
        building=found,
        overtaken=overtaken,
        days=buildings.coming_days(found, said, here),
        done=" ".join(done_sentences()),
    )
