"""Served: whom a member of staff serves now, at the window or on the phone; kept sealed, forgotten at the end."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, g, request

from kiosk.clinic import booking, journal, reception, unconfirmed
from kiosk.clinic.authority import seal_number
from kiosk.clinic.kiosk_settings import FALLBACK, KioskSettings, merge
from kiosk.clinic.legal import edition_on
from kiosk.clinic.people import find_patient, person_from, remember
from kiosk.clinic.places import Organisation
from kiosk.clinic.ports import Person, Registers
from kiosk.database import db
from kiosk.staff.blueprint import SESSION_COOKIE, at_my_building, keys, me, my_buildings, now

WINDOW, PHONE = "window", "phone"


@dataclass
class Served:
    """One person at the desk: who identified, who is to be seen, whether attached, and what was done last."""

    channel: str
    language: str
    actor: Person
    basis: str
    identified_at: datetime
    children: list[dict[str, str]] = field(default_factory=list)
    patient: Person | None = None
    messages: list[str] = field(default_factory=list)
    district: str | None = None
    stop: str | None = None
    stop_clinic: str | None = None
    by_decision: bool = False
    authority: str = ""  # on what ground the actor acts for another, see kiosk/clinic/authority.py
    paper: str = ""
    local: dict[str, Any] = field(default_factory=dict)  # days of the clinic's own list where it answered
    answered: str = ""  # when the attachment was told, as ISO time
    done: str = ""
    done_ref: str = ""

    @property
    def may_book(self) -> bool:
        """Whether this person is attached here, by the register or by a person's decision."""
        return self.patient is not None and (self.district is not None or self.by_decision)

    @property
    def list_day(self) -> date | None:
        """The day of the clinic's own list that this rests on, the oldest one; None where it does not."""
        days = [self.local[name] for name in ("identity", "attachment") if name in self.local]
        return date.fromisoformat(min(days)) if days else None

    @property
    def answered_at(self) -> datetime | None:
        """When the register told the attachment."""
        return datetime.fromisoformat(self.answered) if self.answered else None

    def seconds(self, moment: datetime) -> int:
        """Seconds since identification (standard, row 3)."""
        return int((moment - self.identified_at).total_seconds())


def served() -> Served | None:
    """The person at my desk, or None."""
    if "served" not in g:
        plain = reception.find_content(db.session(), _desk(), now())
        g.served = _from(plain) if plain else None
    found: Served | None = g.served
    return found


def keep(work: Any, person: Served) -> None:
    """Keep whom I serve."""
    g.served = person
    reception.keep(work, _desk(), _plain(person), now())


def forget(work: Any) -> None:
    """Nobody is at my desk any more."""
    g.served = None
    reception.end(work, _desk())


def organisation() -> Organisation:
    """The clinic I work for."""
    return db.session().get_one(Organisation, me().organisation_id)


def settings() -> KioskSettings:
    """What the clinic, and my first building, have set."""
    buildings = my_buildings()
    return merge(organisation().settings, buildings[0].settings if buildings else {})[0]


def registers() -> Registers:
    """The registers that this clinic goes by."""
    chosen: Registers = current_app.extensions["choose_registers"](organisation(), settings().registers)
    return chosen


def zone() -> str:
    """The wall clock of my first building."""
    buildings = my_buildings()
    return buildings[0].zone if buildings else "Asia/Almaty"


def event(work: Any, name: str, person: Served, **facts: Any) -> journal.Event:
    """What happened at my desk, with random refs for who it happened to."""
    known = {one.iin: remember(work, keys(), one, now()).ref for one in (person.actor, person.patient) if one}
    patient_ref = known[person.patient.iin] if person.patient else None
    who = {"staff": me().ref, "role": me().role, **at_my_building()}
    source = {"source": f"local list of {person.list_day.isoformat()}"} if person.list_day else {}
    details = {**who, **source, **_authority(person, patient_ref), **facts.pop("details", {})}
    return journal.Event(
        name,
        channel=person.channel,
        language=person.language,
        basis=person.authority or person.basis,
        patient_ref=patient_ref,
        actor_ref=known[person.actor.iin],
        seconds=person.seconds(now()),
        step="window",
        messages=tuple(person.messages),
        text_version=edition_on(now().date()).version,
        details=details,
        **facts,
    )


def _authority(person: Served, patient_ref: str | None) -> dict[str, Any]:
    """How who acts for another identified, and the number of the paper that was shown, sealed."""
    if not person.authority or patient_ref is None:
        return {}
    paper = {"paper": seal_number(keys(), person.paper, patient_ref)} if person.paper else {}
    return {"identified_by": person.basis, **paper}


def act(work: Any, person: Served) -> booking.Act:
    """I book, move or cancel for the person at my desk, who hears it from me at once."""
    if person.patient is None:
        raise LookupError("Nobody is to be seen.")
    patient = remember(work, keys(), person.patient, now())
    actor = remember(work, keys(), person.actor, now())
    happened = event(work, "booked", person)
    return booking.Act(
        me().organisation_id, _desk().ident, patient, actor, happened, now(), me().ref, in_person=True, reason="wish"
    )


def done(work: Any, person: Served, what: str, made: booking.Appointment) -> None:
    """Keep what was done last; a booking that rests on the list while the gateway is silent waits for a check."""
    person.done, person.done_ref = what, made.ref
    booked = what != "cancelled" and person.patient is not None
    if booked and person.list_day and settings().registers == FALLBACK:
        rests = unconfirmed.Relied(
            person.actor.iin, (person.patient or person.actor).iin, person.basis, person.local.get("document")
        )
        unconfirmed.mark(work, keys(), made, rests, me().organisation_id, now())
    keep(work, person)


def appointments_of(person: Person) -> list[booking.Appointment]:
    """The person's coming appointments."""
    patient = find_patient(db.session(), keys(), person.iin)
    return booking.active_appointments(db.session(), patient.id, now()) if patient else []


def _desk() -> reception.Desk:
    return reception.Desk(keys(), me().id, request.cookies.get(SESSION_COOKIE, ""))


def _plain(person: Served) -> dict[str, Any]:
    plain = asdict(person)
    plain["identified_at"] = person.identified_at.isoformat()
    for name in ("actor", "patient"):
        if plain[name]:
            plain[name] = {**plain[name], "birth_date": plain[name]["birth_date"].isoformat()}
    return plain


def _from(plain: dict[str, Any]) -> Served:
    values = {**plain, "identified_at": datetime.fromisoformat(plain["identified_at"])}
    for name in ("actor", "patient"):
        values[name] = person_from(plain[name]) if plain[name] else None
    return Served(**values)


def today() -> date:
    """The calendar day on the clinic's wall."""
    return now().astimezone(ZoneInfo(zone())).date()
