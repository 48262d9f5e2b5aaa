"""/identify : scans as scanners send them, numbers as people type them, and everything that goes wrong."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.clinic.records import Patient as PatientRecord
from kiosk.clinic.records import Slot, Tries
from kiosk.database import db, transaction
from tests.client import Patient, words
from tests.factories import Registers, Somebody, td3

UNREADABLE = "Құжат оқылмады"


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n", "\t", ""])
@pytest.mark.parametrize("frame", ["{}", "\x02{}\x03", "]Q3{}", "{}\r\r", "\r\n{}"])
def test_a_card_as_scanners_send_it(patient: Patient, registers: Registers, ending: str, frame: str) -> None:
    me = registers.add(Somebody())
    patient.scan(frame.format(ending.join(me.mrz) + ending))
    assert patient.page.path == "/attachment"
    assert me.iin[:6] in patient.page.words


def test_a_passport(patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody(kind="passport", number="N12345674"))
    patient.scan("\r".join(td3(me.iin, me.number, me.born, me.expires)) + "\r")
    assert patient.page.heading == "Сіз осы емханаға бекітілгенсіз"


def test_the_barcode_alone_never_identifies(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.scan(me.iin + "\r")
    assert patient.page.path == "/identify"
    assert "Құжат нөмірі де керек" in patient.page.words
    assert registers.asked == []
    assert next(one.get("value") for one in patient.page.all("input", name="iin")) == me.iin
    patient.post("/identify", {"iin": me.iin, "document_number": me.number})
    assert patient.page.path == "/attachment"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "\r",
        "hello",
        "IDKAZ",
        "123456789012",
        "1" * 4096,
        "я" * 600,
        "\x00\x01",
        "]",
        "<" * 90,
        "IDKAZ" + "A" * 85,
    ],
)
def test_what_is_no_document_is_a_reading_error_with_the_picture(patient: Patient, raw: str) -> None:
    patient.scan(raw)
    assert patient.page.path == "/identify"
    assert UNREADABLE in patient.page.words
    assert patient.page.title.startswith("Қате: ")
    assert 'class="picture"' in patient.page.text


def test_a_truncated_a_doubled_and_a_misread_scan(patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    misread = me.scan.replace(me.iin[3], "7" if me.iin[3] != "7" else "1", 1)
    for raw in (me.scan[:60], me.scan + me.scan, misread):
        patient.scan(raw)
        assert UNREADABLE in patient.page.words
    assert registers.asked == []
    patient.scan(me.scan)
    assert patient.page.path == "/attachment"


def test_a_megabyte_of_keystrokes_and_broken_text(patient: Patient) -> None:
    patient.scan("A" * 1_000_000)
    assert patient.page.path == "/identify"
    assert UNREADABLE in patient.page.words
    token = patient.token()
    body = b"csrf_token=" + token.encode() + b"&scan=%ff%fe%c3%28"
    answer = patient.client.post(
        "/identify", data=body, content_type="application/x-www-form-urlencoded", follow_redirects=True
    )
    assert UNREADABLE in answer.get_data(as_text=True)


def test_a_scan_with_a_visit_running_keeps_it_when_it_cannot_be_read(patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    patient.scan("garbage")
    assert UNREADABLE in patient.page.words
    assert patient.get("/confirm").path == "/confirm"


def test_the_same_person_continues_and_another_begins_anew(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody(name="Бірінші"))
    other = registers.add(Somebody(name="Екінші", running=500, number="018765432"))
    patient.scan(me.scan)
    patient.press("next")
    patient.scan(me.scan)
    assert patient.page.path == "/confirm"
    patient.scan(other.scan)
    assert patient.page.path == "/attachment"
    assert "Екінші" in patient.page.words and "Бірінші" not in patient.page.text
    with app.app_context():
        assert db.session.scalars(select(Slot).where(Slot.held_by.is_not(None))).all() == []
    assert patient.get("/confirm").path != "/confirm"


@pytest.mark.row("C10", "C11")
@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]}{0[1]} {0[2]}{0[3]}{0[4]}-{0[5]}"])
def test_numbers_as_people_type_them(patient: Patient, registers: Registers, typed: str) -> None:
    me = registers.add(Somebody())
    iin = typed.format(me.iin) if "[" not in typed else " ".join((me.iin[:6], me.iin[6:]))
    patient.get("/identify")
    patient.post("/identify", {"iin": iin, "document_number": " 017 654 321 ", "kind": "identity_card"})
    assert patient.page.path == "/attachment"
    assert registers.asked[0][2].kind == "number_typed"


def test_a_passport_by_number_with_or_without_its_letter(patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody(kind="passport", number="N12345674"))
    for number in ("12345674", "n12345674"):
        patient.get("/identify?kind=passport")
        patient.post("/identify", {"iin": me.iin, "document_number": number, "kind": "passport"})
        assert patient.page.path == "/attachment"
        patient.press_text("Аяқтау")


@pytest.mark.row("A15", "E9")
@pytest.mark.parametrize(
    "iin,number,sentence",
    [
        ("79040830001", "017654321", "ЖСН қате енгізілді"),
        ("790408300011", "017654321", "ЖСН қате енгізілді"),
        ("", "", "ЖСН қате енгізілді"),
        ("good", "", "Құжат нөмірі де керек"),
        ("good", "12", "Құжат нөмірі қате енгізілді"),
        ("good", "0176543210", "Құжат нөмірі қате енгізілді"),
    ],
)
def test_a_wrong_number_is_said_at_its_field_and_what_was_typed_stays(
    patient: Patient, registers: Registers, iin: str, number: str, sentence: str
) -> None:
    me = registers.add(Somebody())
    iin = me.iin if iin == "good" else iin
    patient.get("/identify")
    patient.post("/identify", {"iin": iin, "document_number": number, "kind": "identity_card"})
    assert sentence in patient.page.words
    values = {one.get("name"): one.get("value") for one in patient.page.all("input")}
    assert (values["iin"], values["document_number"]) == (iin, number)
    assert registers.asked == []


@pytest.mark.row("E9")
def test_spaces_and_hyphens_between_digits_say_nothing(patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.get("/identify")
    typed = {"iin": f" {me.iin[:6]} {me.iin[6:]} ", "document_number": f"{me.number[:3]}-{me.number[3:]}"}
    patient.post("/identify", {**typed, "kind": "identity_card"})
    assert patient.page.path == "/attachment"


def test_a_foreigners_number_goes_to_staff_and_is_never_called_wrong(patient: Patient) -> None:
    patient.get("/identify")
    patient.post("/identify", {"iin": "850715012345", "document_number": "017654321"})
    assert patient.page.heading == "Сізді қызметкеріміз жазады"
    assert "қате" not in patient.page.words


def test_another_document_goes_to_staff(patient: Patient) -> None:
    patient.get("/identify?kind=other")
    patient.press("next")
    assert patient.page.path == "/help"


def test_the_keypad_types_without_scripts(patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.get("/identify")
    for digit in me.iin + "9":
        patient.press_value("key", digit)
    patient.press_value("key", "back")
    for digit in me.number:
        patient.press_value("key", digit)
    patient.press("next")
    assert patient.page.path == "/attachment"


def test_by_number_one_may_undo_only_what_this_visit_did(
    patient: Patient, another: Patient, registers: Registers
) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press("next")
    patient.press("next")
    another.get("/identify")
    another.post("/identify", {"iin": me.iin, "document_number": me.number})
    another.press("next")
    assert another.page.path == "/appointments"
    assert not another.page.all("button", name="move")
    ref = "x"
    with another.client.application.app_context():
        from kiosk.clinic.records import Appointment

        ref = db.session.scalars(select(Appointment.ref).where(Appointment.channel == "kiosk")).one()
    another.post("/appointments", {"cancel": ref})
    assert "терминал куәлігіңізді оқуы керек" in another.page.words
    another.scan(me.scan)
    another.get("/appointments")
    assert another.page.all("button", name="move")


def test_a_stale_token_loses_nothing(patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.get("/identify")
    patient.client.delete_cookie("session")
    patient.post("/identify", {"csrf_token": "old", "iin": me.iin, "document_number": me.number}, with_token=False)
    assert patient.page.status == 400
    assert "Бет тым ұзақ ашық тұрды" in patient.page.words
    values = {one.get("name"): one.get("value") for one in patient.page.all("input")}
    assert (values["iin"], values["document_number"]) == (me.iin, me.number)
    patient.press("next")
    assert patient.page.path == "/attachment"


def test_tries_are_limited_and_a_sentence_says_so(app: Flask, patient: Patient, registers: Registers) -> None:
    from kiosk.clinic.records import Kiosk

    with app.app_context(), transaction() as work:
        for kiosk in work.scalars(select(Kiosk)):
            kiosk.settings = {**kiosk.settings, "tries_per_ten_minutes": 2}
    for running in (1, 200, 300):
        patient.scan(Somebody(running=running).scan)
    assert "Бұл терминалда әрекет саны тым көп" in patient.page.words
    assert len(registers.asked) == 2
    with app.app_context():
        assert db.session.scalars(select(Tries.count)).one() == 2


def test_a_patient_at_rest_is_one_ciphertext(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody(name="Шыңғысхан"))
    patient.scan(me.scan)
    with app.app_context():
        record = db.session.scalars(select(PatientRecord).order_by(PatientRecord.id.desc())).first()
        assert record is not None
        for secret in (me.iin, me.name, me.surname, "790408", me.number):
            assert secret.encode() not in record.sealed
            assert secret not in record.ref + record.iin_hash
    assert date(1979, 4, 8) == me.born


@pytest.mark.row("B5", "A15")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_at_the_very_large_size_an_error_stands_above_its_field(patient: Patient, language: str) -> None:
    patient.get("/")
    patient.post("/language", {"language": language})
    patient.post("/preferences", {"page": "identify", "text_size": "5"})
    page = patient.post("/identify", {"kind": "identity_card", "iin": "123", "document_number": "011000010"})
    field, notice = page.by_id("iin"), page.by_id("notice-title")
    assert field is not None and notice is not None and words(notice) == page.heading
    assert (field.get("value"), field.get("aria-invalid")) == ("123", "true")
    assert [one.get("value") for one in page.all("input", name="document_number")] == ["011000010"]
    patient.press_value("key", "4")
    mended = patient.page.by_id("iin")
    assert mended is not None and mended.get("value") == "1234", "the server's keypad keeps the field in sight"
    cure = patient.press_text({"kk": "Тағы", "ru": "Ещё", "en": "More"}[language])
    assert cure.heading == page.heading and "12" in cure.words


@pytest.mark.row("C13")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_card_is_never_a_race(patient: Patient, registers: Registers, language: str) -> None:
    """Wrong side, taken away early, something else, again: each is told with its cure, and nothing is lost."""
    me = registers.add(Somebody())
    patient.get("/")
    patient.post("/language", {"language": language})
    for broken in (me.scan[: len(me.scan) // 2], "<" * 89 + "1", "4870001234567", me.scan[::-1]) * 2:
        page = patient.scan(broken)
        notice, reader = page.by_id("notice"), page.by_id("scan-field")
        assert page.path == "/identify" and notice is not None and reader is not None
        said = next(one for one in page.all("p") if one.get("data-at") == "#notice").get("data-say", "")
        assert len(words(notice)) > 20 and len(said) > 40, "cause and cure, seen and heard"
    assert patient.scan(me.scan).path == "/attachment"
    heading = patient.page.heading
    assert patient.scan(me.scan).heading == heading, "a card that is left on the reader changes nothing"


@pytest.mark.parametrize("raw", ["1" * 10_000_000, "I<KAZ" * 2_000_000, "ж" * 5_000_000, "<!DOCTYPE a>" * 900_000])
def test_ten_megabytes_from_a_scanner_are_an_unread_card_and_the_visit_goes_on(
    patient: Patient, registers: Registers, raw: str
) -> None:
    me = registers.add(Somebody())
    patient.scan(raw)
    assert patient.page.path == "/identify"
    assert registers.asked == [] and registers.said == []
    patient.scan(me.scan)
    assert patient.page.path == "/attachment"


@pytest.mark.parametrize("size", ["1", "2", "3", "4"])
def test_card_and_numbers_have_their_forms_at_every_size(patient: Patient, size: str) -> None:
    """Where a glass is small for its letters the numbers stand under the card, and again on a screen of their own."""
    patient.get("/")
    patient.post("/preferences", {"text_size": size})
    page = patient.get("/identify")
    fields = {one.get("name") for form in page.all("form", method="post") for one in form.iter() if one.get("name")}
    assert fields >= {"scan", "iin", "document_number"}
