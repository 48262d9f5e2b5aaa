"""Dates and times read aloud, as names and as answers to when."""

from datetime import date, datetime, time, timedelta
from typing import Protocol

from kiosk.accessibility.speech import en, kk, ru


class Calendar(Protocol):
    """What a language module knows about days and hours."""

    def clock(self, moment: time) -> str:
        """Name a time."""
        ...

    def at(self, moment: time) -> str:
        """Say when within the day."""
        ...

    def from_to(self, start: time, end: time) -> str:
        """Say from when to when."""
        ...

    def day_and_month(self, day: date, on: bool = False) -> str:
        """Say the day of the month."""
        ...

    def weekday(self, day: date, on: bool = False) -> str:
        """Say the day of the week."""
        ...

    def year(self, number: int) -> str:
        """Say the year of a date."""
        ...


_CALENDARS: dict[str, Calendar] = {"kk": kk, "ru": ru, "en": en}
_NEAR = {
    "kk": ("бүгін", "ертең"),
    "ru": ("сегодня", "завтра"),
    "en": ("today", "tomorrow"),
}


def spell_time(moment: time, language: str, at: bool = True) -> str:
    """Say when (сағат тоғыз жиырмада, в девять двадцать), or with at=False name the time alone."""
    calendar = _CALENDARS[language]
    return calendar.at(moment) if at else calendar.clock(moment)


def spell_hours(start: time, end: time, language: str) -> str:
    """Say from when to when: сағат сегізден жиырмаға дейін, с восьми до двадцати часов."""
    return _CALENDARS[language].from_to(start, end)


def spell_date(
    day: date,
    language: str,
    today: date | None = None,
    *,
    on: bool = False,
    with_year: bool = False,
    with_weekday: bool = True,
) -> str:
    """Say a date as a name, or with on=True as an answer to when; today adds today, tomorrow."""
    near = _near(day, today, language)
    weekday = [_CALENDARS[language].weekday(day, on and not _english_near(near, language))]
    named = weekday if with_weekday else []
    on_date = on and not (language == "en" and (near or named))
    return ", ".join([*near, *named, _day(day, language, on_date, with_year)])


def spell_moment(moment: datetime, language: str, today: date | None = None, *, with_year: bool = False) -> str:
    """Say when an appointment is: weekday, date and time in one breath."""
    # Kazakh puts the ending of "when" on the last word only, so the date keeps its plain form.
    on = language != "kk"
    day = spell_date(moment.date(), language, today, on=on, with_year=with_year)
    return f"{day}, {spell_time(moment.time(), language)}"


def _near(day: date, today: date | None, language: str) -> list[str]:
    if today is None or day - today not in (timedelta(0), timedelta(1)):
        return []
    return [_NEAR[language][(day - today).days]]


def _english_near(near: list[str], language: str) -> bool:
    return language == "en" and bool(near)


def _day(day: date, language: str, on: bool, with_year: bool) -> str:
    calendar = _CALENDARS[language]
    spoken = calendar.day_and_month(day, on)
    if not with_year:
        return spoken
    year = calendar.year(day.year)
    return f"{year} {spoken}" if language == "kk" else f"{spoken} {year}"
