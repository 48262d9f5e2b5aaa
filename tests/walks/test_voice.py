"""The voice in a real browser: how privately it speaks, what cuts it, and what it says while one types or waits."""

import json
import re
import sqlite3
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from playwright.sync_api import Route, expect

from kiosk.accessibility.keypad import key_table
from kiosk.accessibility.own_words import INVITE
from kiosk.accessibility.speech import spell_digits
from tests.factories import Somebody
from tests.walks.conftest import Product, Walk
from tests.walks.ear import FAR_KEY, Ear
from tests.walks.robots.room import CLOCK

Begin = Callable[..., Walk]
Measured = Callable[[str, object], None]  # figures of a run, for its report
KEYS = {function: codes[0] for function, codes in key_table().items() if codes}
DOWN, RIGHT, LEFT, SELECT = (KEYS[name] for name in ("next_item", "next_screen", "previous_screen", "select"))
ALMATY = ZoneInfo("Asia/Almaty")
# What a listener waits for, in the words of the voice.
TAKE, BOOK, BOOKED = "Оңға: осы уақытты алу", "Оңға, сосын таңдау: жазылу", "Сіз жазылдыңыз"


def heard(sentences: list[str], wanted: str) -> bool:
    return any(wanted.lower() in one.lower() for one in sentences)


def begin(stroll: Begin) -> tuple[Walk, Ear]:
    walk = stroll()
    ear = Ear.at(walk.page)
    walk.page.set_default_timeout(60_000)
    walk.open()
    return walk, ear


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


@pytest.mark.row("A11", "C5")
def test_while_the_kiosk_asks_no_key_acts_behind_the_question(stroll: Begin, walker: Somebody) -> None:
    walk, ear = begin(stroll)
    ear.press(DOWN)
    ear.forget()
    walk.scan(walker)
    asked = ear.listen()[-1]
    for key in (RIGHT, RIGHT, LEFT):
        assert ear.press(key) == [asked]
        assert walk.page.url.endswith("/attachment") and walk.page.is_visible("dialog#aloud")
    assert heard(ear.press(SELECT), "Ең ерте уақыт")


@pytest.mark.row("A2")
@pytest.mark.parametrize("function", ["repeat", "louder", "where_am_i", "pause"])
def test_the_first_key_whichever_lets_the_screen_be_heard(stroll: Begin, function: str) -> None:
    walk, ear = begin(stroll)
    said = ear.press(KEYS[function])
    assert said[0] == walk.heading and len(said) > 1
    assert walk.page.evaluate("() => kioskAudio.volume") == 8


@pytest.mark.row("A2", "E8")
def test_a_first_key_that_leads_elsewhere_leads_there_with_the_voice(stroll: Begin) -> None:
    walk, ear = begin(stroll)
    with walk.page.expect_navigation():
        walk.page.keyboard.press(KEYS["staff"])
    assert walk.page.url.endswith("/help")
    assert ear.listen()[-1] and walk.heading in ear.said


@pytest.mark.row("A3", "C4")
def test_a_held_key_cuts_nothing_by_being_held(stroll: Begin) -> None:
    walk, ear = begin(stroll)
    ear.plug(KEYS["jack_in"])
    walk.page.evaluate("() => { kioskAudio.speed = 0.25; kioskEar.count = 0; }")
    walk.page.keyboard.down(DOWN)
    walk.page.wait_for_function("() => kioskEar.open === 1 && kioskEar.count === 1")
    walk.page.keyboard.down(DOWN)  # and a second time without having let go
    assert walk.page.evaluate("() => kioskPlayer.element.paused") is False
    walk.page.keyboard.up(DOWN)


@pytest.mark.row("A2", "A11")
def test_a_screen_that_is_plugged_in_is_no_pair_of_headphones(stroll: Begin) -> None:
    walk, ear = begin(stroll)
    for label, voice in (("LG HDMI", "off"), ("USB Headset Analog Stereo", "headphones")):
        walk.page.evaluate(ANOTHER_SOUND_OUTPUT, label)
        assert walk.page.evaluate("() => document.documentElement.dataset.voice") == voice
    assert ear.listen()[0] == walk.heading


@pytest.mark.row("A2", "A6", "A7", "A9")
def test_pulling_the_headphones_out_is_silence_at_once_and_without_a_key_the_end(
    stroll: Begin, record_property: Measured
) -> None:
    walk = stroll()
    walk.page.add_init_script(CLOCK)
    ear = Ear.at(walk.page)
    with settled(walk.product, headphones_level=-6, speaker_level=4):
        walk.open()
    walk.page.evaluate(ANOTHER_SOUND_OUTPUT)
    assert ear.listen()[0] == walk.heading, "the machine itself noticed the headphones"
    assert walk.page.evaluate(LOUDNESS) == -22, "two steps of 8 dB below the loudest, and 6 for these headphones"
    walk.page.evaluate("() => { kioskAudio.speed = 1; }")
    assert walk.page.evaluate(RATE) == [1, True]
    walk.page.evaluate("() => kioskAudio.faster()")
    assert walk.page.evaluate(RATE) == [1.25, True]
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
    walk.page.evaluate("() => { kioskAudio.speed = 16; kioskEar.count = 0; kioskClock.advance(10000); }")
    assert heard(ear.listen(), "Тағы уақыт керек пе")
    assert walk.page.evaluate(LOUDNESS) == -12, "this loudspeaker is louder by 4"
    assert walk.page.locator("dialog#idle.covers").is_visible(), "what stood there is seen by nobody else"
    walk.page.keyboard.press(DOWN)
    assert walk.page.locator("dialog#idle").is_hidden()
    assert ear.plug(KEYS["jack_in"])[0] == walk.heading, "who plugs in again hears where he is"
    with walk.page.expect_response("**/preferences"):
        walk.page.evaluate("() => kioskAudio.output('speaker')")
    with walk.page.expect_navigation():
        walk.page.evaluate("() => kioskClock.advance(10000 + 46000)")
    walk.page.wait_for_load_state("load")
    assert walk.page.evaluate("() => document.documentElement.dataset.voice") == "off"


@pytest.mark.row("A2", "A11")
def test_headphones_pulled_out_while_the_kiosk_asks_for_more_time_are_noticed_and_extend_nothing(
    stroll: Begin, walker: Somebody
) -> None:
    walk = stroll()
    walk.page.add_init_script(CLOCK)
    ear = Ear.at(walk.page)
    walk.open()
    ear.plug(KEYS["jack_in"])
    ear.forget()
    walk.scan(walker)
    ear.listen()
    ear.forget()
    walk.page.evaluate("() => kioskClock.advance(301000)")
    assert heard(ear.listen(), "Тағы уақыт керек пе")
    voice = "() => document.documentElement.dataset.voice"
    with walk.page.expect_response("**/preferences"):
        walk.page.evaluate(FAR_KEY, KEYS["jack_out"])
    assert walk.page.evaluate(voice) == "speaker"
    assert walk.page.locator("dialog#idle.covers").is_visible(), "nobody is back yet, and the others read nothing"
    assert ear.plug(KEYS["jack_in"])[0] == walk.heading, "who plugs in is back"
    assert walk.page.locator("dialog#idle").is_hidden() and walk.page.evaluate(voice) == "headphones"


@pytest.mark.row("A5")
def test_pause_resumes_the_same_sentence_and_repeat_says_it_again(stroll: Begin) -> None:
    walk, ear = begin(stroll)
    screen = ear.plug(KEYS["jack_in"])
    item = ear.press(KEYS["repeat"])
    assert len(item) < len(screen) and item == screen[-len(item) :], "the last item, not the whole screen"
    assert ear.press(KEYS["repeat"]) == screen, "twice: all of it"
    assert ear.press(DOWN) == ear.press(KEYS["repeat"])
    walk.page.evaluate("() => { kioskAudio.speed = 1; kioskAudio.repeat(); }")
    walk.page.wait_for_function("() => kioskEar.open === 1")
    text = ear.said[-1]
    walk.page.wait_for_timeout(70)  # a person's pause: keys in a burst are a scanner's
    paused_and_resumed(walk, ear, text, lambda: walk.page.keyboard.press(KEYS["pause"]))
    walk.page.keyboard.press(KEYS["where_am_i"])
    walk.page.wait_for_function("() => kioskEar.open === 0 && !kioskPlayer.paused")
    assert ear.events[-1][1]["reason"] == "interrupted", "any other key silences"


@pytest.mark.row("A5", "C7")
def test_a_finger_on_the_pause_button_pauses_and_another_touch_goes_on(stroll: Begin) -> None:
    walk = stroll(has_touch=True)
    ear = Ear.at(walk.page)
    walk.open()
    ear.plug(KEYS["jack_in"])
    visit(walk, ear, "/")
    ear.forget()
    walk.page.tap("[data-does=pause]")
    assert heard(ear.listen(), "Кідірту"), "while nothing is said, a finger hears what the button is"
    walk.page.evaluate("() => { kioskAudio.speed = 1; kioskAudio.whereAmI(); }")
    walk.page.wait_for_function("() => kioskEar.open === 1")
    paused_and_resumed(walk, ear, ear.said[-1], lambda: walk.page.tap("[data-does=pause]"))


@pytest.mark.row("A5")
def test_a_pause_before_a_sentence_has_begun_lasts_too(stroll: Begin) -> None:
    walk, ear = begin(stroll)
    screen = ear.plug(KEYS["jack_in"])
    walk.page.route("**/voice/*", lambda route: None)  # the sound is long in coming
    with walk.page.expect_request("**/voice/*"):
        walk.page.evaluate("() => kioskAudio.speak(kioskScript.screen('load'))")
    walk.page.wait_for_timeout(70)  # a person's pause: keys in a burst are a scanner's
    walk.page.keyboard.press(KEYS["pause"])
    walk.page.wait_for_function("() => kioskPlayer.paused && !kioskAudio.speaking")
    walk.page.unroute("**/voice/*")
    ear.forget()
    walk.page.keyboard.press(KEYS["pause"])
    assert ear.listen() == screen


def paused_and_resumed(walk: Walk, ear: Ear, text: str, pause: Callable[[], None]) -> None:
    """The same act twice: silence within a sentence, and the same sentence goes on."""
    pause()
    walk.page.wait_for_function("() => kioskEar.open === 0")
    assert ear.events[-1][1]["reason"] == "paused"
    pause()
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
    assert ear.press(f"Digit{walker.number[-1]}") == ["Жұлдызша.", "Барлық цифр терілді."]
    ear.forget()
    walk.page.evaluate("document.querySelector('.key[value=back]').click()")
    assert ear.listen() == ["Өшірілді."]
    assert len(ear.private) == before and walk.page.input_value("#document_number") == walker.number[:-1]


def visit(walk: Walk, ear: Ear, path: str) -> list[str]:
    """Go to a page and hear it."""
    walk.page.goto(walk.product.kiosk + path)
    return ear.listen()


@contextmanager
def settled(product: Product, **wanted: object) -> Iterator[None]:
    """Staff set the kiosk otherwise for a while."""
    with sqlite3.connect(product.database, timeout=20) as database:
        before = database.execute("SELECT settings FROM kiosk WHERE id = 1").fetchone()[0]
        settings = json.dumps({**json.loads(before), **wanted})
        database.execute("UPDATE kiosk SET settings = ? WHERE id = 1", (settings,))
    yield
    with sqlite3.connect(product.database, timeout=20) as database:
        database.execute("UPDATE kiosk SET settings = ? WHERE id = 1", (before,))


LOOK = "() => getComputedStyle(document.querySelector('.days a')).backgroundColor"
# What comes first after a key: the silence, or the key's act (which the page hears last of all).
FIRST = """() => {
  addEventListener("keydown", () => { window.first = kioskPlayer.element.paused ? "silence" : "act"; });
}"""
RATE = "() => [kioskPlayer.element.playbackRate, kioskPlayer.element.preservesPitch]"
ANOTHER_SOUND_OUTPUT = """async (label) => {
  const before = await navigator.mediaDevices.enumerateDevices();
  navigator.mediaDevices.enumerateDevices = async () => [...before, { kind: "audiooutput", label: label || "" }];
  navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
  await new Promise((go) => setTimeout(go, 0));
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
    for height in (900, 300):
        ear.forget()
        walk.page.touchscreen.tap(540, height)
        assert "Экран Сіздің таңдауыңызбен қараңғы" in " ".join(ear.listen()), "at every touch"
    loudness = [walk.page.evaluate(LOUDNESS)]
    for _step in range(2):
        said = ear.press(KEYS["louder"])
        loudness.append(walk.page.evaluate(LOUDNESS))
    assert said == ["Қаттырақ."] and loudness == [-16, -8, 0]
    assert walk.page.inner_text("#setting").endswith("10 / 10")
    assert ear.press(KEYS["louder"]) == ["Бұдан әрі жоқ."]
    ear.forget()
    walk.scan(walker)
    assert heard(ear.listen(), TAKE) and is_dark(walk)
    assert heard(ear.press(RIGHT), BOOK)
    ear.press(RIGHT)
    assert heard(ear.press(SELECT), BOOKED) and is_dark(walk)
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


@pytest.mark.row("A3", "D11", "F1", "F9")
def test_whoever_waits_is_told_at_once_after_a_second_and_every_ten(stroll: Begin, walker: Somebody) -> None:
    walk = stroll()
    ear = Ear.at(walk.page)
    walk.page.add_init_script(CLOCK)
    walk.page.set_default_timeout(60_000)
    with sqlite3.connect(walk.product.database, timeout=20) as database:
        database.execute("DELETE FROM self_test")
    with walk.page.expect_request(lambda one: "sound=played" in (one.post_data or "")):
        walk.open()
    walk.page.evaluate("() => kioskClock.advance(60000)")
    assert ear.said == [], "nobody hears the self-test, and this kiosk invites nobody"
    with settled(walk.product, invite=True):
        walk.open()
        ear.forget()
        walk.page.evaluate("() => kioskClock.advance(15000)")
        assert ear.listen() == list(INVITE.values())
    walk.open()
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
    for times in (1, 2):
        walk.page.wait_for_function("(times) => kioskEar.working.length === times", arg=times)
        expect(walk.page.locator("#working")).to_be_visible()
    assert walk.page.evaluate("kioskEar.working") == ["Терминал жұмыс істеп жатыр. Күте тұрыңыз."] * 2
    for one in kept:
        one.continue_()
    walk.page.wait_for_selector(".times")
    assert walk.page.locator("#working").is_hidden()
    walk.page.wait_for_function("() => document.activeElement.tagName === 'H1'")
    walk.page.evaluate("() => { kioskAudio.speed = 1; kioskAudio.repeat(); }")
    walk.page.wait_for_function("() => kioskEar.open === 1")
    walk.page.evaluate(FIRST)
    walk.page.keyboard.press(DOWN)
    assert walk.page.evaluate("window.first") == "silence"
    stands_still_while_a_part_renews_itself(walk, ear)


def stands_still_while_a_part_renews_itself(walk: Walk, ear: Ear) -> None:
    """A call of staff asks every three seconds how it stands; who stands on its words keeps the place, in silence."""
    visit(walk, ear, "/help")
    ear.forget()
    walk.page.evaluate("document.querySelector('#next').click()")
    ear.listen()
    ear.forget()
    walk.page.evaluate("kioskKeys.stand(document.querySelector('#call .sentence'))")
    ear.listen()
    said = len(ear.said)
    walk.page.evaluate("document.activeElement.dataset.old = ''")
    walk.page.wait_for_function("() => !('old' in document.querySelector('#call .sentence').dataset)")
    walk.page.wait_for_function("() => document.activeElement.matches('#call .sentence')")
    assert len(ear.said) == said


# A place in everything on the glass that keys would stop at, in reading order, with the first words written for it.
POINTS = """() => kioskKeys.stops().map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.top > innerHeight * 0.1 && box.bottom < innerHeight * 0.9)
  .map(([one, box]) => [box.left + 30, box.top + box.height / 2,
    one.dataset.say ? JSON.parse(one.dataset.say)[0].text : ""])"""


@pytest.mark.row("C7")
def test_a_finger_on_the_glass_hears_each_thing_it_comes_to_and_acts_by_a_second_touch_alone(stroll: Begin) -> None:
    walk = stroll(has_touch=True)
    ear = Ear.at(walk.page)
    walk.open()
    ear.plug(KEYS["jack_in"])  # and this very page is explored: no other has been loaded since
    hand = walk.page.context.new_cdp_session(walk.page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    points = [(x, y, words) for x, y, words in walk.page.evaluate(POINTS)]
    assert len(points) > 5
    for place, (x, y, words) in enumerate(points):
        ear.forget()
        touch("touchMove" if place else "touchStart", (x, y))
        said = ear.listen()
        assert said and (not words or said[0] == words), "in the order of the finger's way"
    walk.page.evaluate("() => { kioskAudio.speed = 1; }")
    for x, y, _words in [*points] * 3:  # in haste: each is cut by the next
        touch("touchMove", (x, y))
    walk.page.wait_for_function("() => document.querySelector('.speaking[data-here]')")
    assert ear.said[-1] == said[0] and walk.page.evaluate("() => kioskEar.worst") == 1
    touch("touchEnd")
    next_ = walk.page.locator("#next").bounding_box()
    assert next_
    for act in ("touchStart", "touchEnd"):
        touch(act, *[(next_["x"] + 30, next_["y"] + 30)] * (act == "touchStart"))
    assert walk.page.url == walk.product.kiosk + "/"
    walk.page.touchscreen.tap(next_["x"] + 30, next_["y"] + 30)
    walk.page.wait_for_url("**/identify")


@pytest.mark.row("A1", "B4")
def test_at_the_very_large_size_each_part_says_only_what_is_new(stroll: Begin, walker: Somebody) -> None:
    """In headphones, at /confirm: the heading, and the one fact that stands on this part; the last part books."""
    walk, ear = begin(stroll)
    ear.plug(KEYS["jack_in"])
    token = walk.page.get_attribute("meta[name=csrf-token]", "content") or ""
    form = {"csrf_token": token, "text_size": "5"}
    assert walk.page.request.post(walk.product.kiosk + "/preferences", form=form).ok
    walk.scan(walker)
    walk.page.request.post(walk.product.kiosk + "/attachment", form={"csrf_token": token})
    walk.page.goto(walk.product.kiosk + "/confirm")
    ear.forget()
    ear.listen()
    parts = []
    while walk.page.locator(".more").count():
        parts.append(ear.press(RIGHT))
    facts = ("Дәрігер Нұрпейісова", "Күні екі мың отыз бірінші", "Уақытын өзгерту", "Қайда екі жүз", BOOK)
    for said, fact in zip(parts, facts, strict=True):
        assert said[0] == "Бәрі дұрыс па?"
        assert [one for one in facts if heard(said, one)] == [fact]
    assert not heard(parts[-1], "келесі бөлік") and all(said[-1] == "Таңдау: келесі бөлік." for said in parts[:-1])
