"""What /staff/figures shows: each table with its title, what is counted, and the picture above it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import g
from flask_babel import gettext
from markupsafe import Markup

from kiosk.accessibility.own_words import OWN_NAMES
from kiosk.clinic.day_counts import STEPS_OF_TIME
from kiosk.clinic.full_days import FullDays
from kiosk.clinic.names import LANGUAGES
from kiosk.clinic.statistics import CALL_STEPS, CallFigures, Figures
from kiosk.staff.calls import step_names
from kiosk.staff.charts import bars

MOST_BARS = 20


@dataclass(frozen=True)
class Table:
    """One picture and the table beneath it: a title, what is counted, and rows of name and number."""

    name: str
    title: str
    counted: str
    rows: list[tuple[str, int]]

    @property
    def chart(self) -> Markup:
        """The rows as bars; nothing where nothing was counted."""
        return (
            bars(self.name, self.title, tuple(self.rows)) if any(number for _name, number in self.rows) else Markup("")
        )


@dataclass(frozen=True)
class DoctorDays:
    """A table of doctors with two numbers each; the picture shows those who had a day without free time."""

    name: str
    full: str
    received: str
    rows: Sequence[FullDays]

    @property
    def chart(self) -> Markup:
        """The fullest doctors as bars; nothing where every day had a free time."""
        shown = [(one.doctor.names.in_(g.language), one.full) for one in self.rows if one.full][:MOST_BARS]
        return bars(self.name, self.full, tuple(shown)) if shown else Markup("")


def doctor_days(chosen: Sequence[FullDays], coming: Sequence[FullDays]) -> list[DoctorDays]:
    """The two tables of the doctors' days: in the chosen period, and from today on."""
    return [
        DoctorDays("full-days", gettext("Days without free time"), gettext("Days of reception"), chosen),
        DoctorDays(
            "coming-days",
            gettext("Days without free time, coming 14 days"),
            gettext("Days of reception, coming 14 days"),
            coming,
        ),
    ]


def tables(counted: Figures, calls: CallFigures, channels: Mapping[str, str]) -> Iterator[Table]:
    """Every table of the page but the doctors' days, which have two numbers a row."""
    yield Table("times", gettext("Time from identification to answer"), gettext("answers"), _times(counted))
    outcomes = [(words, counted.events[name]) for name, words in _outcomes().items()]
    yield Table("outcomes", gettext("What happened"), gettext("entries"), outcomes)
    grounds = [(gettext("Ground %(number)s", number=number), counted.grounds[number]) for number in (1, 2)]
    yield Table("grounds", gettext("Refusals by ground"), gettext("refusals"), grounds)
    left = [(step_names().get(step, gettext("elsewhere")), number) for step, number in counted.left_at.most_common()]
    yield Table("left", gettext("Where people left without an answer"), gettext("people"), left)
    by_channel = [(words, counted.channels[name]) for name, words in channels.items() if counted.channels[name]]
    yield Table("channels", gettext("Bookings by channel"), gettext("bookings"), by_channel)
    spoken = [(OWN_NAMES[code], counted.languages[code]) for code in LANGUAGES]
    yield Table("languages", gettext("Bookings by language"), gettext("bookings"), spoken)
    used = [(words, counted.used[name]) for name, words in _uses().items()]
    yield Table("uses", gettext("Help that visits at the kiosk used"), gettext("visits"), used)
    yield Table("calls", gettext("How soon somebody came to a call"), gettext("calls"), _call_times(calls))


def rows_of_file(made: Sequence[Table], days: Sequence[DoctorDays]) -> Iterator[tuple[str, str, int]]:
    """The same numbers for a file: which figure, which row, how many."""
    for table in made:
        yield from ((table.title, name, number) for name, number in table.rows)
    for one in days:
        for title, name in ((one.full, "full"), (one.received, "days")):
            yield from ((title, row.doctor.names.in_(g.language), getattr(row, name)) for row in one.rows)


def _times(counted: Figures) -> list[tuple[str, int]]:
    minutes = [step // 60 for step in STEPS_OF_TIME]
    names = [gettext("up to %(num)s min", num=one) for one in minutes]
    names.append(gettext("longer than %(num)s min", num=minutes[-1]))
    return list(zip(names, counted.times, strict=True))


def _call_times(calls: CallFigures) -> list[tuple[str, int]]:
    names = [gettext("within %(num)s seconds", num=one) for one in CALL_STEPS]
    names.append(gettext("later than %(num)s seconds", num=CALL_STEPS[-1]))
    return [*zip(names, calls.times, strict=True), (gettext("nobody came"), calls.asked - calls.came)]


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


def _uses() -> dict[str, str]:
    return {
        "visits": gettext("all visits"),
        "voice": gettext("with the voice"),
        "large_type": gettext("with larger letters"),
        "keys": gettext("with the keys"),
    }
