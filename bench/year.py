"""A clinic after a year: sixty doctors, five kiosks, and a journal of 300,000 entries whose chain holds."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from flask import Flask
from sqlalchemy import insert, select, update

from kiosk import demo, migrations
from kiosk.clinic import journal
from kiosk.clinic.calls import HelpCall
from kiosk.clinic.full_days import close_days
from kiosk.clinic.journal import FIRST_HASH, JournalEntry, JournalHead
from kiosk.clinic.names import Names
from kiosk.clinic.places import Building, Kiosk
from kiosk.clinic.publishing import publish
from kiosk.clinic.recounting import recount
from kiosk.clinic.schedule import Doctor, Schedule
from kiosk.database import db, transaction
from kiosk.sealing import Keys

ENTRIES, DOCTORS, KIOSKS = 300_000, 60, 5
# What happens, how often of a hundred times, and at which step.
HAPPENS = (
    ("identified", 45, "identify"),
    ("booked", 30, "confirm"),
    ("refused", 5, "attachment"),
    ("moved", 4, "confirm"),
    ("cancelled", 4, "appointments"),
    ("gave_up", 6, "slot"),
    ("no_free_time", 2, "attachment"),
    ("help_called", 2, "slot"),
    ("changed", 1, None),
    ("looked", 1, None),
)


def build(app: Flask, now: datetime) -> None:
    """Fill the database of `app` as of `now`."""
    settings = app.extensions["settings"]
    with app.app_context():
        migrations.upgrade(db.engine)
        with transaction() as work:
            demo.load(work, Keys.of(settings.master_key), now, None)
        with transaction() as work:
            place = _grow(work, now)
        with transaction() as work:
            _write_journal(work, place, now)
            recount(work, place)


def _grow(work: db.session, now: datetime) -> int:
    buildings = list(work.scalars(select(Building).order_by(Building.id)))
    place = buildings[0].organisation_id
    known = list(work.scalars(select(Doctor).order_by(Doctor.id)))
    for number in range(len(known), DOCTORS):
        model = known[number % len(known)]
        name = f"Дәрігерова {number}"
        fresh = Doctor(
            organisation_id=place,
            building_id=model.building_id,
            kind=model.kind,
            names=Names(name, name, name),
            room=str(number),
            floor=2,
        )
        work.add(fresh)
        work.flush()
        for rule in list(work.scalars(select(Schedule).where(Schedule.doctor_id == model.id))):
            values = {
                c.key: getattr(rule, c.key) for c in Schedule.__table__.columns if c.key not in ("id", "doctor_id")
            }
            work.add(Schedule(doctor_id=fresh.id, **values))
    for number in range(1, KIOSKS):
        name = f"Киоск {number + 1}"
        work.add(Kiosk(building_id=buildings[number % len(buildings)].id, names=Names(name, name, name)))
    work.flush()
    begin = now - timedelta(days=365)
    work.execute(update(Schedule).values(valid_from=begin.date()))
    publish(work, place, begin.date(), now.date() + timedelta(days=14), begin)
    close_days(work, now)
    return place


def _write_journal(work: db.session, place: int, now: datetime) -> None:
    chance = random.Random(5)
    head = work.get_one(JournalHead, place)
    before = _Chain(place, head.sequence, head.entry_number, head.hash or FIRST_HASH)
    kiosks, doctors = (list(work.scalars(select(one.id))) for one in (Kiosk, Doctor))
    rows = before.entries(chance, kiosks, doctors, now)
    while some := list(islice(rows, 5000)):
        work.execute(insert(JournalEntry), some)
    head.sequence, head.entry_number, head.hash = before.sequence, before.number, before.hash
    calls = [_call(chance, kiosks, now) for _ in range(ENTRIES // 50)]
    work.execute(insert(HelpCall), calls)


class _Chain:
    """The end of the chain while it grows."""

    def __init__(self, place: int, sequence: int, number: int, last: str) -> None:
        self.place, self.sequence, self.number, self.hash = place, sequence, number, last

    def entries(self, chance: random.Random, kiosks: list[int], doctors: list[int], now: datetime) -> Iterator[dict]:
        names, weights = [one[0] for one in HAPPENS], [one[1] for one in HAPPENS]
        steps = {one[0]: one[2] for one in HAPPENS}
        for place in range(ENTRIES):
            event = chance.choices(names, weights)[0]
            at = now - timedelta(days=365) * (1 - place / ENTRIES)
            yield self._link(event, steps[event], at, chance, kiosks, doctors)

    def _link(
        self, event: str, step: str | None, at: datetime, chance: random.Random, kiosks: list[int], doctors: list[int]
    ) -> dict:
        numbered, by_staff = event in journal.NUMBERED, step is None or chance.random() < 0.15
        self.sequence, self.number = self.sequence + 1, self.number + numbered
        entry = JournalEntry(
            organisation_id=self.place,
            sequence=self.sequence,
            entry_number=self.number if numbered else None,
            event=event,
            at=at,
            kiosk_id=None if by_staff else chance.choice(kiosks),
            channel="staff" if step is None else chance.choice(("window", "phone")) if by_staff else "kiosk",
            language=chance.choice(("kk", "ru", "en")),
            basis="card_presented",
            ground=2 if event == "refused" else None,
            text_version="2026" if event == "refused" else None,
            patient_ref=f"{chance.randrange(40_000):022}",
            doctor_id=chance.choice(doctors) if event in ("booked", "moved", "cancelled", "no_free_time") else None,
            starts_at=at + timedelta(days=3) if event in ("booked", "moved", "cancelled") else None,
            seconds=int(chance.lognormvariate(4.3, 0.8)) if step else None,
            step=step,
            messages=[],
            details={},
            previous_hash=self.hash,
        )
        entry.hash = self.hash = journal._hash(entry)
        return {
            column.key: getattr(entry, column.key) for column in JournalEntry.__table__.columns if column.key != "id"
        }


def _call(chance: random.Random, kiosks: list[int], now: datetime) -> dict:
    asked = now - timedelta(seconds=chance.randrange(60, 365 * 86400))
    came = asked + timedelta(seconds=chance.randrange(5, 300))
    return {
        "kiosk_id": chance.choice(kiosks),
        "step": "slot",
        "language": chance.choice(("kk", "ru")),
        "asked_at": asked,
        "coming_at": came,
        "done_at": came,
        "waited": int((came - asked).total_seconds()),
    }
