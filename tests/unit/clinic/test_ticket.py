"""The calendar entry: UTC, escaped, short, and without the patient."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import segno

from kiosk.clinic.names import LANGUAGES, Names
from kiosk.clinic.ticket import Ticket, calendar_entry

TICKET = Ticket(
    doctor=Names("Дәрігер, Аты", "Врач; Имя", "Doctor \\ Name"),
    kind="district_therapist",
    starts_at=datetime(2031, 3, 13, 10, 15, tzinfo=ZoneInfo("Asia/Almaty")),
    ends_at=datetime(2031, 3, 13, 5, 30, tzinfo=UTC),
    room="214",
    floor=2,
    building=Names("Негізгі ғимарат", "Главное здание", "Main building"),
    address=Names("Көше, 1", "Улица, 1", "1 Street"),
    organisation=Names("Емхана", "Поликлиника", "Clinic\nof the town"),
    phones="+7 000",
    entry_number=17,
    ref="abcdefghijklmnopqrstuv",
)


def entry(language: str, ticket: Ticket = TICKET) -> dict[str, str]:
    return dict(line.split(":", 1) for line in calendar_entry(ticket, language).split("\r\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_are_utc(language: str) -> None:
    found = entry(language)
    assert found["DTSTART"] == "20310313T051500Z"
    assert found["DTEND"] == "20310313T053000Z"
    assert found["DTSTAMP"].endswith("Z")
    assert found["UID"] == f"{TICKET.ref}@qabyldau"


def test_text_is_escaped_as_the_format_demands() -> None:
    assert entry("kk")["SUMMARY"] == "Дәрігер\\, Аты"
    assert entry("ru")["SUMMARY"] == "Врач\\; Имя"
    assert entry("en")["SUMMARY"] == "Doctor \\\\ Name"
    assert entry("en")["LOCATION"] == "Clinic\\nof the town\\, Main building\\, № 214"


def test_lines_end_with_crlf_and_nothing_breaks_out() -> None:
    evil = replace(TICKET, doctor=Names(*["X\r\nATTENDEE:mailto:x@example.org"] * 3))
    lines = calendar_entry(evil, "kk").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert not any(line.startswith("ATTENDEE") for line in lines)


def test_a_ticket_has_no_place_for_a_patient() -> None:
    names = {field.name for field in fields(Ticket)}
    assert not names & {"patient", "iin", "name", "surname", "birth_date", "actor"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_a_code_that_a_telephone_reads(language: str) -> None:
    long = Names(*["Абдрахманова Мәриям Нұрланқызы"] * 3)
    house = Names(*["№ 12 қалалық емхана, коммуналдық мемлекеттік кәсіпорын"] * 3)
    code = segno.make(
        calendar_entry(replace(TICKET, doctor=long, organisation=house), language), error="m", micro=False
    )
    assert int(code.version) <= 20
