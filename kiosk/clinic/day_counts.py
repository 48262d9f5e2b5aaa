"""DayCount: what each place did on each day of its wall, counted beside the journal so that a year is read at once."""

from collections import Counter
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, select
from sqlalchemy.orm import Session

from kiosk.clinic.places import Building, Kiosk
from kiosk.clinic.schedule import Doctor
from kiosk.config import HOME_ZONE
from kiosk.database import Base, add_up

STEPS_OF_TIME = (60, 120, 180, 300, 600)
TIMES = (*(f"answered_{step}" for step in STEPS_OF_TIME), "answered_later")
STEPS = ("identify", "document", "attachment", "doctor", "slot", "confirm", "appointments", "elsewhere")
LEFT = tuple(f"left_{step}" for step in STEPS)
HAPPENED = ("identified", "booked", "moved", "cancelled", "no_free_time", "gave_up", "help_called")
REFUSED = ("refused_1", "refused_2")
ANSWERS = ("booked", "moved", "cancelled", "refused", "no_free_time")
FROM_JOURNAL = (*HAPPENED, *REFUSED, *TIMES, *LEFT)
USES = ("voice", "large_type", "keys")
FROM_VISITS = ("visits", *USES)
COUNTED = (*FROM_JOURNAL, *FROM_VISITS)


class Place(NamedTuple):
    """Whose day: the building and kiosk are 0 where there is none, the language is empty where nobody chose one."""

    organisation_id: int
    day: date
    building_id: int
    kiosk_id: int
    channel: str
    language: str


COUNTS = Table(
    "day_count",
    Base.metadata,
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("building_id", Integer, primary_key=True),
    Column("kiosk_id", Integer, primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("language", String(2), primary_key=True),
    *(Column(name, Integer, nullable=False, server_default="0") for name in COUNTED),
)


class DayCount(Base):
    """The counts of one Place: those of FROM_JOURNAL can be made anew from it, those of FROM_VISITS are only here."""

    __table__ = COUNTS


def names_of(event: str, ground: int | None, step: str | None, seconds: int | None) -> list[str]:
    """The counts that one journal entry adds to; none for what staff do among themselves."""
    names = [f"refused_{ground}"] if event == "refused" else [event] if event in HAPPENED else []
    if event in ANSWERS and seconds is not None:
        names.append(next((f"answered_{limit}" for limit in STEPS_OF_TIME if seconds <= limit), TIMES[-1]))
    if event == "gave_up":
        names.append(f"left_{step if step in STEPS else 'elsewhere'}")
    return names


def count_entry(session: Session, entry: Any) -> None:
    """Count a journal entry, inside its transaction: in the building of its kiosk, doctor or member of staff."""
    names = names_of(entry.event, entry.ground, entry.step, entry.seconds)
    if names:
        add(
            session,
            place_of(entry, *house_of(session, entry.kiosk_id, entry.doctor_id, entry.details.get("building"))),
            Counter(names),
        )


def count_use(session: Session, kiosk: Kiosk, language: str, names: tuple[str, ...], now: datetime) -> None:
    """Count something of FROM_VISITS for a kiosk: that it happened, and nothing of whom it happened to."""
    building = kiosk.building
    day = now.astimezone(ZoneInfo(building.zone)).date()
    place = Place(building.organisation_id, day, building.id, kiosk.id, "kiosk", language)
    add(session, place, Counter(names))


def add(session: Session, place: Place, counts: Counter[str]) -> None:
    """Add counts to a place, in one statement that waits for whoever is counting there too."""
    add_up(session, COUNTS, place._asdict(), counts)


def place_of(entry: Any, building_id: int, zone: str) -> Place:
    """Where an entry of the journal counts, in a building of this zone."""
    day = entry.at.astimezone(ZoneInfo(zone)).date()
    return Place(entry.organisation_id, day, building_id, entry.kiosk_id or 0, entry.channel, entry.language or "")


def house_of(session: Session, kiosk_id: int | None, doctor_id: int | None, building_id: int | None) -> tuple[int, str]:
    """The building of a kiosk, or else of a doctor, or else this one, and its zone; 0 where there is none of them."""
    query = select(Building.id, Building.zone)
    if kiosk_id is not None:
        query = query.join(Kiosk, Kiosk.building_id == Building.id).where(Kiosk.id == kiosk_id)
    elif doctor_id is not None:
        query = query.join(Doctor, Doctor.building_id == Building.id).where(Doctor.id == doctor_id)
    elif building_id is not None:
        query = query.where(Building.id == building_id)
    else:
        return 0, HOME_ZONE
    ident, zone = session.execute(query).one()
    return ident, zone
