"""From a visit to the clinic's words: journal events, booking acts, the window of offered times."""

from typing import Any

from kiosk.clinic import booking, journal, slots, unconfirmed
from kiosk.clinic.authority import PARENT
from kiosk.clinic.day_counts import ANSWERS
from kiosk.clinic.kiosk_settings import FALLBACK
from kiosk.clinic.legal import edition_on
from kiosk.clinic.people import find_patient, remember
from kiosk.clinic.ports import CONSENT_GIVEN, DOCUMENT_SHOWN, Person
from kiosk.clinic.schedule import DoctorKind
from kiosk.patient.here import here, keys, visit, visit_ident
from kiosk.patient.visit import Visit


def event(work: Any, name: str, step: str, **facts: Any) -> journal.Event:
    """What happened in this visit, with random refs for who it happened to, unless `facts` know better."""
    now = visit()
    if now is None:
        return journal.Event(name, kiosk_id=here().kiosk.id, step=step, **facts)
    known: dict[str, Any] = {
        "kiosk_id": here().kiosk.id,
        "language": now.language,
        "basis": _basis(now, name),
        "patient_ref": _ref(work, now.patient),
        "actor_ref": _ref(work, now.actor),
        "seconds": now.seconds(here().now),
        "step": step,
        "messages": tuple(now.messages),
        "text_version": edition_on(here().now.date()).version,
    }
    details = {**_grounds(now), **facts.pop("details", {})}
    return journal.Event(name, **{**known, **facts, "details": details})


def _basis(now: Visit, name: str) -> str | None:
    """A parent who acts for a child acts on that ground; how the parent identified stands beside it."""
    if _for_another(now) and name != "identified":
        return PARENT
    return now.basis.kind if now.basis else None


def _grounds(now: Visit) -> dict[str, Any]:
    """What the entry rests on besides: the list of a day, the consent, how a parent identified."""
    facts: dict[str, Any] = {"correlation": now.correlation} if now.messages else {}
    if now.list_day:
        facts["source"] = f"local list of {now.list_day.isoformat()}"
    if now.consent_ref:
        facts["consent"] = now.consent_ref
    if now.basis and _for_another(now):
        facts["identified_by"] = now.basis.kind
    return facts


def _for_another(now: Visit) -> bool:
    return now.actor is not None and now.patient is not None and now.actor.iin != now.patient.iin


def relied(now: Visit) -> unconfirmed.Relied | None:
    """What this visit took from the clinic's list while the gateway was silent; None where it took nothing."""
    if here().settings.registers != FALLBACK or not now.local or now.actor is None or now.patient is None:
        return None
    kind = now.basis.kind if now.basis else ""
    kind = DOCUMENT_SHOWN if kind == CONSENT_GIVEN else kind  # the consent's token will be long over
    return unconfirmed.Relied(now.actor.iin, now.patient.iin, kind, now.local.get("document"))


def record(work: Any, name: str, step: str, **facts: Any) -> journal.JournalEntry:
    """Write the event into the clinic's journal."""
    if name in ANSWERS and (now := visit()):
        now.answered = True
    return journal.record(work, here().organisation.id, event(work, name, step, **facts), here().now)


def leave(work: Any, step: str) -> None:
    """Journal that somebody who identified leaves without an answer."""
    now = visit()
    if now is not None and now.waiting_since is not None:
        record(work, "gave_up", step)


def act(work: Any, step: str) -> booking.Act:
    """Who books, for whom, in this visit; only after identification."""
    now = visit()
    if now is None or now.patient is None or now.actor is None:
        raise LookupError("Nobody has identified in this visit.")
    patient = remember(work, keys(), now.patient, here().now)
    actor = patient if now.actor == now.patient else remember(work, keys(), now.actor, here().now)
    return booking.Act(here().organisation.id, visit_ident(), patient, actor, event(work, "booked", step), here().now)


def period() -> slots.Window:
    """The times that may be offered in this visit."""
    place = here()
    return slots.window(
        visit_ident(), place.now, place.settings.notice_minutes, place.settings.horizon_days, place.zone
    )


def kinds(person: Person) -> tuple[DoctorKind, ...]:
    """The kinds of doctor this person may see here."""
    place = here()
    today = place.now.date()
    return slots.kinds_for(person.birth_date, today, place.settings.age_border)


def coming(work: Any, person: Person) -> list[booking.Appointment]:
    """The person's coming appointments."""
    patient = find_patient(work, keys(), person.iin)
    return booking.active_appointments(work, patient.id, here().now) if patient else []


def may_change_earlier() -> bool:
    """Whether this visit may change bookings that it did not make: by card, or where the clinic allows a number."""
    now = visit()
    return (now is not None and now.by_card) or here().settings.number_may_change_earlier


def _ref(work: Any, person: Person | None) -> str | None:
    return remember(work, keys(), person, here().now).ref if person else None
