"""The journey as a value: who may enter which step, and where the first unfinished one is."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from kiosk.accessibility.preferences import Preferences
from kiosk.clinic.kiosk_settings import KioskSettings
from kiosk.clinic.ports import Basis
from kiosk.patient.journey import STEPS, first_unfinished, may_enter
from kiosk.patient.visit import Attached, Stop, Visit, life, visit_from
from tests.factories import NOW, Somebody

ME = Somebody().answer().person
ATTACHED = Attached("07", date(2024, 2, 1), "register", NOW)
NEW = Visit("kk")
KNOWN = Visit("kk", actor=ME, patient=ME, basis=Basis("card_presented"), identified_at=NOW)
HERE = replace(KNOWN, attached=ATTACHED)
CHOSEN = replace(HERE, doctor_id=5)
DONE = replace(CHOSEN, ticket="ref")
STOPPED = Visit("kk", stop=Stop("PersonUnknown"))


@pytest.mark.parametrize(
    ("visit", "holds", "steps"),
    [
        (None, False, {"identify"}),
        (NEW, False, {"identify"}),
        (STOPPED, False, {"identify", "attachment"}),
        (KNOWN, False, {"identify", "attachment"}),
        (HERE, False, {"identify", "attachment", "doctor"}),
        (CHOSEN, False, {"identify", "attachment", "doctor", "slot"}),
        (CHOSEN, True, {"identify", "attachment", "doctor", "slot", "confirm"}),
        (DONE, False, {"identify", "attachment", "doctor", "slot", "ticket"}),
    ],
)
def test_who_may_enter(visit: Visit | None, holds: bool, steps: set[str]) -> None:
    assert {step for step in STEPS if may_enter(visit, step, holds)} == steps


@pytest.mark.parametrize(
    ("visit", "holds", "step"),
    [
        (None, False, "welcome"),
        (NEW, False, "welcome"),
        (replace(NEW, draft={"iin": "1"}), False, "identify"),
        (STOPPED, False, "attachment"),
        (KNOWN, False, "attachment"),
        (HERE, False, "attachment"),
        (CHOSEN, False, "slot"),
        (CHOSEN, True, "confirm"),
        (DONE, False, "ticket"),
    ],
)
def test_where_a_jump_is_led(visit: Visit | None, holds: bool, step: str) -> None:
    assert first_unfinished(visit, holds) == step


@pytest.mark.parametrize(("visit", "holds"), [*product([None, NEW, STOPPED, KNOWN, HERE, CHOSEN, DONE], [False, True])])
def test_nobody_is_led_where_they_may_not_enter(visit: Visit | None, holds: bool) -> None:
    step = first_unfinished(visit, holds)
    assert step == "welcome" or may_enter(visit, step, holds)


def test_appointments_need_an_attached_patient_and_nothing_more() -> None:
    assert may_enter(HERE, "appointments")
    assert not any(may_enter(visit, "appointments") for visit in (None, NEW, STOPPED, KNOWN))


def test_a_visit_survives_its_seal_whole() -> None:
    full = replace(
        DONE,
        preferences=Preferences(text_size=4, theme="soft"),
        draft={"iin": "1"},
        children=[{"name": "Бала", "year": "2024"}],
        messages=["m1"],
        stop=Stop("SlotTaken", {"system": "x"}),
        lost_slot=3,
        moving="ref",
    )
    for visit in (NEW, STOPPED, KNOWN, HERE, full):
        assert visit_from(json.loads(json.dumps(visit.plain()))) == visit


def test_forgetting_the_person_keeps_language_and_preferences_only() -> None:
    visit = replace(DONE, language="ru", preferences=Preferences(theme="soft"))
    visit.forget_person()
    assert visit == Visit("ru", Preferences(theme="soft"), correlation=DONE.correlation)


def test_forgetting_the_choice_keeps_who_identified() -> None:
    visit = replace(DONE, moving="ref", lost_slot=1)
    visit.forget_choice()
    assert (visit.actor, visit.basis, visit.identified_at) == (ME, Basis("card_presented"), NOW)
    assert (visit.patient, visit.attached, visit.doctor_id, visit.ticket, visit.moving) == (None,) * 5


def test_seconds_count_from_identification() -> None:
    assert NEW.seconds(NOW) is None
    assert KNOWN.seconds(datetime(2031, 3, 12, 4, 10, tzinfo=UTC)) == 600


def test_a_number_is_no_card() -> None:
    assert KNOWN.by_card
    assert not replace(KNOWN, basis=Basis("number_typed")).by_card
    assert not NEW.by_card


def test_a_visit_lives_for_the_idle_time_and_its_grace() -> None:
    for visit in (None, NEW, DONE):
        assert life(KioskSettings(idle=100, idle_grace=20), visit).total_seconds() == 120
