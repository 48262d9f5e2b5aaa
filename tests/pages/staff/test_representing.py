"""Acting for another at the window: nothing is held against who only speaks, and the paper is kept sealed."""

from datetime import date

import pytest
from flask import Flask

from tests.desk import Desk, at_the_window, book_first, entries
from tests.factories import ELSEWHERE, Registers, Somebody

THERE = (("active", ELSEWHERE, "07"),)


@pytest.fixture
def grandmother(registers: Registers) -> Somebody:
    return registers.add(Somebody(name="Бағила", sex="female", born=date(1950, 3, 4), running=7, number="012222222"))


@pytest.fixture
def nephew(registers: Registers) -> Somebody:
    """Attached to another clinic, and here for his aunt."""
    return registers.add(Somebody(name="Ерлан", attachments=THERE))


def shown(desk: Desk, ident: str, attribute: str) -> str:
    found = desk.page.by_id(ident)
    assert found is not None
    return found.get(attribute, "")


def come_for_another(app: Flask, somebody: Somebody) -> Desk:
    desk = Desk(app, "registrar")
    desk.get("/staff/window")
    desk.get(shown(desk, "another", "href"))
    desk.fill(iin=somebody.iin, document_number=somebody.number)
    desk.get(shown(desk, "represented", "href"))
    return desk


@pytest.mark.parametrize("paper", ["power_of_attorney", "guardianship"])
def test_a_representative_attached_elsewhere_books_by_the_paper_shown(
    app: Flask, nephew: Somebody, grandmother: Somebody, paper: str
) -> None:
    desk = come_for_another(app, nephew)
    desk.fill(iin=grandmother.iin, paper=paper, number="1-204 № 77")
    assert "Бағила" in desk.page.heading and "Ерлан" in desk.page.words and "1-204 № 77" in desk.page.words
    book_first(desk)
    (entry,) = entries(app, "booked")
    assert (entry.basis, entry.details["identified_by"]) == (paper, "number_typed")
    assert entry.patient_ref != entry.actor_ref and "1-204" not in str(entry.details)
    assert entries(app, "refused") == []
    chief = Desk(app, "organisation")
    chief.get(f"/staff/journal/{entry.sequence}")
    assert "1-204" not in chief.page.words
    chief.press("person")
    assert all(told in chief.page.words for told in ("1-204 № 77", "Ерлан", "Бағила"))


@pytest.mark.parametrize(
    "typed", [{"iin": "123"}, {"number": ""}, {"number": "<b>"}, {"iin": "950101300017"}, {"iin": "own"}]
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    app: Flask, nephew: Somebody, grandmother: Somebody, typed: dict[str, str]
) -> None:
    desk = come_for_another(app, nephew)
    typed = {name: nephew.iin if value == "own" else value for name, value in typed.items()}
    wanted = {"iin": grandmother.iin, "paper": "guardianship", "number": "77", **typed}
    desk.fill(**wanted)
    assert desk.page.status == 400 and desk.page.by_id("notice") is not None
    assert [shown(desk, name, "value") for name in ("iin", "number")] == [wanted["iin"], wanted["number"]]
    assert entries(app, "refused") == entries(app, "booked") == []


def test_a_parent_attached_elsewhere_is_asked_for_whom_before_anything_is_looked_up(
    app: Flask, registers: Registers
) -> None:
    child = registers.add(Somebody(name="Айым", born=date(2026, 3, 1), sex="female", running=5, number=""))
    desk = at_the_window(app, registers.add(Somebody(children=(child.iin,), attachments=THERE)))
    desk.press_value("patient", "0")
    registers.silent = {"attachments"}
    desk.press_value("patient", "0")
    registers.silent.clear()
    desk.press_value("patient", "again")
    book_first(desk)
    assert entries(app, "refused") == []
    (entry,) = entries(app, "booked")
    assert entry.basis == "parent"
    desk.press_value("patient", "self")
    (refused,) = entries(app, "refused")
    assert (refused.basis, refused.patient_ref) == ("number_typed", entry.actor_ref)
