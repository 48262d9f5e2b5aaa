"""Two requests of one visit at once: each keeps what it changed, and takes nothing of the other's away."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.clinic.records import JournalEntry
from kiosk.database import db
from kiosk.patient import preferences
from tests.client import Patient
from tests.factories import Registers, Somebody

ATTACHED = "Сіз осы емханаға бекітілгенсіз"
LARGE = {"text_size": "3"}


@pytest.fixture
def me(patient: Patient, registers: Registers) -> Somebody:
    """Somebody whose visit has begun: by a wish, made at the first screen."""
    patient.post("/preferences", {"theme": "soft"})
    return registers.add(Somebody())


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """A way to let a deed be done, once, by another request, after what a first one has asked was answered to it."""

    def meanwhile(place: Any, question: str, deed: Callable[[], object]) -> list[Any]:
        ask, done = getattr(place, question), []

        def asked(*args: Any, **kwargs: Any) -> Any:
            monkeypatch.setattr(place, question, ask)
            answer = ask(*args, **kwargs)
            with ThreadPoolExecutor() as other:
                done.append(other.submit(deed).result())
            return answer

        monkeypatch.setattr(place, question, asked)
        return done

    return meanwhile


def same_browser(app: Flask, patient: Patient) -> Patient:
    """The same cookies and the same page, for a second request."""
    twin = Patient(app.test_client())
    for name in ("kiosk", "session", "visit"):
        cookie = patient.client.get_cookie(name)
        assert cookie is not None
        twin.client.set_cookie(name, cookie.value)
    twin.page = patient.page
    return twin


def test_a_wish_made_while_the_register_is_asked_holds_as_its_answer_does(
    app: Flask, patient: Patient, registers: Registers, me: Somebody, meanwhile: Callable[..., list[Any]]
) -> None:
    twin = same_browser(app, patient)
    meanwhile(registers, "find_person", lambda: twin.post("/preferences", LARGE))
    patient.scan(me.scan)
    assert patient.page.heading == ATTACHED
    html = patient.page.all("html")[0]
    assert (html.get("data-text-size"), html.get("data-theme")) == ("3", "soft")


def test_a_wish_that_ends_after_the_scan_takes_nobody_away(
    app: Flask, patient: Patient, me: Somebody, meanwhile: Callable[..., list[Any]]
) -> None:
    twin = same_browser(app, patient)
    meanwhile(preferences, "changed", lambda: twin.scan(me.scan))
    patient.post("/preferences", LARGE)
    assert patient.get("/attachment").heading == ATTACHED
    assert patient.page.all("html")[0].get("data-text-size") == "3"


def test_a_consent_whose_document_was_refused_goes_with_nobody_elses_errand(
    app: Flask, patient: Patient, registers: Registers, me: Somebody
) -> None:
    expired = registers.add(Somebody(running=9, number="019000009", expires=date(2030, 1, 1)))
    patient.get("/document")
    patient.post("/document", {"iin": expired.iin})
    patient.post("/document", {"code": registers.code})
    assert patient.page.heading == "Құжаттың мерзімі өткен"
    patient.scan(me.scan)
    assert patient.page.heading == ATTACHED
    with app.app_context():
        (entry,) = db.session.scalars(
            select(JournalEntry).where(JournalEntry.event == "identified", JournalEntry.language.is_not(None))
        )
        assert "consent" not in entry.details


def test_who_has_typed_the_code_stays_while_the_page_notices_the_phone_too(
    app: Flask, patient: Patient, registers: Registers, me: Somebody, meanwhile: Callable[..., list[Any]]
) -> None:
    """As long as the late notice asked for the document again, nothing that /attachment says could be heard."""
    patient.get("/document")
    patient.post("/document", {"iin": me.iin})
    twin, seen = same_browser(app, patient), []

    def by_code() -> None:
        seen.append(twin.post("/document", {"code": registers.code}).heading)
        seen.append(meanwhile(registers, "find_document", lambda: twin.get("/attachment").heading))

    registers.reply()
    meanwhile(registers, "find_consent", by_code)
    patient.post("/document", {"go": "on"})
    assert patient.page.heading == ATTACHED
    assert seen == [ATTACHED, [ATTACHED]]
