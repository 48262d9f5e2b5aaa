"""What a request has changed of a visit, and what it leaves to others."""

from dataclasses import fields, replace

from kiosk.accessibility.preferences import Preferences
from kiosk.patient.visit import ERRAND, Stop, Visit, changed_between, visit_from


def test_a_wish_is_a_wish_alone() -> None:
    before = Visit("kk")
    after = replace(before, preferences=Preferences(text_size=4))
    assert set(changed_between(before.plain(), after.plain())) == {"preferences"}
    assert changed_between(before.plain(), before.plain()) == {}


def test_person_and_errand_are_written_together() -> None:
    before = Visit("kk")
    changed = changed_between(before.plain(), replace(before, stop=Stop("RegisterSilent")).plain())
    assert set(changed) == ERRAND and changed["actor"] is None
    assert {one.name for one in fields(Visit)} > ERRAND


def test_what_becomes_of_a_visit_leaves_what_was_read_as_it_was() -> None:
    read = Visit("kk", messages=["first"], draft={"iin": "1"}).plain()
    visit = visit_from(read)
    visit.messages.append("second")
    visit.draft.clear()
    assert set(changed_between(read, visit.plain())) == {"messages", "draft"}


def test_a_field_that_an_older_version_did_not_know_is_written() -> None:
    after = Visit("kk").plain()
    before = {name: value for name, value in after.items() if name != "aloud"}
    assert changed_between(before, after) == {"aloud": ""}
