"""/staff/figures : does the service keep its standard, and where do people get no further?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import render_template, request
from flask_babel import gettext

from kiosk.clinic import journal_search, statistics
from kiosk.clinic.day_counts import STEPS_OF_TIME
from kiosk.clinic.legal import edition_on
from kiosk.clinic.names import LANGUAGES
from kiosk.clinic.statistics import Cut, Figures
from kiosk.clock import today
from kiosk.database import db, transaction
from kiosk.staff.acts import looked
from kiosk.staff.blueprint import door, me, my_buildings, now
from kiosk.staff.calls import step_names
from kiosk.staff.exports import checksum, csv_of, download
from kiosk.staff.journal import CHANNELS

USUAL, LONGEST, AHEAD = timedelta(days=29), timedelta(days=731), timedelta(days=14)


@dataclass(frozen=True)
class Table:
    """One picture and the table beneath it: a title, what is counted, and rows of name and number."""

    name: str
    title: str
    counted: str
    rows: list[tuple[str, int]]

    @property
    def most(self) -> int:
        """The longest bar; at least 1, so that nothing is divided by nought."""
        return max([1, *(number for _, number in self.rows)])


@door.get("/figures", endpoint="figures")
def figures_page() -> Any:
    """The figures of a period: pictures, and each one's table."""
    scope, cut = _scope(), _cut_from(request.args)
    counted = statistics.count(db.session(), scope, cut)
    doctors = journal_search.doctors_of(db.session(), scope)
    return render_template(
        "staff/figures.html",
        chosen=cut,
        counted=counted,
        tables=list(_tables(counted)),
        calls=statistics.count_calls(db.session(), scope, cut),
        fullness=statistics.fullness(db.session(), doctors, now(), now() + AHEAD),
        limit=edition_on(today(scope.zone)).limits.answer_minutes,
        kiosks=journal_search.kiosks_of(db.session(), scope),
        buildings=my_buildings(),
        channels=CHANNELS,
        query={name: value for name, value in request.args.items() if value},
    )


@door.post("/figures/export")
def figures_export() -> Any:
    """The same numbers as CSV; the journal keeps who took them and the checksum."""
    cut = _cut_from(request.form)
    counted = statistics.count(db.session(), _scope(), cut)
    rows = [(table.title, name, number) for table in _tables(counted) for name, number in table.rows]
    content = csv_of((gettext("Figure"), gettext("What"), gettext("Count")), rows)
    with transaction() as work:
        looked(work, "figures export", rows=len(rows), sha256=checksum(content))
    return download(content, f"figures-{cut.first.isoformat()}-{cut.last.isoformat()}")


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


def _tables(counted: Figures) -> Iterable[Table]:
    answers = gettext("answers")
    yield Table("times", gettext("Time from identification to answer"), answers, _times(counted))
    outcomes = [(words, counted.events[name]) for name, words in _outcomes().items()]
    yield Table("outcomes", gettext("What happened"), gettext("entries"), outcomes)
    grounds = [(gettext("Ground %(number)s", number=number), counted.grounds[number]) for number in (1, 2)]
    yield Table("grounds", gettext("Refusals by ground"), gettext("refusals"), grounds)
    left = [(step_names().get(step, step), number) for step, number in counted.left_at.most_common()]
    yield Table("left", gettext("Where people left"), gettext("people"), left)
    own = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
    spoken = [(own[code], counted.languages[code]) for code in LANGUAGES]
    yield Table("languages", gettext("Bookings by language"), gettext("bookings"), spoken)


def _times(counted: Figures) -> list[tuple[str, int]]:
    minutes = [step // 60 for step in STEPS_OF_TIME]
    names = [gettext("up to %(num)s min", num=one) for one in minutes]
    names.append(gettext("longer than %(num)s min", num=minutes[-1]))
    return list(zip(names, counted.times, strict=True))


def _outcomes() -> dict[str, str]:
    return {
        "identified": gettext("identified"),
        "booked": gettext("booked"),
        "moved": gettext("moved"),
        "cancelled": gettext("cancelled"),
        "refused": gettext("refused"),
        "no_free_time": gettext("no free time"),
        "gave_up": gettext("gave up"),
        "help_called": gettext("help called"),
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
