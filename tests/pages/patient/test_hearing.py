"""What a listener is owed on every screen: all that stands there can be heard, by itself and as often as wanted."""

import json
from collections.abc import Iterator
from dataclasses import fields
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from kiosk.accessibility.preferences import NUMBERS, WORDS
from kiosk.accessibility.speech import speakable
from kiosk.accessibility.stops import NAMES, find_stop, mark_of
from kiosk.clinic.kiosk_settings import KioskSettings
from kiosk.clinic.records import Kiosk
from kiosk.database import transaction
from tests.client import Page, Patient, words
from tests.factories import ELSEWHERE, Registers, Somebody
from tests.pages.patient.test_every_screen import screens
from tests.pages.patient.test_voice import Mouth, headphones, lines, of_elements

LANGUAGES = pytest.mark.parametrize("language", ["kk", "ru", "en"])
SILENT = ("template", "script", "style", "svg", "noscript")
CHOICES = {
    "voice": ("off", "speaker"),
    "text_size": NUMBERS["text_size"],
    "theme": WORDS["theme"],
    "pace": NUMBERS["pace"],
}


@pytest.fixture(autouse=True)
def mouth(app: Flask) -> Mouth:
    app.extensions["voice"] = Mouth()
    return app.extensions["voice"]


def all_screens(patient: Patient, registers: Registers, language: str) -> Iterator[Page]:
    """The journey's screens, its noes and its troubles."""
    yield from screens(patient, registers, language)
    yield patient.get("/identify?again=CardUnreadable")
    yield patient.get("/document?again=NotInCitizensBase")
    yield patient.get("/accessibility")
    yield patient.get("/nowhere")
    elsewhere = registers.add(Somebody(running=5, number="018000005", attachments=(("active", ELSEWHERE, "03"),)))
    yield patient.scan(elsewhere.scan)
    yield patient.scan(registers.add(Somebody(running=6, number="018000006", attachments=())).scan)
    child = registers.add(Somebody(running=8, number="018000008"))
    yield patient.scan(registers.add(Somebody(running=7, number="018000007", children=(child.iin,))).scan)
    patient.post("/help", {"page": "welcome"})
    yield patient.get("/help")


def texts(page: Page) -> Iterator[tuple[str, list[Element]]]:
    """Every text that can stand on the glass, with the elements around it, the innermost first."""

    def walk(element: Element, around: list[Element]) -> Iterator[tuple[str, list[Element]]]:
        if not isinstance(element.tag, str) or element.tag in SILENT:
            return
        here = [element, *around]
        if (element.text or "").strip():
            yield (element.text or "").strip(), here
        for child in element:
            yield from walk(child, here)
            if (child.tail or "").strip():
                yield (child.tail or "").strip(), here

    yield from walk(page.all("body")[0], [])


def is_stop(one: Element) -> bool:
    return one.tag in NAMES or "fact" in one.get("class", "").split() or one.get("data-say") is not None


@pytest.mark.row("A1", "A20")
@LANGUAGES
def test_every_text_of_every_screen_can_be_heard_and_heard_again_by_itself(
    patient: Patient, registers: Registers, language: str
) -> None:
    silent = []
    for page in all_screens(patient, registers, language):
        assert lines(page), f"{page.path} has no script"
        for text, around in texts(page):
            stop = next((one for one in around if is_stop(one)), None)
            if any(sign.isalnum() for sign in text) and (stop is None or not can_be_said(page, stop)):
                silent.append((page.path, around[0].tag, text))
    assert silent == []


def can_be_said(page: Page, stop: Element) -> bool:
    """Whether the stop has written words, or its text is found in the page when it is asked for."""
    if stop.get("data-say") is not None:
        return any(one["text"] for one in json.loads(stop.get("data-say", "[]")))
    found = find_stop(page.text, mark_of("".join(stop.itertext())))
    return found is not None and speakable(*found) != ""


@pytest.mark.row("A1", "A21")
def test_every_sentence_of_every_screen_is_spoken_when_it_is_asked_for(patient: Patient, registers: Registers) -> None:
    lost = [lost for page in all_screens(patient, registers, "kk") for lost in unspoken(patient, page)]
    assert lost == []


def unspoken(patient: Patient, page: Page) -> Iterator[tuple[str, str]]:
    """The written sentences of a page for which its screen has no sound."""
    request, screen = page.response.request, page.all("body")[0].get("data-screen", "")
    patient.client.post("/preferences", data={"csrf_token": patient.token(), "voice": "headphones"})
    for one in {one["block"]: one for one in of_elements(page) if "block" in one}.values():
        form = {"csrf_token": patient.token(), "screen": screen, "block": one["block"]}
        query = request.query_string.decode()
        if patient.client.post("/voice", query_string=query, data=form).status_code != 200:
            yield request.path, one["text"]


@pytest.mark.row("A20")
def test_a_text_is_said_as_often_as_it_is_asked_for(patient: Patient, registers: Registers, mouth: Mouth) -> None:
    registers.add(Somebody())
    patient.scan(Somebody().scan)
    headphones(patient)
    page = patient.get("/attachment")
    fact = next(one for one in page.all("p") if one.get("id") == "time")
    for _time in range(2):
        form = {"csrf_token": patient.token(), "screen": "attachment", "stop": str(mark_of("".join(fact.itertext())))}
        assert patient.client.post("/voice", data=form).status_code == 200
    assert mouth.said[-1] == mouth.said[-2]


@pytest.mark.row("A3")
@LANGUAGES
def test_a_screen_without_a_person_begins_with_a_clip_that_is_ready(
    patient: Patient, registers: Registers, language: str
) -> None:
    patient.post("/language", {"language": language})
    for path in ("/", "/identify", "/document", "/notice", "/building", "/help", "/preferences", "/switches", "/keys"):
        assert "clip" in lines(patient.get(path))[0], path


@pytest.mark.row("C9")
@LANGUAGES
def test_a_setting_tells_its_state_before_and_after_it_is_changed(patient: Patient, language: str) -> None:
    patient.post("/language", {"language": language})
    patient.post("/preferences", {"voice": "headphones", "page": "preferences"})
    for name, value in (("text_size", "4"), ("theme", "soft"), ("pace", "150"), ("more_time", "1"), ("echo", "0")):
        now = {one.get("value"): one.get("data-say", "") for one in patient.page.all("button", name=name)}
        on = next(one for one in patient.page.all("button", name=name) if one.get("aria-current"))
        assert on.get("data-say", "") != "" and on.get("value") != value
        assert len({said.split("},{")[-1] for said in now.values()}) == 2, "one is chosen now, the others can be"
        patient.press_value(name, value)
        chosen = next(one for one in patient.page.all("button", name=name) if one.get("aria-current"))
        assert chosen.get("value") == value
        assert [one["text"] for one in lines(patient.page)][2] == speakable(words(chosen), language)


@pytest.mark.row("E5")
@LANGUAGES
def test_the_end_says_that_nothing_more_is_needed_and_little_else(
    patient: Patient, registers: Registers, language: str
) -> None:
    registers.add(Somebody())
    patient.post("/language", {"language": language})
    patient.scan(Somebody().scan)
    patient.press("next")
    page = patient.press("next")
    nothing_more = {"kk": "Басқа ештеңе қажет емес", "ru": "Больше ничего не нужно", "en": "Nothing more is needed"}
    assert nothing_more[language] in page.words
    assert lines(page)[-1]["text"].startswith(nothing_more[language])
    main = page.all("main")[0]
    assert len([one for one in main.iter("div") if "fact" in one.get("class", "").split()]) <= 7
    assert len([one for one in main.iter() if one.tag in ("button", "a")]) <= 3


@pytest.mark.row("D9")
def test_nobody_must_remember_copy_or_solve_anything(patient: Patient, registers: Registers) -> None:
    welcome = patient.get("/")
    assert "сканерге қойыңыз" in welcome.words, "the card is enough"
    assert welcome.by_id("scan") is not None
    document = patient.get("/document")
    assert "QR" in document.words, "so is what the phone shows to the scanner"
    registers.add(Somebody())
    assert patient.scan(Somebody().scan).path == "/attachment"
    for page in screens(patient, registers):
        assert "captcha" not in page.text.lower(), page.path
        assert not [one for one in page.all("input") if one.get("type") == "password"], page.path


@pytest.mark.row("F10")
def test_no_setting_takes_a_way_to_hear_see_or_wait_from_any_kiosk(app: Flask, patient: Patient) -> None:
    fresh = KioskSettings()
    turned = [{one.name: not one.default} for one in fields(KioskSettings) if isinstance(one.default, bool)]
    others = [{"voice": "speaker"}, {"theme": "soft"}, {"text_size": 1}, {"languages": ["kk"]}, {"services": []}]
    assert not {"speech", "voices", "sizes", "themes", "accessible"} & {one.name for one in fields(fresh)}
    for settings in [*turned, *others]:
        if "out_of_service" in settings or "closed_outside_hours" in settings:
            continue
        with app.app_context(), transaction() as work:
            for kiosk in work.query(Kiosk):
                kiosk.settings = settings
        page = patient.get("/preferences")
        for name, values in CHOICES.items():
            offered = {one.get("value") for one in page.all("button", name=name)}
            assert offered == {str(value) for value in values}, (settings, name)
        assert {"reach", "more_time", "guard"} <= {one.get("name") for one in page.all("button")}, settings
        assert page.by_id("learn-keys") is not None and page.by_id("learn-switches") is not None
        assert patient.get("/").all("button", value="speaker") or settings == {"voice": "speaker"}
