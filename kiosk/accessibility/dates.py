"""Dates, weekdays and times as a screen shows them, by CLDR (Babel), one language at a time."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

_DAY = {"kk": "EEEE, d MMMM", "ru": "EEEE, d MMMM", "en": "EEEE, d MMMM"}
_FULL = {"kk": "y 'жылғы' d MMMM, EEEE", "ru": "EEEE, d MMMM y 'г'.", "en": "EEEE, d MMMM y"}


@lru_cache(maxsize=2048)
def day_of(day: date, language: str) -> str:
    """Weekday, day and month: "сәрсенбі, 25 қараша"."""
    return _capital(format_date(day, _DAY[language], locale=language))


@lru_cache(maxsize=2048)
def full_date(day: date, language: str) -> str:
    """Day, month, year and weekday in official order: "2026 жылғы 25 қараша, сәрсенбі"."""
    return _capital(format_date(day, _FULL[language], locale=language))


def local(moment: datetime, zone: str) -> datetime:
    """An instant on the wall of the building."""
    return moment.astimezone(ZoneInfo(zone))


@lru_cache(maxsize=2048)
def clock_time(hour: int, minute: int) -> str:
    """HH:MM, the same in all three languages and without case endings (domain, 12.5)."""
    return f"{hour:02}:{minute:02}"


def time_of(moment: datetime, zone: str) -> str:
    """HH:MM of an instant on the wall of the building."""
    here = local(moment, zone)
    return clock_time(here.hour, here.minute)


def nearness(day: date, today: date) -> str | None:
    """today, tomorrow, or None."""
    return {today: "today", today + timedelta(days=1): "tomorrow"}.get(day)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
