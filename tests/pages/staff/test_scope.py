"""Whoever works for one building meets 403 or nothing of another one, on every route of the staff door."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.routing import Rule

from kiosk.clinic import buildings, schedule_changes
from kiosk.clinic.appointments import Appointment
from kiosk.clinic.calls import HelpCall
from kiosk.clinic.doubted import DoubtedDocument
from kiosk.clinic.journal import JournalEntry
from kiosk.clinic.kiosks import EnrolmentCode, KioskHealth
from kiosk.clinic.names import Names
from kiosk.clinic.places import Building, Kiosk, KioskDevice, device_hash
from kiosk.clinic.schedule import Absence, DayException, District, Doctor, Schedule, Slot
from kiosk.clinic.schedule_changes import Away, Change
from kiosk.clinic.staff import StaffMember
from kiosk.clinic.to_tell import ToTell
from kiosk.clinic.unconfirmed import UnconfirmedBooking
from kiosk.database import db, transaction
from tests.client import Patient
from tests.desk import Desk, at_the_window, shown_values
from tests.factories import NOW, Registers, Somebody
from tests.house.test_routes import method_of, rules

FOREIGN = "Бөтенүй"  # stands in every name of the other building
BOUND = ("registrar", "schedules", "building", "auditor")
# What belongs to the whole clinic, or to whoever is signed in: there is nothing of a building behind it.
OF_NO_BUILDING = {
    *("login", "signed_in", "language", "look", "alive", "logout", "names", "exported", "preview_css", "preview"),
    *("samples", "sample", "sample_page", "sample_new", "sample_made", "sample_saved", "sample_removed"),
    *("people", "person_made", "person_secrets", "person_closed", "organisation_saved", "building_new"),
    *("building_made", "doctor_new", "doctor_added", "kiosk_made", "file_uploaded", "file_preview", "file_taken_over"),
    *("imports", "import_uploaded", "import_columns", "import_begun", "import_current", "import_problems"),
    *("import_template", "window_identified", "window_patient", "window_end", "window_told", "window_cancelled"),
    *("window_represented", "window_represented_opened", "journal_export", "figures_export", "day_list"),
}


KEPT_OF_KIOSK = (KioskDevice, KioskHealth, EnrolmentCode, HelpCall)


@dataclass(frozen=True)
class Elsewhere:
    """The other building, with one of everything."""

    kiosk: int
    doctor: int
    rule: int
    said: int
    appointment: str
    case: str
    refused: JournalEntry
    entries: tuple[int, ...]
    call: int
    to_tell: int


@pytest.fixture
def elsewhere(app: Flask, registers: Registers) -> Elsewhere:
    with app.app_context(), transaction() as work:
        name = Names(FOREIGN, FOREIGN, FOREIGN)
        work.get_one(Building, 2).names = name
        kiosk = Kiosk(building_id=2, names=name)
        work.add(kiosk)
        work.flush()
        work.add(KioskDevice(kiosk_id=kiosk.id, token_hash=device_hash("elsewhere"), enrolled_at=NOW))
        district = work.scalars(select(District).where(District.number == "07")).one()
        doctor = work.get_one(Doctor, district.adult_doctor_id)
        doctor.building_id, doctor.names, doctor.room = 2, name, FOREIGN
        buildings.say_day(work, 2, NOW.date() + timedelta(days=9), None, name)
        work.execute(update(StaffMember).where(StaffMember.login.in_(BOUND)).values(building_id=1))
        ids = (kiosk.id, doctor.id)
    _something_happens(app, registers)
    return _found(app, *ids)


def _something_happens(app: Flask, registers: Registers) -> None:
    """At the other kiosk one books and calls for help, one is refused, one doubted; then the doctor falls ill."""
    booker, refused, doubted = (
        registers.add(Somebody()),
        registers.add(Somebody(running=77, number="017654399", attachments=(("active", "almaty-14", "01"),))),
        registers.add(Somebody(running=88, number="017654388", status="replaced")),
    )
    for somebody in (refused, doubted, booker):
        patient = Patient(app.test_client())
        patient.client.set_cookie("kiosk", "elsewhere")
        patient.scan(somebody.scan)
    patient.press("next")
    patient.press("next")
    assert patient.page.path == "/ticket"
    patient.get("/help")
    patient.press("next")
    patient.client.post("/heartbeat", data={"csrf_token": patient.token(), "errors": "3"})
    with app.app_context(), transaction() as work:
        booking = work.scalars(select(Appointment).where(Appointment.channel == "kiosk")).one()
        work.add(UnconfirmedBooking(appointment_id=booking.id, organisation_id=1, since=NOW, sealed=b""))
        doctor, day = work.get_one(Doctor, booking.doctor_id), booking.starts_at.date()
        schedule_changes.save(
            work, doctor, doctor.version, Change((), (), (), (Away(day, day, "illness"),)), NOW, "somebody"
        )


def _found(app: Flask, kiosk: int, doctor: int) -> Elsewhere:
    with app.app_context():
        one = db.session.scalars
        refused = one(select(JournalEntry).where(JournalEntry.event == "refused")).one()
        appointment = one(select(Appointment).where(Appointment.channel == "kiosk")).one()
        return Elsewhere(
            kiosk,
            doctor,
            rule=one(select(Schedule.id).where(Schedule.doctor_id == doctor)).first() or 0,
            said=one(select(DayException.id).where(DayException.building_id == 2)).one(),
            appointment=appointment.ref,
            case=one(select(DoubtedDocument.ref)).one(),
            refused=refused,
            entries=tuple(one(select(JournalEntry.sequence).where(JournalEntry.kiosk_id == kiosk))),
            call=one(select(HelpCall.id)).one(),
            to_tell=one(select(ToTell.id)).one(),
        )


def kept(app: Flask, there: Elsewhere) -> list[Any]:
    """All that is stored of the other building."""
    own = select(Appointment.id).where(Appointment.doctor_id == there.doctor)
    queries = [
        select(Building.__table__).where(Building.id == 2),
        select(Kiosk.__table__).where(Kiosk.building_id == 2),
        *(select(one.__table__).where(one.kiosk_id == there.kiosk) for one in KEPT_OF_KIOSK),
        select(Doctor.__table__).where(Doctor.id == there.doctor),
        *(select(one.__table__).where(one.doctor_id == there.doctor) for one in (Schedule, Absence, Slot, Appointment)),
        select(DayException.__table__).where(DayException.building_id == 2),
        select(District.__table__).where(District.adult_doctor_id == there.doctor),
        select(DoubtedDocument.__table__),
        select(ToTell.__table__),
        select(UnconfirmedBooking.__table__).where(UnconfirmedBooking.appointment_id.in_(own)),
        select(JournalEntry.sequence).where(JournalEntry.event.in_(("reversed", "dismissed", "moved", "cancelled"))),
    ]
    with app.app_context():
        return [[tuple(row) for row in db.session.execute(query)] for query in queries]


def paths_there(there: Elsewhere, rule: Rule) -> Iterator[str]:
    """The addresses of this route that lead to the other building, also by way of one's own."""
    known: dict[str, Any] = {"doctor_id": there.doctor, "ref": there.case, "said": there.said, "ident": there.kiosk}
    if rule.rule.startswith("/staff/buildings/"):
        known["ident"] = 2
    layers = [("building", 2), ("kiosk", there.kiosk), ("organisation", 1)] if "layer" in rule.arguments else [("", 0)]
    for layer, ident in layers:
        for what in ("rule", "absence") if "what" in rule.arguments else ("",):
            for sequence in there.entries if "sequence" in rule.arguments else (0,):
                values = {**known, "what": what, "sequence": sequence}
                values |= {"layer": layer, "ident": ident} if layer else {}
                built = rule.build({name: values[name] for name in rule.arguments})
                assert built is not None
                yield built[1]


def forms_there(app: Flask, there: Elsewhere) -> list[tuple[str, dict[str, Any]]]:
    """Every form that the clinic's administrator finds on the pages of the other building, and some by hand."""
    chief = Desk(app, "organisation")
    found: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
    for rule in [
        one
        for one in rules(app, "staff")
        if method_of(one) == "GET" and not of_no_building(one) and one.endpoint != "staff.badge"
    ]:
        for path in paths_there(there, rule):
            chief.get(path)
            for form in [one for one in chief.page.all("form") if one.get("method") == "post"]:
                for button in list(form.iter("button")) or [{}]:
                    data = {**shown_values(form), button.get("name") or "button": button.get("value", "")}
                    action = button.get("formaction") or form.get("action", "")
                    found[action, str(sorted((key, str(one)) for key, one in data.items() if key != "csrf_token"))] = (
                        action,
                        data,
                    )
    mine = 1 if there.doctor != 1 else 2
    by_hand: list[tuple[str, dict[str, Any]]] = [
        (f"/staff/buildings/1/days/{there.said}/back", {}),
        (f"/staff/schedules/{mine}/drop", {"rule": there.rule}),
        (f"/staff/schedules/{mine}/patients", {"cancel": there.appointment}),
        (f"/staff/schedules/{there.doctor}/patients", {"all": "1"}),
        (f"/staff/schedules/{there.doctor}/save", {"change": "{}", "version": 0}),
        ("/staff/calls", {"call": there.call, "answer": "done"}),
        ("/staff/to-tell", {"told": there.to_tell}),
        ("/staff/to-tell", {"missed": there.to_tell}),
        ("/staff/window/decisions", {"case": there.case}),
        (f"/staff/window/decisions/{there.case}", {"decision": "dismissed"}),
        ("/staff/window/reversed", {"entry": there.refused.entry_number, "reason": "other"}),
        ("/staff/doctors/districts", {"number": "07", "adult": 0, "child": 0}),
        ("/staff/day-lists", {"day": NOW.date().isoformat(), "whose": f"doctor {there.doctor}"}),
        (f"/staff/kiosks/{there.kiosk}/preview", {}),
        (f"/staff/kiosks/{there.kiosk}/looked-after", {}),
        *((f"/staff/journal/{sequence}/person", {}) for sequence in there.entries),
    ]
    ours = ("/staff/language", "/staff/look", "/staff/sound", "/staff/logout", "/staff/people", "/staff/import")
    return [*by_hand, *(one for one in found.values() if not one[0].startswith(ours))]


def of_no_building(rule: Rule) -> bool:
    return rule.endpoint.removeprefix("staff.") in OF_NO_BUILDING


def posts_without(app: Flask, actions: set[str]) -> set[str]:
    """The routes that change something, are not of the whole clinic, and none of these forms leads to."""
    adapter = app.url_map.bind("localhost")
    covered = {adapter.match(path.split("?")[0], method="POST")[0].removeprefix("staff.") for path in actions}
    posts = {rule.endpoint.removeprefix("staff.") for rule in rules(app, "staff") if method_of(rule) == "POST"}
    return posts - covered - OF_NO_BUILDING


def test_no_page_shows_another_building(app: Flask, elsewhere: Elsewhere) -> None:
    shown: list[str] = []
    pages = [one for one in rules(app, "staff") if method_of(one) == "GET"]
    for login in BOUND:
        desk = Desk(app, login)
        if login != "auditor":
            desk.get("/staff/to-tell")
            desk.post("/staff/names", {"back": "to_tell"})  # names are shown, where they may be
        for rule in pages:
            if rule.arguments and of_no_building(rule):
                continue
            for path in paths_there(elsewhere, rule):
                answer = desk.client.get(path, follow_redirects=True)
                if FOREIGN.encode() in answer.get_data():
                    shown.append(f"{login}: {path}")
                if rule.arguments and answer.status_code == 200:
                    shown.append(f"{login} may enter {path}")
    assert shown == []


def test_no_form_changes_another_building(app: Flask, elsewhere: Elsewhere) -> None:
    forms, before, wrong = forms_there(app, elsewhere), kept(app, elsewhere), []
    assert posts_without(app, {action for action, _data in forms}) == {"window_booked", "window_extra"}  # below
    for login in BOUND:
        desk = Desk(app, login)
        for action, data in forms:
            answer = desk.client.post(action, data={**data, "csrf_token": desk.token()})
            if FOREIGN.encode() in answer.get_data():
                wrong.append(f"{login}: {action} shows it")
            after = kept(app, elsewhere)
            if after != before:
                wrong.append(f"{login}: {action} {data} changed it")
                before = after
    assert wrong == []


def test_no_file_holds_another_building(app: Flask, elsewhere: Elsewhere) -> None:
    desk = Desk(app, "auditor")
    desk.get("/staff/journal")
    taken = [
        desk.client.post(path, data={"csrf_token": desk.token()})
        for path in ("/staff/journal/export", "/staff/figures/export")
    ]
    taken += [desk.client.get(f"/staff/doctors/export/{kind}.csv") for kind in ("doctors", "schedules", "districts")]
    for answer in taken:
        text = answer.get_data(as_text=True)
        assert FOREIGN not in text and elsewhere.refused.hash not in text


def test_the_window_of_one_building_books_with_its_own_doctors(
    app: Flask, registers: Registers, elsewhere: Elsewhere
) -> None:
    desk = at_the_window(app, registers.add(Somebody(name="Сағат", running=5, number="017654355")))
    assert FOREIGN not in desk.page.text
    assert desk.get(f"/staff/window/times?doctor={elsewhere.doctor}").status == 403
    desk.get("/staff/window")
    for path in ("/staff/window/book", "/staff/window/extra"):
        assert desk.post(path, {"doctor": elsewhere.doctor, "slot": 1}).status == 403
        desk.get("/staff/window")
