"""The forms of a schedule: a weekly shift, an extra day, an absence; and the change that each of them means."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, TimeField, ValidationError
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from kiosk.clinic.schedule_changes import Away, Change, checked
from kiosk.clinic.timetable import Rule
from kiosk.staff.forms import WEEKDAYS, needed, number

REASONS = {"leave": _("leave"), "illness": _("illness"), "training": _("training"), "other": _("another reason")}
SENTENCES = {
    "ends": _("The end must be later than the beginning."),
    "valid_until": _("The last day must not be before the first."),
    "break_starts": _("The break must lie inside the shift."),
    "break_ends": _("The break must lie inside the shift."),
}


class ShiftForm(FlaskForm):  # type: ignore[misc]
    """What a weekly shift and an extra day have in common."""

    starts = TimeField(_("From"), [needed])
    ends = TimeField(_("To"), [needed])
    break_starts = TimeField(_("Break from"), [Optional()])
    break_ends = TimeField(_("Break to"), [Optional()])
    slot_minutes = IntegerField(_("Minutes for one patient"), [needed, number(5, 120)], default=15)
    kept_percent = IntegerField(
        _("Percent of times kept for window, phone and urgent"), [needed, number(0, 100)], default=0
    )
    cool_down_minutes = IntegerField(
        _("Minutes before a cancelled time opens again"), [needed, number(0, 1440)], default=0
    )

    def rule(self, weekday: int, first: date, last: date | None, **more: Any) -> Rule:
        """The shift as the clinic knows it; raises ValueError with the name of a field."""
        names = (
            "starts",
            "ends",
            "break_starts",
            "break_ends",
            "slot_minutes",
            "kept_percent",
            "cool_down_minutes",
        )
        shared = {name: self[name].data for name in names}
        return checked(Rule(weekday=weekday, valid_from=first, valid_until=last, **shared, **more))


class RuleForm(ShiftForm):
    """A weekly shift on one or several weekdays."""

    weekdays = SelectMultipleField(
        _("Weekdays"),
        [needed],
        coerce=int,
        choices=list(enumerate(WEEKDAYS)),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    valid_from = DateField(_("First day"), [needed])
    valid_until = DateField(_("Last day, empty for no end"), [Optional()])
    every_weeks = IntegerField(_("Every how many weeks"), [needed, number(1, 8)], default=1)

    def change(self, replaces: int | None) -> Change:
        """One shift for each chosen weekday, in place of the replaced one."""
        first, last, weeks = self.valid_from.data, self.valid_until.data, self.every_weeks.data
        rules = tuple(self.rule(day, first, last, every_weeks=weeks) for day in self.weekdays.data)
        return Change(drop_rules=(replaces,) if replaces else (), add_rules=rules)


class ExtraForm(ShiftForm):
    """Reception on one day that the weekly shifts do not have."""

    day = DateField(_("Day"), [needed])

    def change(self, replaces: int | None) -> Change:
        """One shift of one day."""
        day = self.day.data
        return Change(add_rules=(self.rule(day.weekday(), day, day, is_extra=True),))


class AbsenceForm(FlaskForm):  # type: ignore[misc]
    """Days without reception, and who receives the patients instead."""

    first_day = DateField(_("First day"), [needed])
    last_day = DateField(_("Last day"), [needed])
    reason = SelectField(_("Reason"), choices=list(REASONS.items()))
    substitute = SelectField(_("Substitute"), [Optional()], coerce=int, default=0)

    def validate_last_day(self, field: Any) -> None:
        """An absence ends when or after it begins."""
        if self.first_day.data and field.data and field.data < self.first_day.data:
            raise ValidationError(SENTENCES["valid_until"])

    def change(self, replaces: int | None) -> Change:
        """One absence."""
        away = Away(self.first_day.data, self.last_day.data, self.reason.data, self.substitute.data or None)
        return Change(add_absences=(away,))


def filled(rule: Rule) -> RuleForm:
    """The form of an existing shift, to be changed."""
    return RuleForm(formdata=None, data={**vars(rule), "weekdays": [rule.weekday]})


def add_error(form: Any, name: str) -> None:
    """Say beside its field what the clinic's rule found wrong."""
    field = form[name] if name in form else form["starts"]
    field.errors = [*field.errors, SENTENCES.get(name, _("This value is not possible."))]
