"""What staff say about a building: hours, exceptions, and the five things that row 10 of the standard names."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.clinic.calendar import Opening, holidays_of, opening_on
from kiosk.clinic.names import Names
from kiosk.clinic.places import Building, Kiosk, Organisation
from kiosk.clinic.schedule import DayException

FACTS = ("ramp", "call_button", "tactile_path", "waiting_hall", "sample_documents")
ZONES = tuple(f"Asia/{name}" for name in ("Almaty", "Qyzylorda", "Qostanay", "Aqtobe", "Aqtau", "Atyrau", "Oral"))
NOTHING = Names("", "", "")
Hours = Sequence[Sequence[str] | None]


@dataclass(frozen=True)
class Fact:
    """One of the five things: whether it is there, in which words, and the way to it from one kiosk."""

    name: str
    has: bool
    about: Names
    way: Names = NOTHING


@dataclass(frozen=True)
class Day:
    """One coming day that is not as usual: a holiday, the clinic's own word, or both."""

    day: date
    is_holiday: bool
    opening: Opening | None
    reason: Names | None
    exception_id: int | None


def facts_of(building: Building, kiosk: Kiosk | None = None) -> list[Fact]:
    """What is known of the five things, in the standard's order; one nobody has spoken of is left out."""
    ways = kiosk.ways if kiosk else {}
    known = [(name, building.facts[name]) for name in FACTS if name in building.facts]
    return [Fact(name, one["has"], _names(one.get("about")), _names(ways.get(name))) for name, one in known]


def plain_building(building: Building) -> dict[str, Any]:
    """A building as JSON has it: for the journal's before and after, and to notice that somebody else was faster."""
    return {
        "names": asdict(building.names),
        "address": asdict(building.address),
        "zone": building.zone,
        "phones": building.phones,
        "hours": [list(one) if one else None for one in building.hours],
        "facts": building.facts,
        "rooms": building.rooms,
        "settings": building.settings,
    }


def plain_organisation(organisation: Organisation) -> dict[str, Any]:
    """An organisation as JSON has it."""
    return {
        "names": asdict(organisation.names),
        "address": asdict(organisation.address),
        "phones": organisation.phones,
        "settings": organisation.settings,
    }


def apply(building: Building, values: Mapping[str, Any]) -> None:
    """Give a building the values of `plain_building`."""
    building.names, building.address = Names(**values["names"]), Names(**values["address"])
    building.zone, building.phones = values["zone"], values["phones"]
    building.hours, building.facts, building.settings = values["hours"], values["facts"], values["settings"]
    building.rooms = values["rooms"]


def exceptions_of(session: Session, building_id: int) -> list[DayException]:
    """The clinic's own word on single days, oldest first."""
    query = select(DayException).where(DayException.building_id == building_id).order_by(DayException.day)
    return list(session.scalars(query))


def say_day(session: Session, building_id: int, day: date, opening: Opening | None, reason: Names) -> dict[str, Any]:
    """Let a day be closed (`opening` None) or open, whatever the calendar says; returns what was said before."""
    said = session.scalar(select(DayException).where(DayException.building_id == building_id, DayException.day == day))
    before = plain_day(said) if said else {}
    if said is None:
        said = DayException(building_id=building_id, day=day)
        session.add(said)
    said.opens, said.closes = opening or (None, None)
    said.reason = reason
    session.flush()
    return before


def unsay_day(session: Session, building_id: int, exception_id: int) -> dict[str, Any]:
    """Take the clinic's word on a day back; returns what it was, empty where there was none."""
    said = session.get(DayException, exception_id)
    if said is None or said.building_id != building_id:
        return {}
    before = plain_day(said)
    session.delete(said)
    session.flush()
    return before


def plain_day(said: DayException) -> dict[str, Any]:
    """An exception as JSON has it."""
    opening = {"opens": said.opens, "closes": said.closes}
    times = {name: at.isoformat("minutes") for name, at in opening.items() if at}
    return {"day": said.day.isoformat(), "reason": asdict(said.reason), **times}


def openings_of(said: Sequence[DayException]) -> dict[date, Opening | None]:
    """Exceptions as the calendar wants them."""
    return {one.day: (one.opens, one.closes) if one.opens and one.closes else None for one in said}


def coming_days(building: Building, said: Sequence[DayException], today: date, days: int = 366) -> list[Day]:
    """The days from `today` on that are not as usual: holidays, and those the clinic spoke of."""
    own = {one.day: one for one in said}
    openings = openings_of(said)
    found = []
    for ahead in range(days):
        day = today + timedelta(days=ahead)
        exception = own.get(day)
        is_holiday = day in holidays_of(day.year)
        if exception is not None or is_holiday:
            opening = opening_on(day, building.hours, openings)
            reason, ident = (exception.reason, exception.id) if exception else (None, None)
            found.append(Day(day, is_holiday, opening, reason, ident))
    return found


def is_open(session: Session, building: Building, now: datetime) -> bool:
    """Whether the building is open at this instant, by its hours, the holidays and the clinic's own word."""
    here = now.astimezone(ZoneInfo(building.zone))
    opening = opening_on(here.date(), building.hours, openings_of(exceptions_of(session, building.id)))
    return opening is not None and opening[0] <= here.time() < opening[1]


def _names(plain: Mapping[str, str] | None) -> Names:
    return Names(**plain) if plain else NOTHING
