"""Every change by staff is journalled with who, before and after: each route that takes a form is sent a valid one."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, request
from sqlalchemy import event, select

from kiosk import clock
from kiosk.clinic.journal import JournalEntry
from kiosk.clinic.kiosks import KioskHealth
from kiosk.clinic.local_list import importing
from kiosk.clinic.local_list.refused import FileRefused
from kiosk.clinic.staff import StaffMember
from kiosk.database import db, transaction
from kiosk.staff.change_words import what_words
from tests.bookings import book_many, doctor_named
from tests.client import Patient, words
from tests.desk import Desk, book_first
from tests.factories import ELSEWHERE, NOW, Registers, Somebody
from tests.house.test_routes import method_of, rules

ONE, OTHER = "Есенгелдиев", "Бекмұратова"
TODAY, TOMORROW = NOW.date().isoformat(), (NOW + timedelta(days=1)).date().isoformat()
PASSWORD = "a-long-enough-password"
Entry = dict[str, Any]
COLUMNS = JournalEntry.__table__.columns
WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)")
# Written without anybody having changed anything: who is signed in or at a desk, what is only previewed, the journal.
NO_CHANGE = {
    *("staff_session", "sign_in_tries", "reception", "import_draft", "journal", "journal_head", "day_count"),
    *("patient",),  # the sealed record of whoever came, made anew from the register's answer
}
# Routes that take a form and change nothing that the clinic keeps, each with its reason.
CHANGES_NOTHING = {
    "language": "a cookie of this browser",
    "look": "a cookie of this browser",
    "alive": "the session's own last sign of work",
    "preview": "shows a kiosk's screens as typed",
    "schedule_drafted": "leads to the preview",
    "schedule_drop": "leads to the preview",
    "file_uploaded": "keeps the rows for the preview of whoever brought them",
    "import_uploaded": "keeps the file for the preview",
    "window_end": "forgets who was at the desk",
}


def three(name: str, text: str = "x") -> dict[str, str]:
    return {f"{name}_{code}": text for code in ("kk", "ru", "en")}


@dataclass
class Room:
    """A clinic with a patient of each kind, and what the last form of each route left behind."""

    app: Flask
    registers: Registers
    written: dict[str, list[Entry]] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)
    people: int = 0
    desks: list[Desk] = field(default_factory=list)

    def desk(self, path: str) -> Desk:
        """The clinic's administrator, on this page."""
        if not self.desks:
            self.desks.append(Desk(self.app, "organisation"))
        self.desks[0].get(path)
        return self.desks[0]

    def comes(self, **facts: Any) -> Somebody:
        """Somebody new, known to the registers."""
        self.people += 7
        return self.registers.add(Somebody(running=self.people, number=f"0176{self.people:05}", **facts))

    def at_the_window(self, somebody: Somebody) -> Desk:
        desk = self.desk("/staff/window")
        if desk.page.by_id("iin") is None:
            desk.press("next")  # whoever was there before is forgotten
        desk.fill(iin=somebody.iin, document_number=somebody.number)
        return desk

    def doctor(self, name: str = OTHER) -> int:
        with self.app.app_context():
            return doctor_named(db.session(), name).id

    def booked(self, count: int = 1) -> int:
        """Patients booked with the doctor, whose id this is."""
        with self.app.app_context(), transaction() as work:
            self.people += 3000
            doctor = doctor_named(work, ONE)
            book_many(work, self.app, doctor, count, first=1000 + self.people)
            return doctor.id

    def ill(self) -> int:
        """The doctor, whose patients have to be moved and told."""
        doctor = self.booked(3)
        desk = self.desk(f"/staff/schedules/{doctor}/add/absence")
        last, substitute = (NOW + timedelta(days=30)).date().isoformat(), str(self.doctor(OTHER))
        desk.fill(first_day=TODAY, last_day=last, reason="illness", substitute=substitute)
        desk.press("next")
        return doctor

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Keep, for each form sent under /staff, what it writes into the journal; and what is written without it."""
        tables: set[str] = set()
        before = [0]

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            found = WRITES.match(statement)
            tables.update([found[1]] if found else [])

        def begin() -> None:
            tables.clear()
            before[0] = db.session.scalars(select(JournalEntry.sequence)).all()[-1]

        def end(answer: Response) -> Response:
            if request.blueprint == "staff":
                self._judge(answer, tables - NO_CHANGE, before[0])
            return answer

        first, last = (
            table.setdefault(None, []) for table in (self.app.before_request_funcs, self.app.after_request_funcs)
        )
        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        first.insert(0, begin)
        last.append(end)
        yield
        last.remove(end)
        first.remove(begin)
        event.remove(engine, "before_cursor_execute", note)

    def _judge(self, answer: Response, tables: set[str], before: int) -> None:
        name = (request.endpoint or "").removeprefix("staff.")
        rows = db.session.scalars(select(JournalEntry).where(JournalEntry.sequence > before))
        entries = [{**{one.key: getattr(row, one.key) for one in COLUMNS}, **row.details} for row in rows]
        known = any("staff" in one for one in entries)
        if tables and (request.method == "GET" or not known):
            self.silent.append(f"{request.method} {name} wrote {sorted(tables)} and nobody will know")
        if request.method == "POST" and answer.status_code < 400 and (entries or name not in self.written):
            self.written[name] = entries
        db.session.rollback()


@pytest.fixture
def room(app: Flask, registers: Registers) -> Iterator[Room]:
    def start(path: Path, list_id: int) -> None:
        with suppress(FileRefused):
            importing.run(app.extensions["keys"], path, list_id, True, clock.now)

    app.extensions["start_import"] = start
    found = Room(app, registers)
    with found.watched():
        yield found


def door(room: Room) -> None:
    desk = Desk(room.app, "organisation")
    desk.press_value("language", "ru")
    desk.client.post("/staff/alive", data={"csrf_token": desk.token()})
    desk.press_value("theme", "soft")
    desk.press("logout")


def clinic(room: Room) -> None:
    room.desk("/staff/buildings").fill(phones="8 727 111 11 11")
    room.desk("/staff/buildings/new").fill(**three("names"), **three("address"))
    room.desk("/staff/buildings/1").save(phones="8 727 222 22 22")
    desk = room.desk("/staff/buildings/1/days")
    desk.save(day="2031-03-18", **three("reason"))
    back = next(one for one in desk.page.all("form") if one.get("action", "").endswith("/back"))
    desk.press_text(words(next(back.iter("button"))))
    desk.agree()
    desk = room.desk("/staff/buildings/samples/new")
    desk.fill(**three("titles"), **three("texts"))
    room.desk("/staff/buildings/samples/1").fill(titles_ru="Другой")
    room.desk("/staff/buildings/samples/1").fill("remove")


def machines(room: Room) -> None:
    room.desk("/staff/kiosks").fill(**three("names"))
    with room.app.app_context(), transaction() as work:
        work.add(KioskHealth(kiosk_id=2, seen_at=NOW, version="1", skew_seconds=0, errors=3))
    room.desk("/staff/kiosks/2").fill(names_ru="Другой")
    room.desk("/staff/kiosks/2").fill("service", out_of_service="y", **three("message"))
    room.desk("/staff/kiosks/2").fill("looked-after")
    room.desk("/staff/settings/kiosk/1").fill(idle="140")
    room.desk("/staff/settings/kiosk/1").fill("preview", theme="soft")
    room.desk("/staff/keys/kiosk/1").fill(key_staff="KeyH")
    for button in ("test", "test-keys", "code", "revoke"):
        room.desk("/staff/kiosks/1").fill(button)


def doctors(room: Room) -> None:
    room.desk("/staff/doctors/new").fill(name_kk="Жаңа Дәрігер", room="5")
    room.desk(f"/staff/doctors/{room.doctor()}").save(room="777")
    room.desk("/staff/doctors/districts").fill(number="99", adult=str(room.doctor()))
    desk = room.desk("/staff/doctors/files")
    row = f"{room.doctor()},5,09:00,10:00,15"
    desk.fill(kind="schedules", file=(BytesIO(f"id,weekday,starts,ends,slot_minutes\n{row}\n".encode()), "a.csv"))
    desk.press("next")


def schedules(room: Room) -> None:
    doctor = room.booked(2)
    desk = room.desk(f"/staff/schedules/{doctor}/add/extra")
    desk.fill(day="2031-03-22", starts="10:00", ends="11:00")
    desk.press("next")
    desk.press_value("rule")
    room.ill()
    desk.get(f"/staff/schedules/{doctor}")
    desk.press_value("move")
    desk.press_value("cancel")
    desk.get("/staff/to-tell")
    desk.post("/staff/names", {"back": "to_tell"})
    desk.press_value("missed")
    desk.press_value("told")
    room.desk("/staff/day-lists").fill(day=TOMORROW)


def accounts(room: Room) -> None:
    desk = room.desk("/staff/people")
    desk.fill(login="aigul", password=PASSWORD, role="registrar")
    with room.app.app_context():
        ident = db.session.scalars(select(StaffMember.id).where(StaffMember.login == "aigul")).one()
    room.desk("/staff/people").fill(f"renew-{ident}", new_password="another-long-password")
    room.desk("/staff/people").fill(f"close-{ident}")


def lists(room: Room) -> None:
    def bring(*people: Somebody) -> None:
        desk = room.desk("/staff/import")
        text = "\r\n".join(["Код;Фамилия;Имя;Участок", *[f"{one.iin};Ф;И;07" for one in people]])
        answer = desk.client.post(
            "/staff/import",
            data={"csrf_token": desk.token(), "file": (BytesIO(text.encode()), "list.csv")},
            follow_redirects=True,
        )
        desk._land(answer)
        desk.fill("look", iin="Код")
        desk.fill("next", iin="Код")

    bring(*[room.comes() for _ in range(10)])
    bring(room.comes())
    room.desk("/staff/import").press_text("Қолданысқа енгізу")


def window(room: Room) -> None:
    child = room.comes(born=NOW.date().replace(year=2024))
    desk = room.at_the_window(room.comes(children=(child.iin,)))
    desk.press_value("patient", "0")
    book_first(desk)
    desk.press_value("cancel")
    desk.get(next(one.get("href", "") for one in desk.page.all("a") if "times?doctor=" in one.get("href", "")))
    desk.fill("extra", day=TOMORROW, at="07:30", minutes="20")
    aunt = room.comes(sex="female")
    desk.get("/staff/window/represented")
    desk.fill(iin=aunt.iin, paper="guardianship", number="77")
    desk.press("next")


def told_at_the_window(room: Room) -> None:
    me, patient = room.comes(), Patient(room.app.test_client())
    patient.scan(me.scan)
    patient.press("next")
    patient.press("next")
    with room.app.app_context():
        doctor = db.session.scalars(select(JournalEntry.doctor_id).where(JournalEntry.event == "booked")).all()[-1]
    room.desk(f"/staff/doctors/{doctor}").save(room="778")
    room.at_the_window(me).press("told")


def decisions(room: Room) -> None:
    desk = room.at_the_window(room.comes(status="replaced"))
    desk.press_value("case")
    desk.press_value("decision", "refused")
    desk = room.at_the_window(room.comes(attachments=(("active", ELSEWHERE, "07"),)))
    desk.get("/staff/window/decisions")
    entry = next(one.get("value") for one in desk.page.all("input", name="entry"))
    desk.post("/staff/window/reversed", {"entry": entry, "reason": "register_late"})


def calls_and_figures(room: Room) -> None:
    patient = Patient(room.app.test_client())
    patient.scan(room.comes().scan)
    patient.press("next")
    patient.press("next")
    patient.get("/help")
    patient.press("next")
    room.desk("/staff/calls").press_value("answer", "coming")
    room.desk("/staff/journal").press("export")
    room.desk("/staff/figures").press("export")
    with room.app.app_context():
        last = db.session.scalars(select(JournalEntry.sequence).where(JournalEntry.event == "booked")).all()[-1]
    room.desk(f"/staff/journal/{last}").press("person")


CASES: list[Callable[[Room], None]] = [
    *(door, clinic, doctors, schedules, accounts, window, told_at_the_window),
    *(decisions, calls_and_figures, lists, machines),
]
# What an entry is called where it is no plain change, and the columns or details that say what was and what is.
ACTS = {
    "signed_in": ("signed_in", ()),
    "logout": ("signed_out", ()),
    "journal_person": ("looked", ("what", "sequence")),
    "journal_export": ("looked", ("what", "rows", "sha256")),
    "figures_export": ("looked", ("what", "rows", "sha256")),
    "day_list": ("looked", ("what", "day", "doctors")),
    "names": ("looked", ("what",)),
    "case_looked_at": ("looked", ("what",)),
    "window_patient": ("looked", ("what", "patient", "basis")),
    "window_represented_opened": ("looked", ("what", "patient", "basis")),
    "window_identified": ("identified", ("actor_ref", "basis")),
    "window_booked": ("booked", ("patient_ref", "doctor_id", "starts_at", "entry_number")),
    "window_extra": ("booked", ("patient_ref", "doctor_id", "starts_at", "entry_number", "extra")),
    "window_cancelled": ("cancelled", ("patient_ref", "doctor_id", "starts_at", "entry")),
    "window_told": ("told", ("entries", "outcome")),
    "told": ("told", ("entry", "outcome")),
    "patients_moved": ("cancelled", ("patient_ref", "doctor_id", "starts_at", "entry", "reason")),
    "case_decided": ("refused", ("patient_ref", "ground", "reason", "entry_number")),
    "refusal_reversed": ("reversed", ("entry", "ground", "reason")),
}


def test_every_form_that_changes_something_says_who_before_and_after(room: Room) -> None:
    for case in CASES:
        case(room)
    assert room.silent == []
    posts = {one.endpoint.removeprefix("staff.") for one in rules(room.app, "staff") if method_of(one) == "POST"}
    assert posts - set(room.written) == set(), "a route without a form in these cases"
    with room.app.app_context():
        me = db.session.scalars(select(StaffMember.ref).where(StaffMember.login == "organisation")).one()
    wrong = {name: said for name in posts - set(CHANGES_NOTHING) if (said := missing(room.written[name], name, me))}
    assert wrong == {}
    said = {one["what"] for found in room.written.values() for one in found if "what" in one}
    with room.app.test_request_context("/staff"):
        assert {what for what in said if what_words(what) == what} == set(), "the journal has no words for these"
    assert {name: len(room.written[name]) for name in CHANGES_NOTHING} == dict.fromkeys(CHANGES_NOTHING, 0)


def missing(entries: list[Entry], name: str, me: str) -> str:
    """What the entries of one route do not say."""
    event_name, facts = ACTS.get(name, ("changed", ()))
    found = [one for one in entries if one["event"] == event_name and one.get("staff") == me]
    if not found:
        return f"no entry {event_name} by {me}: {entries}"
    entry = found[-1]
    if event_name == "changed":
        before, after = entry.get("before"), entry.get("after")
        known = isinstance(before, dict) and isinstance(after, dict) and set(before) == set(after) and before != after
        return "" if known and entry.get("what") else f"before {before}, after {after}"
    lost = [one for one in facts if entry.get(one) in (None, "")]
    return f"says nothing of {lost}" if lost else ""
