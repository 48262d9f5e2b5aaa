"""/staff/figures : does the service keep its standard, and where do people get no further?"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import render_template, request
from flask_babel import gettext

from kiosk.clinic import journal_search, statistics
from kiosk.clinic.full_days import FullDays, Period, full_days
from kiosk.clinic.journal import CHANNELS
from kiosk.clinic.legal import edition_on
from kiosk.clinic.names import LANGUAGES
from kiosk.clinic.statistics import Cut
from kiosk.clock import today
from kiosk.database import db, transaction
from kiosk.staff.acts import looked
from kiosk.staff.blueprint import door, me, my_buildings
from kiosk.staff.exports import download, export, kind_asked
from kiosk.staff.figure_tables import DoctorDays, doctor_days, rows_of_file, tables
from kiosk.staff.journal import channel_words

USUAL, LONGEST, AHEAD = timedelta(days=29), timedelta(days=731), timedelta(days=14)


@door.get("/figures", endpoint="figures")
def figures_page() -> Any:
    """The figures of a period: pictures, and each one's table."""
    scope, cut = _scope(), _cut_from(request.args)
    counted, calls = statistics.count(db.session(), scope, cut), statistics.count_calls(db.session(), scope, cut)
    return render_template(
        "staff/figures.html",
        chosen=cut,
        counted=counted,
        tables=list(tables(counted, calls, channel_words())),
        calls=calls,
        full_days=_full_days(scope, cut),
        limit=edition_on(today(scope.zone)).limits.answer_minutes,
        kiosks=journal_search.kiosks_of(db.session(), scope),
        buildings=my_buildings(),
        channels=CHANNELS,
        query={name: value for name, value in request.args.items() if value},
    )


@door.post("/figures/export")
def figures_export() -> Any:
    """The same numbers as CSV or XLSX; the journal keeps who took them and the checksum."""
    scope, cut = _scope(), _cut_from(request.form)
    counted, calls = statistics.count(db.session(), scope, cut), statistics.count_calls(db.session(), scope, cut)
    rows = rows_of_file(list(tables(counted, calls, channel_words())), _full_days(scope, cut))
    made = export(kind_asked(), (gettext("Figure"), gettext("What"), gettext("Count")), rows)
    with transaction() as work:
        looked(work, "figures export", rows=made.rows, sha256=made.sha256)
    return download(made, f"figures-{cut.first.isoformat()}-{cut.last.isoformat()}")


def _full_days(scope: journal_search.Scope, cut: Cut) -> list[DoctorDays]:
    """The doctors' days in the chosen period, and from today on."""
    day = today(scope.zone)
    doctors = journal_search.doctors_of(db.session(), replace(scope, building_id=None))
    kiosk = next((one for one in journal_search.kiosks_of(db.session(), scope) if one.id == cut.kiosk_id), None)

    def between(first: date, last: date) -> list[FullDays]:
        return full_days(db.session(), scope, doctors, Period(first, last, kiosk, cut.channel == "kiosk"))

    return doctor_days(between(cut.first, cut.last), between(day, day + AHEAD))


def _scope() -> journal_search.Scope:
    """The counted part of the house: mine, or one building of it that the form names."""
    wanted = request.values.get("building", "")
    mine = me().building_id
    known = wanted.isascii() and wanted.isdigit() and len(wanted) < 10
    building = int(wanted) if known and mine is None else mine
    return journal_search.scope_of(db.session(), me().organisation_id, building)


def _cut_from(form: Any) -> Cut:
    last = _day(form.get("last", "")) or today(_scope().zone)
    first = _day(form.get("first", "")) or last - USUAL
    first = min(max(first, last - LONGEST), last)
    kiosk = form.get("kiosk", "")
    return Cut(
        first,
        last,
        kiosk_id=int(kiosk) if kiosk.isascii() and kiosk.isdigit() and len(kiosk) < 10 else None,
        channel=form.get("channel", "") if form.get("channel") in CHANNELS else "",
        language=form.get("language", "") if form.get("language") in LANGUAGES else "",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
