"""/document : by a code, by a reply, by what the phone shows; and everything that goes wrong, none of it a refusal."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.accessibility.speech import spell_digits
from kiosk.clinic import obstacles
from kiosk.clinic.records import Consent, JournalEntry, Organisation, VisitRecord
from kiosk.database import db, transaction
from tests.client import Page, Patient
from tests.conftest import Clock
from tests.factories import HERE, Registers, Somebody
from tests.pages.patient.test_voice import lines

ATTACHED = "Сіз осы емханаға бекітілгенсіз"
QR = "aB3-_xYz" * 20


def ask(patient: Patient, me: Somebody) -> None:
    patient.get("/document")
    patient.post("/document", {"iin": me.iin})


def type_code(patient: Patient, code: str) -> None:
    patient.post("/document", {"code": code})


def spoken(page: Page, template: str = "spoken") -> str:
    """What a template of the page has to say."""
    return " ".join(one["text"] for one in lines(page, template))


def journal(app: Flask) -> list[JournalEntry]:
    with app.app_context():
        return list(db.session.scalars(select(JournalEntry).where(JournalEntry.language.is_not(None))))


@pytest.fixture
def me(registers: Registers) -> Somebody:
    return registers.add(Somebody(name="Сәкенжан"))


def test_by_a_code_from_the_message_to_a_booking(
    app: Flask, patient: Patient, registers: Registers, me: Somebody
) -> None:
    ask(patient, me)
    assert patient.page.heading == "Телефоныңыздағы хабарламаға жауап беріңіз"
    assert f"соңы {me.phone[-2:]} болатын телефонға" in patient.page.words
    assert f"соңы {spell_digits(me.phone[-2:], 'kk')} болатын телефонға" in spoken(patient.page), "and is heard"
    type_code(patient, registers.code)
    assert (patient.page.path, patient.page.heading) == ("/attachment", ATTACHED)
    patient.press("next")
    patient.press("next")
    assert patient.page.heading == "Сіз жазылдыңыз"
    with app.app_context():
        given = db.session.scalars(select(Consent)).one()
    assert {one.event: (one.basis, one.details["consent"]) for one in journal(app)} == {
        "identified": ("consent_given", given.ref),
        "booked": ("consent_given", given.ref),
    }
    assert [basis.token for system, _, basis in registers.asked if system == "persons"] == ["token-of-request-1"]
    assert {basis.correlation for _, _, basis in registers.asked} == {journal(app)[0].details["correlation"]}


def test_what_is_kept_of_a_consent_and_what_is_not(
    app: Flask, patient: Patient, registers: Registers, me: Somebody, caplog: pytest.LogCaptureFixture
) -> None:
    ask(patient, me)
    type_code(patient, "111111")
    code = registers.code
    type_code(patient, code)
    with app.app_context():
        one = db.session.scalars(select(Consent)).one()
        assert (one.purpose, one.how, one.text_version, one.language) == (
            "doctors_appointment",
            "code",
            "consent 2026-11-25",
            "kk",
        )
        assert one.expires_at > one.given_at
        assert len(one.messages) == len(set(one.messages)) == 3
        db.engine.dispose()
    stored = b"".join(path.read_bytes() for path in app.extensions["settings"].var.iterdir() if path.is_file())
    for secret in (code, "token-of-request-1", me.iin, me.name):
        assert secret.encode() not in stored
        assert secret not in caplog.text


def test_a_reply_on_the_phone_is_noticed_by_the_polling_page(
    app: Flask, patient: Patient, registers: Registers, me: Somebody
) -> None:
    ask(patient, me)
    fragment = patient.get("/document", **{"HX-Request": "true"})
    assert 'hx-trigger="every 2s"' in fragment.text
    assert "<html" not in fragment.text
    registers.reply()
    fragment = patient.get("/document", **{"HX-Request": "true"})
    assert 'hx-trigger="load, submit"' in fragment.text
    token = patient.get("/document").all("meta", name="csrf-token")[0].get("content")
    answer = patient.client.post("/document", data={"csrf_token": token, "go": "on"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/attachment")
    assert patient.get("/attachment").heading == ATTACHED
    with app.app_context():
        assert db.session.scalars(select(Consent.how)).all() == ["reply"]


def test_the_end_of_the_waiting_is_another_screen(
    patient: Patient, registers: Registers, me: Somebody, time: Clock
) -> None:
    ask(patient, me)
    for _ in range(4):
        time.advance(75)
        patient.client.get("/document", headers={"HX-Request": "true"})
    answer = patient.client.get("/document", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")
    assert "Хабарламаға жауап беру мерзімі өтті" in patient.get("/document").heading


def test_a_reply_without_scripts(patient: Patient, registers: Registers, me: Somebody) -> None:
    ask(patient, me)
    assert '<noscript><meta http-equiv="refresh" content="30;url=/document">' in patient.page.text
    registers.reply()
    patient.get("/document")
    patient.press("next")
    assert patient.page.heading == ATTACHED


def test_the_cards_barcode_types_the_iin_and_a_press_asks(patient: Patient, registers: Registers, me: Somebody) -> None:
    patient.get("/document")
    patient.post("/identify", {"scan": f"]C0{me.iin}\r", "page": "document"})
    assert patient.page.path == "/document"
    assert registers.said == []
    assert "Куәліктің штрих-коды оқылды" in patient.page.words
    patient.press("next")
    assert registers.said[0] == "request"
    assert patient.page.heading == "Телефоныңыздағы хабарламаға жауап беріңіз"
    patient.post("/identify", {"scan": f"{me.iin}\r", "page": "document"})  # once more changes nothing
    assert patient.page.heading == "Телефоныңыздағы хабарламаға жауап беріңіз"
    type_code(patient, registers.code)
    assert patient.page.heading == ATTACHED


def test_looking_writes_nothing_and_asks_for_nothing_again(
    app: Flask, patient: Patient, registers: Registers, me: Somebody
) -> None:
    ask(patient, me)
    for _ in range(3):
        patient.get("/document")
    patient.post("/document", {"iin": me.iin})
    assert registers.said.count("request") == 1
    assert "again" not in registers.said


def prepare(registers: Registers, kind: str, me: Somebody, other: Somebody) -> None:
    """The services as they stand before the trouble."""
    registers.without_phone |= {me.iin} if kind == "not in the base" else set()
    registers.without_document |= {me.iin} if kind == "none" else set()
    registers.swapped |= {me.iin: other.iin} if kind == "foreign" else {}
    registers.silent |= {"consent"} if kind == "silent" else set()


def meet(patient: Patient, registers: Registers, time: Clock, kind: str) -> None:
    """What the person does, from the waiting screen into the trouble."""
    typed = {
        "short": ["12345"],
        "wrong": ["111110"],
        "repeated": ["111111"] * 2,
        "spent": ["111110", "111111", "111112"],
    }
    pressed = {"too soon": "send", "phone changed": "phone"}
    if kind in ("foreign", "none"):
        type_code(patient, registers.code)
    for code in typed.get(kind, []):
        type_code(patient, code)
    if kind in pressed:
        patient.press_value(pressed[kind])
    if kind == "refused":
        registers.reply(agrees=False)
        patient.get("/document")
        patient.press("next")
    if kind == "late":
        for _ in range(3):
            time.advance(100)
            patient.get("/document")
        type_code(patient, registers.code)


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("not in the base", "Бұл ЖСН бойынша телефон тіркелмеген"),
        ("refused", "Сіз келісім бермедіңіз"),
        ("wrong", "Код қабылданбады"),
        ("short", "Кодта 6 цифр бар"),
        ("repeated", "Бұл код бұрын терілген"),
        ("spent", "Бұл кодты енді қолдануға болмайды"),
        ("late", "Кодтың мерзімі өтті"),
        ("too soon", "Хабарлама әлі жолда"),
        ("phone changed", "Хабарлама басқа нөмірге кетті"),
        ("foreign", "Бұл басқа адамның құжаты"),
        ("none", "Цифрлық құжат жоқ"),
        ("silent", "Қызмет уақытша қолжетімсіз"),
        ("wrong iin", "ЖСН қате енгізілді"),
    ],
)
def test_each_trouble_has_its_own_sentence_and_the_card_works_at_once(
    app: Flask, patient: Patient, registers: Registers, me: Somebody, time: Clock, kind: str, heading: str
) -> None:
    other = registers.add(Somebody(running=70, number="018888888"))
    prepare(registers, kind, me, other)
    patient.get("/document")
    patient.post("/document", {"iin": me.iin if kind != "wrong iin" else "123456789012"})
    meet(patient, registers, time, kind)
    notice = patient.page.by_id("notice-title")
    assert notice is not None
    assert "".join(notice.itertext()) == heading
    assert patient.page.title == f"Қате: {heading}"
    spoken = patient.page.by_id("spoken")
    assert spoken is not None
    assert heading in "".join(spoken.itertext())
    assert [one for one in journal(app) if one.event == "refused"] == []
    assert other.name not in patient.page.words
    registers.silent.clear()
    patient.scan(me.scan)
    assert patient.page.heading == ATTACHED


def test_every_new_obstacle_has_words_in_three_languages(patient: Patient) -> None:
    names = (
        "CodeIncomplete CodeWrong CodeRepeated CodeLate CodeSpent NoMoreCodes SentJustNow OwnerRefused "
        "NotInCitizensBase PhoneChanged DocumentForeign NoDigitalDocument PresentationUnknown"
    )
    patient.get("/document")
    for language in ("kk", "ru", "en"):
        patient.post("/language", {"language": language, "page": "document"})
        assert patient.page.path == "/document"
        headings = set()
        for name in names.split():
            assert hasattr(obstacles, name)
            notice = patient.get(f"/document?again={name}").by_id("notice")
            assert notice is not None
            headings.add("".join(notice.itertext()))
        assert len(headings) == len(names.split())


def test_three_messages_a_minute_apart_and_then_the_card(
    patient: Patient, registers: Registers, me: Somebody, time: Clock
) -> None:
    ask(patient, me)
    first = registers.code
    for _ in range(2):
        time.advance(61)
        patient.get("/document")
        patient.press_value("send")
        assert patient.page.by_id("notice") is None
    assert registers.said.count("again") == 2
    type_code(patient, first)
    assert "Код қабылданбады" in patient.page.words
    time.advance(61)
    patient.get("/document")
    assert all(one.get("name") != "send" for one in patient.page.all("button"))
    patient.post("/document", {"send": "again"})
    assert "Код енді жіберілмейді" in patient.page.words
    patient.press_value("card")
    assert patient.page.path == "/identify"
    patient.get("/document")
    patient.post("/document", {"iin": me.iin})
    assert "Код енді жіберілмейді" in patient.page.words
    assert registers.said.count("request") == 1


def test_giving_up_takes_the_request_back(patient: Patient, registers: Registers, me: Somebody) -> None:
    ask(patient, me)
    patient.press_value("card")
    assert patient.page.path == "/identify"
    assert registers.said[-1] == "withdraw"
    assert patient.get("/document").heading == "Телефондағы цифрлық құжат"


def test_the_wait_counts_up_and_names_its_end_and_nothing_counts_down(
    patient: Patient, registers: Registers, me: Somebody, time: Clock
) -> None:
    ask(patient, me)
    first = patient.get("/document")
    assert "күтіп тұр: 0:00" in first.words and "мерзімі: сағат 09:05" in first.words
    assert "Жауап берудің соңғы уақыты: тоғыз нөл бес" in spoken(first)
    time.advance(75)
    later = patient.get("/document", **{"HX-Request": "true"})
    assert "күтіп тұр: 1:15" in later.words and "мерзімі: сағат 09:05" in later.words
    assert "Өткен минут: бір" in spoken(later, "news")
    assert later.all("progress")[0].get("value") == "75"


@pytest.mark.row("D8")
def test_the_wait_for_the_phone_lasts_its_five_minutes_and_no_poll_makes_it_longer(
    patient: Patient, registers: Registers, me: Somebody, time: Clock
) -> None:
    ask(patient, me)
    body = patient.get("/document").all("body")[0]
    assert int(body.get("data-idle", "")) > 300, "nobody is asked for more time within the wait"
    for _second in range(0, 298, 2):
        time.advance(2)
        assert 'id="wait"' in patient.client.get("/document", headers={"HX-Request": "true"}).get_data(as_text=True)
    type_code(patient, registers.code)
    assert (patient.page.path, patient.page.heading) == ("/attachment", ATTACHED)
    assert patient.page.all("body")[0].get("data-idle") == "120"
    patient.press_text("Бұл мен емеспін")
    ask(patient, me)
    for _minute in range(7):
        time.advance(60)
        patient.client.get("/document", headers={"HX-Request": "true"})
    assert patient.mark_alive() == 410, "a page that nobody is at keeps nobody's data"


def test_a_silence_while_waiting_is_said_and_the_waiting_goes_on(
    patient: Patient, registers: Registers, me: Somebody
) -> None:
    ask(patient, me)
    registers.silent.add("consent")
    assert "Сервис қазір жауап бермейді" in patient.get("/document").words
    registers.silent.clear()
    registers.silent.add("documents")
    type_code(patient, registers.code)
    assert "Қызмет уақытша қолжетімсіз" in patient.page.words
    assert 'hx-trigger="submit"' in patient.page.text  # no hammering: the person asks again
    registers.silent.clear()
    patient.press("next")
    assert patient.page.heading == ATTACHED


def test_a_persons_register_silent_after_the_consent_is_asked_again_on_the_same_consent(
    app: Flask, patient: Patient, registers: Registers, me: Somebody
) -> None:
    ask(patient, me)
    registers.silent.add("persons")
    type_code(patient, registers.code)
    assert patient.page.heading == "Қызмет уақытша қолжетімсіз"
    registers.silent.clear()
    patient.press_text("Қайталап көру")
    patient.press("next")
    assert patient.page.heading == ATTACHED
    assert registers.said.count("request") == 1
    with app.app_context():
        assert len(db.session.scalars(select(Consent)).all()) == 1


def test_the_same_press_twice_is_one_consent(app: Flask, patient: Patient, registers: Registers, me: Somebody) -> None:
    ask(patient, me)
    code = registers.code
    type_code(patient, code)
    type_code(patient, code)
    assert patient.page.heading == ATTACHED
    with app.app_context():
        assert len(db.session.scalars(select(Consent)).all()) == 1
    assert registers.said.count("code") == 1


@pytest.mark.parametrize("payload", ["135790", QR])
def test_what_the_phone_shows_through_the_scanner(
    app: Flask, patient: Patient, registers: Registers, me: Somebody, payload: str
) -> None:
    registers.shown[payload] = me.iin
    patient.scan(f"\x02]Q1{payload}\r")
    assert patient.page.heading == ATTACHED
    assert [(one.event, one.basis) for one in journal(app)] == [("identified", "document_shown")]
    with app.app_context():
        assert db.session.scalars(select(Consent)).all() == []
        assert payload not in json.dumps([one.messages for one in journal(app)])


def test_six_digits_of_the_app_typed_by_hand(patient: Patient, registers: Registers, me: Somebody) -> None:
    registers.shown["135790"] = me.iin
    patient.get("/document?way=code")
    assert patient.page.heading == "Қосымшадағы алты цифрды теріңіз"
    type_code(patient, "135 790")
    assert patient.page.heading == ATTACHED


@pytest.mark.parametrize("raw", ["999999\r", QR + "x\r"])
def test_an_unknown_or_used_presentation(patient: Patient, registers: Registers, raw: str) -> None:
    patient.scan(raw)
    assert patient.page.path == "/document"
    assert "Көрсетілген код қабылданбады" in patient.page.words


def test_a_presentation_of_an_expired_document_is_no_refusal(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    me = registers.add(Somebody(status="expired"))
    registers.shown["135790"] = me.iin
    patient.scan("135790\r")
    assert patient.page.heading == "Құжаттың мерзімі өткен"
    assert journal(app) == []


def test_somebody_elses_phone_ends_the_first_visit(patient: Patient, registers: Registers, me: Somebody) -> None:
    other = registers.add(Somebody(name="Басқа", running=70, number="018888888"))
    registers.shown["135790"] = other.iin
    patient.scan(me.scan)
    patient.scan("135790\r")
    assert patient.page.heading == ATTACHED
    assert "Басқа" in patient.page.words
    assert me.name not in patient.page.words


def test_a_foreign_code_typed_while_an_iin_is_known_opens_nothing(
    patient: Patient, registers: Registers, me: Somebody
) -> None:
    other = registers.add(Somebody(name="Басқа", running=70, number="018888888"))
    registers.shown["135790"] = other.iin
    ask(patient, me)
    patient.press_value("card")
    patient.get("/document?way=code")
    type_code(patient, "135790")
    assert "Бұл басқа адамның құжаты" in patient.page.words
    assert "Басқа" not in patient.page.words.replace("Басқа адам", "")


def test_a_code_typed_as_fast_as_a_scanner_is_the_awaited_one(
    patient: Patient, registers: Registers, me: Somebody
) -> None:
    ask(patient, me)
    patient.scan(f"{registers.code}\r")
    assert patient.page.heading == ATTACHED
    assert "presented" not in registers.said


def test_the_keypad_without_scripts_keeps_no_code(
    app: Flask, patient: Patient, registers: Registers, me: Somebody
) -> None:
    patient.get("/document")
    for digit in me.iin:
        patient.press_value("key", digit)
    assert patient.page.by_id("iin").get("value") == me.iin  # type: ignore[union-attr]
    patient.press("next")
    for digit in registers.code:
        patient.press_value("key", digit)
    assert patient.page.by_id("code").get("value") == registers.code  # type: ignore[union-attr]
    with app.app_context():
        from kiosk.clinic.visits import find_living

        cookie = patient.client.get_cookie("visit")
        row = db.session.scalars(select(VisitRecord)).one()
        living = find_living(db.session(), app.extensions["keys"], cookie.value, row.kiosk_id, row.started_at)  # type: ignore[union-attr]
        assert living is not None
        assert registers.code not in json.dumps(living.content)
    patient.press("next")
    assert patient.page.heading == ATTACHED


@pytest.mark.parametrize("setting", [{"digital_documents": False}, {"registers": "local"}])
def test_a_kiosk_without_digital_documents_says_so(
    app: Flask, patient: Patient, registers: Registers, setting: dict[str, object]
) -> None:
    with app.app_context(), transaction() as work:
        place = work.scalars(select(Organisation).where(Organisation.code == HERE)).one()
        place.settings = {**place.settings, **setting}
    assert patient.get("/document").by_id("iin") is None
    patient.press("next")
    assert patient.page.path == "/identify"
    patient.scan("135790\r")
    assert "Құжат оқылмады" in patient.page.words
    assert registers.said == []


def test_consents_are_seen_and_withdrawn_by_their_owner_alone(
    app: Flask, patient: Patient, another: Patient, registers: Registers, me: Somebody
) -> None:
    other = registers.add(Somebody(name="Басқа", running=70, number="018888888"))
    patient.get("/consents")
    assert patient.page.heading == "Деректерді сұратуға келісім"
    assert all(one.get("name") != "consent" for one in patient.page.all("button"))
    ask(patient, me)
    type_code(patient, registers.code)
    patient.get("/consents")
    ref = next(one.get("value") for one in patient.page.all("button", name="consent"))
    assert "Хабарламадағы код арқылы келісім бердіңіз: сәрсенбі" in spoken(patient.page)
    another.scan(other.scan)
    another.get("/consents")
    assert another.page.all("button", name="consent") == []
    another.post("/consents", {"consent": ref})
    patient.press_value("consent")
    assert patient.page.path == "/consents"
    assert registers.said[-1] == "withdraw"
    assert "Келісіміңіз кері қайтарылды" in spoken(patient.page) and "Келісіміңіз кері қайтарылды" in patient.page.words
    assert patient.get("/attachment").path == "/"  # the visit rested on it, and knows nobody any more
    patient.scan(me.scan)
    patient.get("/consents")
    assert "Кері қайтарылды" in patient.page.words
    assert patient.page.all("button", name="consent") == []
    assert [one.details.get("withdrawn") for one in journal(app) if one.event == "consent_withdrawn"] == [ref]
