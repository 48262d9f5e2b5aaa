"""Many processes at one database: what each of them does, started together by a barrier."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kiosk.clinic import booking, calls, limits, slots
from kiosk.clinic.journal import Event, record
from kiosk.clinic.obstacles import Obstacle
from kiosk.clinic.publishing import publish
from kiosk.clinic.records import Appointment, Patient, Slot
from kiosk.database import db, settle, transaction
from tests.clinic import Place, act, admit, enter, hold_and_book, window
from tests.database.engines import application
from tests.factories import NOW

RIVALS = 8
PATIENCE = 60
_gate: Barrier


def _arrive(gate: Barrier) -> None:
    global _gate
    _gate = gate


class Crowd:
    """Eight processes, started once for all races."""

    def __init__(self) -> None:
        context = get_context("spawn")
        gate = context.Barrier(RIVALS)
        self.pool = ProcessPoolExecutor(RIVALS, mp_context=context, initializer=_arrive, initargs=(gate,))

    def race(self, deed: Callable[..., Any], url: str, *arguments: Any) -> list[Any]:
        """Let each process do `deed(number, *arguments)` at the same moment; what each of them says."""
        running = [self.pool.submit(_run, deed, url, number, arguments) for number in range(RIVALS)]
        return [one.result(timeout=PATIENCE) for one in running]


def _run(deed: Callable[..., Any], url: str, number: int, arguments: tuple[Any, ...]) -> Any:
    with application(url).app_context():
        try:
            with transaction() as work:  # connected before the start
                work.execute(select(1))
            _gate.wait(PATIENCE)
            return deed(number, *arguments)
        finally:
            db.session.remove()
            db.engine.dispose()


def same_slot(number: int, place: Place, slot_id: int) -> str:
    """Hold and book one time, each for a patient of its own."""
    with transaction() as work:
        visit, patient_id = enter(work, place), admit(work, 100 + number).id
    _gate.wait(PATIENCE)
    try:
        with transaction() as work:
            patient = work.get_one(Patient, patient_id)
            hold_and_book(work, work.get_one(Slot, slot_id), act(place, visit, patient))
    except Obstacle as reason:
        return type(reason).__name__
    return "booked"


def past_the_holds(number: int, place: Place, slot_id: int) -> str:
    """Write the appointment straight into the table, as no code of the house does."""
    with transaction() as work:
        patient_id = admit(work, 100 + number).id
        slot = work.get_one(Slot, slot_id)
        row = Appointment(
            ref=f"rival-{number}",
            slot_id=slot_id,
            patient_id=patient_id,
            actor_id=patient_id,
            doctor_id=slot.doctor_id,
            doctor_kind=slot.doctor.kind,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            entry_number=number,
            booked_at=NOW,
        )
    _gate.wait(PATIENCE)
    try:
        with transaction() as work:
            work.add(row)
            work.flush()
    except booking.IntegrityError as refused:
        return booking.REFUSALS[booking.violated(refused)].__name__
    return "booked"


def same_patient(number: int, place: Place, slot_ids: list[int], patient_id: int) -> str:
    """Book for one patient, each at another of `slot_ids`, which all lie at the same time."""
    with transaction() as work:
        visit = enter(work, place)
    _gate.wait(PATIENCE)
    try:
        with transaction() as work:
            patient = work.get_one(Patient, patient_id)
            hold_and_book(work, work.get_one(Slot, slot_ids[number]), act(place, visit, patient))
    except Obstacle as reason:
        return type(reason).__name__
    return "booked"


def busy_morning(number: int, place: Place, doctors: list[int], patients: list[int], rounds: int) -> Counter[str]:
    """Hold, book, move, cancel and publish in a mixture, each with another seed; what came of each."""
    chance, said = random.Random(number), Counter[str]()
    for _ in range(rounds):
        try:
            said[_one_deed(chance, place, doctors, patients)] += 1
        except Obstacle as reason:
            said[type(reason).__name__] += 1
    return said


def _one_deed(chance: random.Random, place: Place, doctors: list[int], patients: list[int]) -> str:
    with transaction() as work:
        visit = enter(work, place)

    def deed(work: Session) -> str:
        patient = admit(work, chance.choice(patients))  # first of all, as at a kiosk: who books is remembered
        doing = act(place, visit, patient)
        mine = booking.active_appointments(work, patient.id, NOW)
        wish = chance.random()
        if wish < 0.15 and mine:
            booking.cancel(work, chance.choice(mine).ref, doing, may_change_earlier=True)
            return "cancelled"
        if wish > 0.97:
            publish(work, place.organisation, NOW.date(), NOW.date() + timedelta(days=1), NOW)
            return "published"
        query = select(Slot.id).where(Slot.doctor_id.in_(doctors), Slot.status != "withdrawn")
        slot_id = chance.choice(list(work.scalars(query)))
        slots.hold(work, slot_id, doctors, window(visit))
        if wish < 0.4 and mine:
            booking.move(work, chance.choice(mine).ref, slot_id, doing, may_change_earlier=True)
            return "moved"
        booking.book(work, slot_id, doing)
        return "booked"

    return settle(deed)


def same_publication(number: int, place: Place) -> int:
    """Publish the same days."""
    with transaction() as work:
        return publish(work, place.organisation, NOW.date(), NOW.date() + timedelta(days=7), NOW).added


def first_entry(number: int, place: Place) -> int | None:
    """Write the journal's first entry."""
    with transaction() as work:
        return record(work, place.organisation, Event("booked", seconds=number), NOW).entry_number


def same_person(number: int, place: Place) -> str:
    """Remember one and the same new person."""
    with transaction() as work:
        return admit(work, 500).ref


def same_call(number: int, place: Place, visit: str) -> bool:
    """Call for help in one and the same visit; whether this press was the one that called, and is journalled."""
    with transaction() as work:
        return calls.ask(work, place.kiosk, visit, "slot", "kk", NOW) is not None


def same_window(number: int, place: Place, limit: int) -> str:
    """Try to identify at one kiosk."""
    try:
        with transaction() as work:
            limits.count_try(work, place.kiosk, limit, NOW)
    except Obstacle as reason:
        return type(reason).__name__
    return "tried"


def crossing(number: int, slot_ids: list[int]) -> int:
    """Lock two slots, every other rival in the opposite order; how often the deed had to be done."""
    order = slot_ids if number % 2 else slot_ids[::-1]
    times = []

    def deed(work: Session) -> None:
        times.append(number)
        mark = update(Slot).values(cool_down_minutes=Slot.cool_down_minutes + 1)
        work.execute(mark.where(Slot.id == order[0]))
        if len(times) == 1 and number < 2:
            _gate.wait(PATIENCE)
        work.execute(mark.where(Slot.id == order[1]))

    if number > 1:
        _gate.wait(PATIENCE)
        return 0
    settle(deed)
    return len(times)
