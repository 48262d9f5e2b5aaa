"""A blind person's journey: only what the voice says, headphones and five keys; and how privately it speaks."""

import re
import sqlite3
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from playwright.sync_api import Route

from kiosk.accessibility.keypad import key_table
from kiosk.accessibility.speech import spell_digits, spell_moment
from kiosk.accessibility.voices import VoiceTable
from tests.factories import NOW, Somebody
from tests.walks.conftest import Product, Walk
from tests.walks.ear import Ear, seconds
from tests.walks.robots.room import CLOCK

Begin = Callable[..., Walk]
Measured = Callable[[str, object], None]  # figures of a run, for its report
KEYS = {function: codes[0] for function, codes in key_table().items() if codes}
DOWN, RIGHT, LEFT, SELECT = (KEYS[name] for name in ("next_item", "next_screen", "previous_screen", "select"))
ALMATY = ZoneInfo("Asia/Almaty")
# What a listener waits for, in the words of the voice.
WORDS = {
    "kk": {
        "own": "Қазақша. Таңдау",
        "card": "Жеке куәлігіңізді сканерге",
        "take": "Оңға: осы уақытты алу",
        "book": "Оңға, сосын таңдау: жазылу",
        "booked": "Сіз жазылдыңыз",
        "bring": "жеке куәлігіңізді",
        "unread": "оқылмады",
        "more": "Тағы уақыт керек пе",
    },
    "ru": {
        "own": "Русский. Выбор",
        "card": "Приложите удостоверение",
        "take": "Вправо: взять это время",
        "book": "Вправо, затем выбор: записаться",
        "booked": "Вы записаны",
        "bring": "удостоверение личности",
        "unread": "не прочитан",
        "more": "Нужно ещё время",
    },
}


def heard(sentences: list[str], wanted: str) -> bool:
    return any(wanted.lower() in one.lower() for one in sentences)


def begin(stroll: Begin) -> tuple[Walk, Ear]:
    walk = stroll()
    ear = Ear.at(walk.page)
    walk.page.set_default_timeout(60_000)
    walk.open()
    return walk, ear


def book_by_ear(walk: Walk, ear: Ear, somebody: Somebody, language: str) -> list[str]:
    """The robot: it knows the words it waits for, and decides from what it hears alone."""
    words = WORDS[language]
    said = ear.plug(KEYS["jack_in"])
    for _stop in range(4):
        if language == "kk" or heard(said, words["own"]):
            break
        said = ear.press(DOWN)
    if language != "kk":
        said = ear.press(SELECT)
    assert heard(said, words["card"]), said
    ear.forget()
    ear.carded = len(ear.heard_so_far)
    walk.scan(somebody)
    said = ear.listen()
    assert heard(said, words["take"]), said
    said = ear.press(RIGHT)
    assert heard(said, words["book"]), said
    said = ear.press(RIGHT)
    assert said, "Right tells what will be booked"
    return ear.press(SELECT)


def booking(product: Product, running: int) -> datetime:
    """When the newest booking is, by the server's own record."""
    with sqlite3.connect(product.database) as database:
        rows = database.execute("SELECT starts_at FROM appointment WHERE channel = 'kiosk' ORDER BY id").fetchall()
    assert len(rows) == running + 1
    return datetime.fromisoformat(rows[-1][0]).replace(tzinfo=UTC).astimezone(ALMATY)


def count(product: Product) -> int:
    with sqlite3.connect(product.database) as database:
        return int(database.execute("SELECT count(*) FROM appointment WHERE channel = 'kiosk'").fetchone()[0])


@pytest.mark.row("F7")
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_blind_person_books_alone_and_learns_all_that_the_slip_says(
    stroll: Begin, product: Product, walker: Somebody, language: str, record_property: Measured
) -> None:
    before = count(product)
    walk, ear = begin(stroll)
    told = book_by_ear(walk, ear, walker, language)
    when = booking(product, before)
    assert told[0].startswith(WORDS[language]["booked"])
    assert heard(told, spell_moment(when, language, NOW.astimezone(ALMATY).date()))
    assert heard(told, WORDS[language]["bring"])
    first = walk.page.evaluate(
        "() => kioskEar.first - performance.getEntriesByName('first-contentful-paint')[0].startTime"
    )
    record_property("milliseconds from paint to sound", round(first))
    assert ear.keys <= 25
    assert walk.page.evaluate("() => kioskEar.worst") == 1
    table = VoiceTable()
    languages = {detail["text"]: detail["lang"] for _name, detail in ear.events}
    spoken = [(languages[text], text) for text in ear.heard_so_far[ear.carded :]]
    mandatory = seconds(lambda code, text: table.speak(code, text).data, spoken)
    record_property("keys", ear.keys)
    record_property("seconds of mandatory speech", round(mandatory))
    assert mandatory <= 150


@pytest.mark.row("F7")
def test_the_expert_books_within_45_seconds_of_listening(
    stroll: Begin, walker: Somebody, record_property: Measured
) -> None:
    """From the card to booked, going on as soon as the needed word has been heard."""
    walk, ear = begin(stroll)
    book_by_ear(walk, ear, walker, "kk")
    said = ear.said
    first = next(i for i, text in enumerate(said) if text.startswith("Сіз осы емханаға"))
    needed = [
        *said[first : first + 2],
        *(text for text in said if text.startswith("Ең ерте уақыт")),
        next(text for text in said[first:] if "дәрігер" in text.lower() and "," in text),
        "Сіз жазылдыңыз",
    ]
    table = VoiceTable()
    listening = seconds(lambda code, text: table.speak(code, text).data, [("kk", text) for text in needed])
    record_property("seconds of an expert's listening", round(listening))
    assert listening <= 45


@pytest.mark.row("A15")
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_card_that_cannot_be_read_is_told_with_its_cure_and_mended(
    stroll: Begin, walker: Somebody, language: str
) -> None:
    walk, ear = begin(stroll)
    said = ear.plug(KEYS["jack_in"])
    if language == "ru":
        while not heard(said, WORDS["ru"]["own"]):
            said = ear.press(DOWN)
        ear.press(SELECT)
    ear.press(RIGHT)
    ear.forget()
    walk.type_burst("NOTACARDATALL\r")
    said = ear.listen()
    assert heard(said[1:2], WORDS[language]["unread"]), said
    ear.forget()
    walk.scan(walker)
    assert heard(ear.listen(), WORDS[language]["take"])


@pytest.mark.row("A11")
def test_nothing_private_from_the_loudspeaker_before_a_yes(stroll: Begin, walker: Somebody) -> None:
    walk, ear = begin(stroll)
    ear.press(DOWN)
    ear.forget()
    walk.scan(walker)
    asked = ear.listen()
    assert heard(asked, "басқалар да естуі мүмкін")
    assert ear.private == []
    said = ear.press(DOWN)
    assert heard(said, "құлаққапты қосыңыз")
    assert ear.private == []
    ear.forget()
    walk.touch("#next")
    ear.listen()
    assert ear.private == []


@pytest.mark.row("A11")
def test_a_yes_speaks_aloud_for_the_visit(stroll: Begin, walker: Somebody) -> None:
    walk, ear = begin(stroll)
    ear.press(DOWN)
    ear.forget()
    walk.scan(walker)
    ear.listen()
    said = ear.press(SELECT)
    assert heard(said, "Ең ерте уақыт")
    said = ear.press(RIGHT)
    assert ear.private and not heard(said, "басқалар да естуі мүмкін")


def test_pulling_the_headphones_out_is_silence_at_once(stroll: Begin, record_property: Measured) -> None:
    walk, ear = begin(stroll)
    ear.plug(KEYS["jack_in"])
    walk.page.evaluate("() => { kioskAudio.speed = 1; }")
    walk.page.evaluate("() => kioskAudio.whereAmI()")
    walk.page.wait_for_function("() => kioskEar.open === 1")
    took = walk.page.evaluate(
        """() => new Promise((done) => {
          const begun = performance.now();
          const told = (event) => done([performance.now() - begun, event.detail.reason]);
          document.addEventListener("voice:end", told, { once: true });
          kioskAudio.output("speaker");
        })"""
    )
    record_property("milliseconds to silence", round(took[0]))
    assert took[1] == "interrupted"
    assert walk.page.evaluate("() => document.documentElement.dataset.voice") == "speaker"
    assert walk.page.evaluate("() => kioskAudio.speaking") is False


@pytest.mark.row("A5")
def test_pause_resumes_the_same_sentence_and_repeat_says_it_again(stroll: Begin) -> None:
    walk, ear = begin(stroll)
    ear.plug(KEYS["jack_in"])
    ear.press(DOWN)
    walk.page.evaluate("() => { kioskAudio.speed = 1; kioskAudio.repeat(); }")
    walk.page.wait_for_function("() => kioskEar.open === 1")
    text = ear.said[-1]
    walk.page.evaluate("() => kioskAudio.pause()")
    walk.page.wait_for_function("() => kioskEar.open === 0")
    assert ear.events[-1][1]["reason"] == "paused"
    walk.page.evaluate("() => kioskAudio.pause()")
    walk.page.wait_for_function("() => kioskEar.open === 1")
    name, detail = ear.events[-1]
    assert (name, detail["reason"], detail["text"]) == ("start", "resume", text)


@pytest.mark.row("A18")
def test_the_spoken_element_is_marked_while_it_is_spoken(stroll: Begin) -> None:
    walk, _ear = begin(stroll)
    walk.page.evaluate("() => { kioskAudio.speed = 1; kioskAudio.output('headphones'); }")
    walk.page.wait_for_function("() => kioskEar.open === 1")
    assert walk.page.evaluate("() => document.querySelector('.speaking').tagName") == "H1"
    walk.page.evaluate("() => kioskAudio.stop()")
    walk.page.wait_for_function("() => kioskEar.open === 0")
    assert walk.page.evaluate("() => document.querySelectorAll('.speaking').length") == 0


@pytest.mark.row("A4")
def test_two_hundred_hasty_keys_never_make_two_voices(stroll: Begin) -> None:
    walk, ear = begin(stroll)
    ear.plug(KEYS["jack_in"])
    walk.page.evaluate("() => { kioskAudio.speed = 2; }")
    for press in range(60):
        walk.page.keyboard.press(DOWN)
        walk.page.wait_for_timeout(20 + press * 7 % 90)
    assert walk.page.evaluate("() => kioskEar.worst") == 1
    ear.listen()
    order = [name for name, _detail in ear.events]
    assert order == ["start", "end"] * (len(order) // 2)


@pytest.mark.row("A9")
def test_after_the_visit_the_voice_is_off(stroll: Begin, walker: Somebody) -> None:
    walk, ear = begin(stroll)
    book_by_ear(walk, ear, walker, "kk")
    walk.page.evaluate("() => kioskAudio.faster()")
    ear.keys += 1
    with walk.page.expect_navigation():
        walk.page.keyboard.press(RIGHT)
    walk.page.wait_for_load_state("load")
    state = walk.page.evaluate("() => [document.documentElement.dataset.voice, kioskAudio.pace, kioskAudio.volume]")
    assert state == ["off", 100, 8]


@pytest.mark.row("A12", "C10")
def test_typed_digits_are_named_in_headphones_and_stars_from_the_loudspeaker(stroll: Begin, walker: Somebody) -> None:
    walk, ear = begin(stroll)
    ear.plug(KEYS["jack_in"])
    visit(walk, ear, "/identify")
    walk.page.focus("#iin")
    ear.listen()
    assert ear.press("Digit7") == ["жеті"]
    walk.page.fill("#iin", walker.iin[:-1])
    named = [spell_digits(digit, "kk") for digit in walker.iin]
    assert ear.press(f"Digit{walker.iin[-1]}") == [named[-1], *named]
    assert ear.private[-12:] == named
    before = len(ear.private)
    ear.forget()
    walk.page.evaluate("() => { kioskAudio.output('speaker'); document.querySelector('.key[value=\"5\"]').click(); }")
    assert ear.listen() == ["Жұлдызша."]
    walk.page.fill("#document_number", walker.number[:-1])
    walk.page.focus("#document_number")
    ear.listen()
    assert ear.press(f"Digit{walker.number[-1]}") == ["Жұлдызша.", "Барлық сан терілді."]
    ear.forget()
    walk.page.evaluate("document.querySelector('.key[value=back]').click()")
    assert ear.listen() == ["Өшірілді."]
    assert len(ear.private) == before and walk.page.input_value("#document_number") == walker.number[:-1]


def visit(walk: Walk, ear: Ear, path: str) -> list[str]:
    """Go to a page and hear it."""
    walk.page.goto(walk.product.kiosk + path)
    return ear.listen()


LOOK = "() => getComputedStyle(document.querySelector('.days a')).backgroundColor"
# What comes first after a key: the silence, or the key's act (which the page hears last of all).
FIRST = """() => {
  addEventListener("keydown", () => { window.first = kioskPlayer.element.paused ? "silence" : "act"; });
}"""
LOUDNESS = "() => Math.round(2000 * Math.log10(kioskPlayer.element.volume)) / 100"


@pytest.mark.row("A7", "C9", "F8")
def test_behind_the_curtain_the_voice_does_everything_and_a_touch_says_how_to_lift_it(
    stroll: Begin, walker: Somebody
) -> None:
    walk = stroll(has_touch=True)
    ear = Ear.at(walk.page)
    walk.page.set_default_timeout(60_000)
    walk.open()
    ear.plug(KEYS["jack_in"])
    visit(walk, ear, "/preferences")
    ear.forget()
    walk.page.evaluate("document.querySelector('[name=curtain][value=\"1\"]').click()")
    walk.page.wait_for_function("() => 'curtain' in document.documentElement.dataset && window.kioskEar.quiet()")
    assert {"Экран", "Қараңғы, тек дыбыс"} <= set(ear.listen())
    assert is_dark(walk)
    ear.forget()
    walk.page.touchscreen.tap(540, 900)
    assert "Экран Сіздің таңдауыңызбен қараңғы" in " ".join(ear.listen())
    loudness = [walk.page.evaluate(LOUDNESS)]
    for _step in range(2):
        said = ear.press(KEYS["louder"])
        loudness.append(walk.page.evaluate(LOUDNESS))
    assert said == ["Қаттырақ."] and loudness == [-16, -8, 0]
    assert ear.press(KEYS["louder"]) == ["Бұдан әрі жоқ."]
    ear.forget()
    walk.scan(walker)
    assert heard(ear.listen(), WORDS["kk"]["take"]) and is_dark(walk)
    assert heard(ear.press(RIGHT), WORDS["kk"]["book"])
    ear.press(RIGHT)
    assert heard(ear.press(SELECT), WORDS["kk"]["booked"]) and is_dark(walk)
    with walk.page.expect_navigation():
        walk.page.keyboard.press(KEYS["sound"])
    walk.page.wait_for_load_state("load")
    assert not is_dark(walk)


def is_dark(walk: Walk) -> bool:
    """Whether every pixel of the glass is black: then every colour byte of the drawing is nought, however filtered."""
    png = walk.page.screenshot()
    width, height, _depth, kind = struct.unpack(">IIBB", png[16:26])
    packed, at = b"", 8
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + size] if name == b"IDAT" else b""
        at += size + 12
    colours = {2: 3, 6: 4}[kind]
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + width * colours)[:, 1:]
    return not rows.reshape(height, width, colours)[:, :, :3].any()


@pytest.mark.row("A3", "D11", "F9")
def test_whoever_waits_is_told_at_once_after_a_second_and_every_ten(stroll: Begin, walker: Somebody) -> None:
    walk = stroll()
    ear = Ear.at(walk.page)
    walk.page.add_init_script(CLOCK)
    walk.page.set_default_timeout(60_000)
    with sqlite3.connect(walk.product.database, timeout=20) as database:
        database.execute("DELETE FROM self_test")
    with walk.page.expect_request(lambda one: "sound=played" in (one.post_data or "")):
        walk.open()
    assert ear.said == [], "nobody hears the self-test"
    walk.touch("[data-does=sound]")
    assert ear.listen()[0] == walk.heading, "the Listen button begins with the heading"
    walk.scan(walker)
    ear.listen()
    ear.press(SELECT)
    ear.forget()
    walk.page.evaluate("document.querySelector('[name=doctor]').click()")
    walk.page.wait_for_selector(".days a")
    ear.listen()
    kept: list[Route] = []
    walk.page.route(re.compile(r"/slot\?day="), lambda route: kept.append(route))
    at_rest = walk.page.evaluate(LOOK)
    box = walk.page.locator(".days a").first.bounding_box()
    assert box is not None
    walk.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    walk.page.mouse.down()
    walk.page.wait_for_function(
        "(before) => getComputedStyle(document.querySelector('.days a')).backgroundColor !== before", arg=at_rest
    )
    ear.forget()
    walk.page.mouse.up()
    walk.page.wait_for_event("request", lambda asked: "day=" in asked.url) if not kept else None
    assert walk.page.locator("#working").is_hidden()
    for wait in (1000, 10_000, 10_000):
        ear.forget()
        walk.page.evaluate("(ms) => kioskClock.advance(ms)", wait)
        assert ear.listen()[-1] == "Терминал жұмыс істеп жатыр. Күте тұрыңыз."
        assert walk.page.locator("#working").is_visible()
    for one in kept:
        one.continue_()
    walk.page.wait_for_selector(".times")
    assert walk.page.locator("#working").is_hidden()
    walk.page.evaluate("() => { kioskAudio.speed = 1; kioskAudio.repeat(); }")
    walk.page.wait_for_function("() => kioskEar.open === 1")
    walk.page.evaluate(FIRST)
    walk.page.keyboard.press(DOWN)
    assert walk.page.evaluate("window.first") == "silence"
