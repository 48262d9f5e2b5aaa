"""Working days and opening hours of a building (standard, row 7; Law on holidays, art. 5)."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from functools import cache

import holidays

STANDARD_HOURS: tuple[tuple[str, str] | None, ...] = (*((("08:00", "20:00"),) * 5), ("09:00", "14:00"), None)

Opening = tuple[time, time]


@cache
def holidays_of(year: int) -> frozenset[date]:
    """Kazakhstan's non-working days of `year`, moved ones included; Kurban Ait beyond 2025 is an estimate."""
    return frozenset(holidays.country_holidays("KZ", years=year))


def opening_on(
    day: date, hours: Sequence[Sequence[str] | None], exceptions: Mapping[date, Opening | None]
) -> Opening | None:
    """When a building is open on `day`, or None; the clinic's own `exceptions` stand above holidays and hours.

    `hours` has seven entries from Monday, each ("HH:MM", "HH:MM") or None.
    """
    if day in exceptions:
        return exceptions[day]
    if day in holidays_of(day.year):
        return None
    usual = hours[day.weekday()]
    return (time.fromisoformat(usual[0]), time.fromisoformat(usual[1])) if usual else None
