"""/voice : every screen has a script; a sentence is asked for by block, a private one only when it may be heard."""

import json
import logging
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.accessibility import prompts
from kiosk.accessibility.speech import speakable, spell_floor, spell_moment, spell_number, spell_room
from kiosk.accessibility.stops import mark_of
from kiosk.accessibility.voices import Clip, VoiceUnavailable
from kiosk.clinic.booking import Appointment
from kiosk.clinic.records import Kiosk
from kiosk.database import db, transaction
from tests.client import Page, Patient, words
from tests.conftest import Clock
from tests.factories import ELSEWHERE, Registers, Somebody

ME = Somebody()
FIRST = {"kk": "Сіз жазылдыңыз", "ru": "Вы записаны", "en": "You are booked"}


class Mouth:
    """A voice that remembers what it was told to say."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.well = True

    def speak(self, language: str, text: str) -> Clip:
        if not self.well:
            raise VoiceUnavailable("unwell")
        self.said.append((language, text))
        return Clip(".wav", b"RIFF")


@pytest.fixture
def mouth(app: Flask) -> Mouth:
    app.extensions["voice"] = Mouth()
    return app.extensions["voice"]


@pytest.fixture
def known(patient: Patient, registers: Registers) -> Patient:
    """Somebody who has been identified."""
    registers.add(ME)
    patient.scan(ME.scan)
    return patient


def lines(page: Page, template: str = "spoken") -> list[dict[str, str]]:
    found = page.by_id(template)
    assert found is not None
    return [one for line in found.iter("p") for one in json.loads(line.get("data-say", "[]"))]


def of_elements(page: Page) -> list[dict[str, str]]:
    told = [one.get("data-say") for one in page.tree.iter() if isinstance(one.tag, str) and one.get("data-say")]
    return [sentence for each in told for sentence in json.loads(each)]


def ask(patient: Patient, **form: str) -> tuple[int, str]:
    answer = patient.client.post("/voice", data={"csrf_token": patient.token(), **form})
    return answer.status_code, answer.headers.get("Cache-Control", "")


def headphones(patient: Patient) -> None:
    patient.post("/preferences", {"voice": "headphones", "page": "attachment"})


@pytest.mark.row("A1")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_screen_of_the_journey_begins_with_its_heading(
    patient: Patient, registers: Registers, mouth: Mouth, language: str
) -> None:
    registers.add(ME)
    patient.post("/language", {"language": language})
    for path in ("/", "/identify", "/notice", "/help", "/document", "/keys", "/preferences", "/building", "/consents"):
        patient.get(path)
        template = patient.page.by_id("spoken")
        assert template is not None
        assert words(next(template.iter("p"))) == patient.page.heading, path
    patient.scan(ME.scan)
    for path in ("/attachment", "/doctor", "/slot", "/confirm"):
        patient.get(path)
        assert lines(patient.page)[0]["lang"] == language
    patient.get("/attachment")
    patient.press("next")
    patient.press("next")
    assert lines(patient.page)[0]["text"] == FIRST[language]
    patient.get("/appointments")
    assert len(lines(patient.page)) > 1


@pytest.mark.row("A19")
def test_every_control_says_what_it_is_or_is_a_stop(known: Patient, mouth: Mouth) -> None:
    headphones(known)
    for path in ("/", "/identify", "/attachment", "/doctor", "/help"):
        page = known.get(path)
        silent = []
        for tag in ("a", "button"):
            for one in page.all(tag):
                if one.get("data-say") is None and not "".join(one.itertext()).strip():
                    silent.append(one.get("id"))
        assert silent == [], path


@pytest.mark.row("A11")
def test_a_private_sentence_needs_headphones_or_a_yes(known: Patient, mouth: Mouth) -> None:
    sentence = next(one for one in lines(known.page) if one.get("private"))
    assert "clip" not in sentence
    assert ask(known, screen="attachment", block=sentence["block"])[0] == 403
    known.post("/preferences", {"voice": "speaker", "page": "attachment"})
    assert ask(known, screen="attachment", block=sentence["block"])[0] == 403
    known.client.post("/voice/aloud", data={"csrf_token": known.token(), "aloud": "yes"})
    assert ask(known, screen="attachment", block=sentence["block"]) == (200, "no-store")
    known.client.post("/voice/aloud", data={"csrf_token": known.token(), "aloud": "no"})
    assert ask(known, screen="attachment", block=sentence["block"])[0] == 403
    headphones(known)
    assert ask(known, screen="attachment", block=sentence["block"])[0] == 200
    assert mouth.said[-1] == ("kk", sentence["text"])


def test_the_next_person_is_asked_anew(known: Patient, registers: Registers, mouth: Mouth) -> None:
    known.client.post("/voice/aloud", data={"csrf_token": known.token(), "aloud": "yes"})
    other = registers.add(Somebody(name="Самал", sex="female", running=7, number="017000007"))
    known.scan(other.scan)
    body = known.page.all("body")[0]
    assert body.get("data-aloud") == ""


def test_whoever_tries_the_same_card_again_is_not_asked_again(
    app: Flask, patient: Patient, registers: Registers, mouth: Mouth
) -> None:
    registers.add(ME)
    registers.silent.add("persons")
    patient.scan(ME.scan)
    patient.client.post("/voice/aloud", data={"csrf_token": patient.token(), "aloud": "no"})
    assert patient.scan(ME.scan).all("body")[0].get("data-aloud") == "no"
    other = registers.add(Somebody(name="Самал", sex="female", running=7, number="017000007"))
    registers.silent.clear()
    assert patient.scan(ME.scan).all("body")[0].get("data-aloud") == "no"
    registers.silent.add("persons")
    known = Patient(app.test_client())
    known.scan(ME.scan)
    known.client.post("/voice/aloud", data={"csrf_token": known.token(), "aloud": "yes"})
    registers.silent.clear()
    assert known.scan(other.scan).all("body")[0].get("data-aloud") == "", "another card after an obstacle"


def test_no_free_text_is_ever_spoken(known: Patient, mouth: Mouth) -> None:
    headphones(known)
    for form in (
        {"screen": "attachment", "block": "0" * 24},
        {"screen": "attachment", "text": "anything"},
        {"screen": "attachment", "stop": "0"},
        {"screen": "attachment", "stop": "99999999999"},
        {"screen": "attachment", "stop": "-1"},
        {"screen": "attachment", "stop": str(mark_of("anything"))},
        {"screen": "voice", "block": "x"},
        {"screen": "../attachment", "block": "x"},
        {},
    ):
        assert ask(known, **form)[0] == 404, form
    assert mouth.said == []


def test_a_block_of_another_screen_is_not_of_this_one(known: Patient, mouth: Mouth) -> None:
    headphones(known)
    name = lines(known.get("/attachment"))[1]
    assert ask(known, screen="welcome", block=name["block"])[0] == 404


def test_another_visit_cannot_have_it_spoken(known: Patient, another: Patient, mouth: Mouth) -> None:
    name = lines(known.get("/attachment"))[1]
    another.get("/")
    another.post("/preferences", {"voice": "headphones", "page": "welcome"})
    assert ask(another, screen="attachment", block=name["block"])[0] == 404


def test_a_stop_without_words_of_its_own_is_read_as_it_stands(known: Patient, mouth: Mouth) -> None:
    headphones(known)
    page = known.get("/attachment")
    fact = next(one for one in page.all("div") if "fact" in (one.get("class") or "").split())
    assert ask(known, screen="attachment", stop=str(mark_of("".join(fact.itertext()))))[0] == 200
    assert mouth.said[-1][1].startswith("Емхана")


def test_what_is_spoken_is_in_no_log_line(known: Patient, mouth: Mouth, caplog: pytest.LogCaptureFixture) -> None:
    headphones(known)
    name = lines(known.get("/attachment"))[1]
    with caplog.at_level(logging.DEBUG):
        ask(known, screen="attachment", block=name["block"])
    assert ME.name not in caplog.text
    assert mouth.said


def test_a_voice_that_is_down_is_said_to_be_down(known: Patient, mouth: Mouth) -> None:
    headphones(known)
    name = lines(known.get("/attachment"))[1]
    mouth.well = False
    assert ask(known, screen="attachment", block=name["block"])[0] == 503
    notice = known.page.by_id("voice-down")
    assert notice is not None
    assert notice.get("hidden") is not None


def test_fixed_clips_are_immutable_and_others_are_not_there(patient: Patient) -> None:
    clip = next(one["clip"] for one in lines(patient.get("/")))
    answer = patient.client.get(f"/voice/{clip}")
    assert (answer.status_code, answer.mimetype) == (200, "audio/ogg")
    assert "immutable" in answer.headers["Cache-Control"]
    for name in ("0" * 32, "prompts.json", "..%2Fprompts.json"):
        assert patient.client.get(f"/voice/{name}").status_code == 404


def test_every_fixed_clip_of_the_screens_is_there(known: Patient, mouth: Mouth) -> None:
    built = {clip for _language, _words, clip in prompts.Prompts.load().all()}
    for path in ("/", "/identify?again=CardUnreadable", "/attachment", "/doctor", "/slot", "/help", "/nowhere"):
        known.get(path)
        clips = [one["clip"] for one in of_elements(known.page) if "clip" in one]
        assert clips, path
        assert set(clips) <= built, path


def test_nothing_private_is_fixed(known: Patient, mouth: Mouth) -> None:
    for path in ("/attachment", "/doctor", "/slot"):
        for one in of_elements(known.get(path)):
            assert not ("clip" in one and one.get("private")), one
            if ME.name in one["text"] or ME.iin in one["text"]:
                assert one.get("private"), one


@pytest.mark.row("A1", "F9")
@pytest.mark.parametrize("path", ["/", "/identify", "/confirm", "/help"])
def test_a_kiosk_out_of_service_says_aloud_where_to_go(
    app: Flask, patient: Patient, mouth: Mouth, time: Clock, path: str
) -> None:
    with app.app_context(), transaction() as work:
        for kiosk in work.query(Kiosk):
            kiosk.settings = {"out_of_service": True, "out_of_service_kk": "Электр жоқ."}
    page = patient.get(path)
    patient.client.post("/preferences", data={"csrf_token": patient.token(), "voice": "speaker", "page": "welcome"})
    page = patient.get(path)
    assert page.all("html")[0].get("data-voice") == "speaker"
    screen = page.all("body")[0].get("data-screen", "")
    written = [one for one in lines(page) if "block" in one]
    assert written or path == "/help"
    for one in written:
        assert ask(patient, screen=screen, block=one["block"])[0] == 200, one
    if path != "/help":
        assert ("kk", "Электр жоқ.") in mouth.said
        stop = mark_of("".join(page.all("p", **{"class": "sentence"})[-1].itertext()))
        assert ask(patient, screen=screen, stop=str(stop))[0] == 200
        for _minute in range(7):
            time.advance(60)
            page = patient.get(path)
        assert page.all("html")[0].get("data-voice") == "off", "a page that renews itself keeps nobody's wishes"


def test_only_an_idle_first_screen_invites(app: Flask, patient: Patient) -> None:
    def invites(path: str) -> bool:
        return patient.get(path).all("body")[0].get("data-invite") is not None

    def set_all(**settings: bool) -> None:
        with app.app_context(), transaction() as work:
            for kiosk in work.query(Kiosk):
                kiosk.settings = settings

    assert not invites("/")
    set_all(invite=True)
    assert invites("/")
    for path in ("/identify", "/document", "/help", "/keys", "/building", "/nowhere"):
        assert not invites(path), path
    set_all(invite=True, out_of_service=True)
    assert not invites("/")
    set_all(invite=True)
    patient.post("/language", {"language": "ru"})
    assert not invites("/"), "somebody is here"


@pytest.mark.row("A15")
@pytest.mark.parametrize("code", ["NumberWrong_iin", "CardUnreadable", "DocumentNumberNeeded", "TooManyTries"])
def test_an_error_is_said_with_cause_and_cure_after_the_heading(patient: Patient, mouth: Mouth, code: str) -> None:
    page = patient.get(f"/identify?again={code}")
    said = [one["text"] for one in lines(page)]
    title = page.by_id("notice-title")
    assert title is not None
    template = page.by_id("spoken")
    assert template is not None
    assert words(list(template.iter("p"))[1]).startswith(words(title))
    assert len(said) >= 4


# What anybody may hear: it tells neither where somebody is attached, nor to whom and when they go, nor of a refusal.
HARMLESS = (
    *("Оңға: қызметкерді шақыру.", "Қызметкерді шақыру", "Таңдау: осында қызметкер келеді.", "Байланыс орталығы: "),
    *("Басып шығару", "Таңдау: осы жауапты басып шығару.", "Таңдау: өзіңізбен алатын талонды", "Принтер: "),
    *("Асықпаңыз: ", "Бұл мен емеспін", "Аяқтау", "Таңдау: бәрін өшіріп, басына оралу.", "Енді не істеу керек"),
    *("Басқа дәрігер", "Басқа күн немесе уақыт", "Таңдау: дәрігерлерге көшу.", "Таңдау: осы дәрігерге күн таңдау."),
    *("Оңға: осы уақытты алу. Төмен: басқа таңдаулар.", "Таңдау: осы уақытты алу."),
    *("Дәрігерді таңдаңыз", "Төмен: дәрігерлер, алдымен Сіздікі.", "Учаскелік дәрігеріңіз", "бос уақыт жоқ"),
    *("Таңдау: осы дәрігерді таңдау.", "Дәрігерді өзгерту", "Күнін өзгерту", "Уақытын өзгерту", "Бәрі дұрыс па?"),
    *("Оңға, сосын таңдау: жазылу.", "Таңдау: жазылу.", "Таңдау: күндерге көшу.", "Таңдау: сол күннің уақыттары."),
    *("Сіз осында тұрғанда бұл уақыт Сізге сақталады.", "Оңға: түсіндім.", "Түсіндім"),
    "Таңдау: емханаңыз бен жазылуларыңызға өту.",
    # Who has just booked must hear that it is done, though not with whom and when.
    *("Сіз жазылдыңыз", "Басқа ештеңе қажет емес", "Болдырмау немесе ауыстыру: ", "Немесе телефон арқылы: "),
    *("Менің жазылуларым: ", "Телефонға арналған код: қабылдау күні", "Өзіңізбен бірге жеке куәлігіңізді"),
)


def overheard(page: Page) -> set[str]:
    """What the screen, and each thing on it, still says from the loudspeaker when the data are to be kept silent."""
    written = {one["text"] for one in lines(page) if not one.get("private")}
    (main,) = page.all("main")
    fixed = prompts.Prompts.load()
    for one in main.iter():
        if not isinstance(one.tag, str) or one in list(main.iter("template")):
            continue
        if one.get("data-say"):
            written |= {each["text"] for each in json.loads(one.get("data-say", "")) if not each.get("private")}
        elif one.tag in ("h2", "h3", "p", "li", "button", "a") and one.get("class") != "sentence":
            found = fixed.find("kk", "".join(one.itertext()).strip())
            written |= {found[0]} if found else set()
    return {one for one in written if not one.startswith(HARMLESS)}


@pytest.mark.row("A11")
@pytest.mark.parametrize("attachments", [(("active", ELSEWHERE, "03"),), ()])
def test_a_refusal_is_private_to_its_last_word(
    patient: Patient, registers: Registers, mouth: Mouth, attachments: tuple[tuple[str, str, str], ...]
) -> None:
    me = registers.add(Somebody(attachments=attachments))
    page = patient.scan(me.scan)
    assert page.by_id("legal") is not None
    assert lines(page)[0]["private"]
    assert overheard(page) == set()


@pytest.mark.row("A11")
def test_neither_attachment_nor_specialty_nor_booking_is_overheard(known: Patient, mouth: Mouth) -> None:
    assert overheard(known.get("/attachment")) == set()
    assert overheard(known.get("/doctor")) == set()
    known.get("/attachment")
    assert overheard(known.press("next")) == set()
    assert overheard(known.press("next")) == set()
    assert overheard(known.get("/attachment")) == set(), "who is booked already"


@pytest.mark.row("A16")
def test_the_ticket_says_all_that_the_slip_says(known: Patient, mouth: Mouth) -> None:
    known.press("next")
    page = known.press("next")
    said = " ".join(one["text"] for one in lines(page))
    for part in ("кабинет", "қабат", "сағат", "наурыз", "Дәрігер", "жеке куәлігіңізді", "Болдырмау", "телефон"):
        assert part in said, part


@pytest.mark.row("A1", "A16")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_each_fact_of_confirmation_and_ticket_is_in_the_words_that_stand_for_it(
    app: Flask, known: Patient, mouth: Mouth, time: Clock, language: str
) -> None:
    known.post("/language", {"language": language, "page": "attachment"})
    confirm, ticket = known.press("next"), known.press("next")
    with app.app_context():
        made = db.session.scalars(select(Appointment).order_by(Appointment.id.desc())).first()
        assert made is not None
        moment, number = made.starts_at.astimezone(ZoneInfo("Asia/Almaty")), made.entry_number
        doctor = made.doctor
        names, room, floor = doctor.names.in_(language), doctor.room, doctor.floor
        building, address = doctor.building.names.in_(language), doctor.building.address.in_(language)
    kind = {"kk": "учаскелік терапевт", "ru": "участковый терапевт", "en": "district therapist"}[language]
    place = [spell_room(room, language), spell_floor(floor, language), speakable(building, language)]
    when = spell_moment(moment, language, time.now.astimezone(ZoneInfo("Asia/Almaty")).date())
    who = [speakable(names, language), kind]
    expected = {1: [ME.name if language == "kk" else ""], 2: who, 3: [when], 5: place}
    assert left_out(confirm, expected) == []
    card = {"kk": "жеке куәлі", "ru": "удостоверени", "en": "identity"}[language]
    phones = speakable(words(facts(ticket)[6]).partition("8 (")[2], language)
    booked = {1: who, 2: [when], 4: [*place, speakable(address, language)], 5: [spell_number(number, language)]}
    assert left_out(ticket, {**booked, 6: [card], 7: [phones]}) == []
    assert len(facts(ticket)) == 7, "a new fact needs its words too"
    printer = next(words(one) for one in ticket.all("p") if one.get("class") == "quiet where")
    assert speakable(printer, language) in [one["text"] for one in lines(ticket)]


def facts(page: Page) -> list[Element]:
    return [one for one in page.all("main")[0].iter("div") if "fact" in one.get("class", "").split()]


def left_out(page: Page, expected: dict[int, list[str]]) -> list[tuple[int, str]]:
    """Which words of the facts (by place) are not in the written lines that are said in their stead."""
    template = page.by_id("spoken")
    assert template is not None
    said: dict[str, str] = {}
    for line in template.iter("p"):
        at = line.get("data-at", "")
        said[at] = said.get(at, "") + " ".join(one["text"] for one in json.loads(line.get("data-say", "[]"))) + " "
    stand = {place: said.get(f".fact:nth-child({place})", "") for place in expected}
    return [(place, one) for place, parts in expected.items() for one in parts if one not in stand[place]]


@pytest.mark.row("A21")
def test_where_am_i_knows_the_step_and_what_is_chosen_or_booked(known: Patient, mouth: Mouth) -> None:
    for step in ("бесінші", "алтыншы"):
        said = [one["text"] for one in lines(known.press("next"), "where")]
        assert said[0] == f"{step} қадам, барлығы алты."
        assert any(ME.name in text for text in said)
        assert any("наурыз" in text for text in said), step
    settings = known.press("settings")
    assert settings.path == "/preferences"
    assert lines(settings, "where")[0]["text"] == "алтыншы қадам, барлығы алты.", "of the screen that it was left from"


@pytest.mark.row("F2")
def test_without_scripts_whoever_asked_to_listen_finds_what_is_fixed_as_sound(patient: Patient) -> None:
    """What is private is made for each person and needs the page's own script: it stays silent there."""
    assert not patient.get("/identify").all("audio")
    page = patient.post("/preferences", {"voice": "speaker", "page": "identify"})
    clips = [one for one in page.all("audio") if one.get("src")]
    fixed = [one["text"] for one in lines(page) if "clip" in one]
    assert fixed and [one.get("aria-label") for one in clips] == fixed
    assert {patient.client.get(one.get("src", "")).status_code for one in clips} == {200}
    assert [one.get("autoplay") is not None for one in clips] == [True] + [False] * (len(clips) - 1)
