"""What a request has changed of a visit, and what it leaves to others."""

from dataclasses import fields, replace

from kiosk.accessibility.preferences import Preferences
from kiosk.patient.visit import ERRAND, Stop, Visit, changed_between, laid_upon, visit_from


def test_a_wish_is_a_wish_alone() -> None:
    before = Visit("kk")
    after = replace(before, preferences=Preferences(text_size=4))
    assert changed_between(before.plain(), after.plain()) == {"preferences"}
    assert changed_between(before.plain(), before.plain()) == set()


def test_person_and_errand_are_written_together() -> None:
    before = Visit("kk")
    assert changed_between(before.plain(), replace(before, stop=Stop("RegisterSilent")).plain()) == ERRAND
    assert {one.name for one in fields(Visit)} > ERRAND


def test_what_becomes_of_a_visit_leaves_what_was_read_as_it_was() -> None:
    read = Visit("kk", messages=["first"], draft={"iin": "1"}).plain()
    visit = visit_from(read)
    visit.messages.append("second")
    visit.draft.clear()
    assert changed_between(read, visit.plain()) == {"messages", "draft"}


def test_a_field_that_an_older_version_did_not_know_is_written() -> None:
    after = Visit("kk").plain()
    before = {name: value for name, value in after.items() if name != "aloud"}
    assert changed_between(before, after) == {"aloud"}


def test_two_wishes_at_once_both_hold() -> None:
    read = Visit("kk")
    larger = replace(read, preferences=Preferences(text_size=4)).plain()
    softer = replace(read, preferences=Preferences(theme="soft")).plain()
    both = laid_upon(larger, read.plain(), softer, {"preferences"})
    assert (both["preferences"]["text_size"], both["preferences"]["theme"]) == (4, "soft")


def test_what_was_written_and_taken_back_is_written_again() -> None:
    read = Visit("kk").plain()
    assert laid_upon({**read, "consent_ref": "abc"}, read, read, {"consent_ref"})["consent_ref"] is None
    assert laid_upon({**read, "consent_ref": "abc"}, read, read, set())["consent_ref"] == "abc"


def test_the_answer_about_the_loudspeaker_lasts_for_the_visit() -> None:
    visit = Visit("kk", aloud="no", draft={"iin": "1"}, stop=Stop("RegisterSilent"))
    visit.forget_person()
    assert (visit.aloud, visit.draft, visit.stop) == ("no", {}, None)
