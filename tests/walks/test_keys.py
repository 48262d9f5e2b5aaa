"""Keys and switches in a real browser: five keys book, letters wait for silence, switches act in their mode only."""

import json
import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from kiosk.accessibility.keypad import key_table
from tests.factories import Somebody
from tests.walks.conftest import PEOPLE, Walk
from tests.walks.robots.room import CLOCK

Begin = Callable[..., Walk]
KEYS = {function: codes[0] for function, codes in key_table().items() if codes}
FAR_KEY = """(code) => document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key: code, code, bubbles: true, cancelable: true }))"""
COVERED = """() => {
  const one = document.querySelector("[data-here]"), box = one.getBoundingClientRect(), parts = [0.1, 0.5, 0.9];
  const places = parts.flatMap((x) => parts.map((y) => [box.left + box.width * x, box.top + box.height * y]));
  return places.map(([x, y]) => document.elementFromPoint(x, y))
    .filter((hit) => !hit || !(one.contains(hit) || hit.contains(one))).length;
}"""
AUDIO = """window.heard = []; window.kioskAudio = Object.fromEntries(
  ["start", "repeat", "pause", "whereAmI", "faster", "slower", "louder", "quieter", "output", "announce"].map(
    (name) => [name, (what) => heard.push(what ? name + ":" + what : name)]));
window.kioskAudio.say = (one) => heard.push("say:" + one.textContent.trim());"""


def press(page: Page, function: str) -> None:
    """Press the key of a function as a person does: after a moment of silence."""
    page.wait_for_timeout(70)
    if re.fullmatch(r"F(1[3-9]|2[0-4])", KEYS[function]):  # the driver knows no keys beyond F12
        page.evaluate(FAR_KEY, KEYS[function])
    else:
        page.keyboard.press(KEYS[function])


def until(page: Page, truth: str) -> None:
    """Wait for something in the page to become true; the page itself may not evaluate text."""
    for _look in range(100):
        with suppress(Error):  # the page may be on its way to the next one
            if page.evaluate(truth):
                return
        page.wait_for_timeout(50)
    raise AssertionError(truth)


def press_and_land(page: Page, function: str) -> None:
    with page.expect_navigation():
        press(page, function)
    page.wait_for_load_state("load")


def prefer(walk: Walk, **wishes: str) -> Walk:
    """Set preferences as the settings screen would, and stay where one is."""
    token = walk.page.get_attribute("meta[name=csrf-token]", "content")
    answer = walk.page.request.post(walk.product.kiosk + "/preferences", form={"csrf_token": token or "", **wishes})
    assert answer.ok
    walk.page.reload()
    return walk


def advance(page: Page, seconds: float) -> None:
    page.evaluate("(ms) => kioskClock.advance(ms)", seconds * 1000)


@pytest.mark.row("C5")
@pytest.mark.parametrize("language,done", [("kk", "Сіз жазылдыңыз"), ("ru", "Вы записаны")])
def test_five_keys_book_and_right_asks_before_it_books(
    stroll: Begin, walker: Somebody, language: str, done: str
) -> None:
    walk = prefer(stroll().open(language), voice="off").scan(walker)
    press_and_land(walk.page, "next_screen")
    press_and_land(walk.page, "previous_screen")
    assert walk.page.url.endswith("/attachment")
    press_and_land(walk.page, "next_screen")
    press(walk.page, "next_screen")
    assert walk.page.evaluate("document.activeElement.id") == "next"
    assert "/confirm" in walk.page.url
    press_and_land(walk.page, "next_screen")
    assert walk.heading == done
    press_and_land(walk.page, "next_screen")
    assert walk.page.url == walk.product.kiosk + "/"


@pytest.mark.row("C5")
def test_up_and_down_visit_every_stop_and_come_round(stroll: Begin) -> None:
    walk = prefer(stroll().open(), voice="off")
    walk.page.goto(walk.product.kiosk + "/identify")
    expected = walk.page.evaluate("kioskKeys.stops().length")
    controls = walk.page.evaluate("kioskKeys.stops(kioskKeys.CONTROLS).length")
    assert expected > controls > 20
    first = walk.page.evaluate("document.activeElement.textContent")
    seen = set()
    for _stop in range(expected):
        press(walk.page, "next_item")
        seen.add(walk.page.evaluate("kioskKeys.stops().indexOf(document.querySelector('[data-here]'))"))
        assert walk.page.evaluate("document.activeElement.hasAttribute('data-here')")
    assert seen == set(range(expected))
    assert walk.page.evaluate("document.activeElement.textContent") == first
    press(walk.page, "previous_item")
    press(walk.page, "next_item")
    assert walk.page.evaluate("document.activeElement.textContent") == first


@pytest.mark.row("B9")
def test_what_has_the_focus_is_covered_by_nothing(stroll: Begin) -> None:
    walk = prefer(stroll().open(), voice="off").scan(PEOPLE["second"])
    walk.page.goto(walk.product.kiosk + "/doctor")
    for _stop in range(30):
        press(walk.page, "next_item")
        covered = walk.page.evaluate(COVERED)
        assert covered == 0, walk.page.evaluate("document.querySelector('[data-here]').textContent")


def test_keys_that_send_letters_wait_for_silence_and_leave_fields_alone(stroll: Begin, walker: Somebody) -> None:
    walk = stroll()
    walk.page.add_init_script(AUDIO)
    walk.open().page.goto(walk.product.kiosk + "/identify")
    press(walk.page, "repeat")
    until(walk.page, "heard.length === 2")
    assert walk.page.evaluate("heard") == ["start", "repeat"]
    walk.page.click("#iin")
    walk.page.evaluate("heard.length = 0")
    for function in ("switch_move", "repeat", "pause", "faster"):
        press(walk.page, function)
        walk.page.wait_for_timeout(90)
    assert walk.page.evaluate("heard") == []
    walk.scan(walker)
    assert walk.page.evaluate("heard") == [] and walker.name in walk.page.inner_text("main")


@pytest.mark.row("E9")
def test_nothing_is_judged_while_it_is_typed(stroll: Begin) -> None:
    page = stroll().open().page
    page.goto(page.url + "identify")
    page.fill("#iin", "12")
    page.press("#document_number", "7")
    page.focus("#back")
    assert page.locator(".wrong, [aria-invalid], #notice").count() == 0
    assert (page.input_value("#iin"), page.input_value("#document_number")) == ("12", "7")


def test_each_key_of_the_voice_calls_the_voice(stroll: Begin) -> None:
    walk = stroll()
    walk.page.add_init_script(AUDIO)
    walk.open()
    press(walk.page, "next_item")
    assert walk.page.evaluate("heard[0]") == "start"
    assert walk.page.evaluate("heard[1]").startswith("say:")
    walk.page.evaluate("heard.length = 0")
    wanted = {
        "repeat": "repeat",
        "pause": "pause",
        "where_am_i": "whereAmI",
        "slower": "slower",
        "faster": "faster",
        "quieter": "quieter",
        "louder": "louder",
        "jack_in": "output:headphones",
        "jack_out": "output:speaker",
    }
    for count, (function, call) in enumerate(wanted.items(), 1):
        press(walk.page, function)
        until(walk.page, f"heard.length === {count}")
        assert walk.page.evaluate("heard.at(-1)") == call


@pytest.mark.row("C8")
def test_the_help_key_teaches_and_twice_leaves(stroll: Begin) -> None:
    walk = stroll().open().scan(PEOPLE["second"])
    press_and_land(walk.page, "learn")
    assert "/keys" in walk.page.url
    for function in ("next_screen", "previous_screen", "select", "staff", "language"):
        press(walk.page, function)
        expect(walk.page.locator("[data-here]")).to_have_attribute("data-function", function)
        assert KEYS[function] in walk.page.inner_text("#sent")
        assert "/keys" in walk.page.url
    walk.page.evaluate(FAR_KEY, "F19")
    expect(walk.page.locator("#sent")).to_contain_text("F19")
    press(walk.page, "learn")
    expect(walk.page.locator("[data-here]")).to_have_attribute("data-function", "learn")
    press_and_land(walk.page, "learn")
    assert walk.page.url.endswith("/attachment")


@pytest.mark.row("C5", "C6", "C8")
@pytest.mark.parametrize("function", ["previous_screen", "switch_select"])
def test_left_or_a_switch_twice_leaves_the_page_of_the_keys(stroll: Begin, function: str) -> None:
    walk = stroll().open().scan(PEOPLE["second"])
    press_and_land(walk.page, "learn")
    assert "Шығу үшін солға пернесін" in walk.page.inner_text("main")
    for one in (function, "next_item", function):
        press(walk.page, one)
        expect(walk.page.locator("[data-here]")).to_have_attribute("data-function", one)
    assert "/keys" in walk.page.url, "not in a row"
    press_and_land(walk.page, function)
    assert walk.page.url.endswith("/attachment")


@pytest.mark.row("C6", "C8")
def test_who_has_switches_is_told_that_a_switch_leaves_the_page_of_the_keys(stroll: Begin) -> None:
    walk = prefer(stroll().open(), switches="one")
    walk.page.goto(walk.product.kiosk + "/keys")
    assert "Шығу үшін тетікті" in walk.page.inner_text("main")


@pytest.mark.row("C4")
def test_the_guard_against_trembling_holds_no_headphones_back(stroll: Begin) -> None:
    walk = stroll()
    walk.page.add_init_script(AUDIO)
    prefer(walk.open(), guard="600")
    walk.page.evaluate("(code) => { " + EARLY_KEY * 2 + " }", KEYS["jack_in"])
    assert walk.page.evaluate("heard") == ["output:headphones"] * 2


EARLY_KEY = """{
  const early = new KeyboardEvent("keydown", { key: code, code, bubbles: true, cancelable: true });
  Object.defineProperty(early, "timeStamp", { value: 1 });
  document.body.dispatchEvent(early);
}"""


@pytest.mark.row("C4", "C10")
def test_a_key_that_is_held_acts_once_and_is_no_scan(stroll: Begin) -> None:
    walk = stroll()
    walk.page.add_init_script(AUDIO)
    prefer(walk.open(), voice="off").hold("=")
    assert walk.page.evaluate("[posted, heard]") == [[], ["louder"]]
    walk.page.goto(walk.product.kiosk + "/identify")
    walk.page.focus("#iin")
    walk.hold("7")
    assert walk.page.evaluate("posted") == [] and walk.page.input_value("#iin") == "7"


def test_switch_keys_do_nothing_outside_their_mode(stroll: Begin) -> None:
    walk = stroll().open().scan(PEOPLE["second"])
    before = walk.page.evaluate("document.activeElement.tagName")
    for function in ("switch_move", "switch_select"):
        press(walk.page, function)
        walk.page.wait_for_timeout(90)
    assert walk.page.evaluate("document.activeElement.tagName") == before
    assert walk.page.url.endswith("/attachment")


@pytest.mark.row("D1", "D2", "D3", "D4")
def test_the_clock_of_silence(stroll: Begin, walker: Somebody) -> None:
    walk = stroll()
    walk.page.add_init_script(CLOCK)
    walk.open().scan(walker)
    walk.page.evaluate("""() => {
      window.told = [];
      document.addEventListener("idle:left", (event) => told.push(event.detail.seconds));
      AudioContext = class extends AudioContext { createOscillator() { told.push("tone"); return super.createOscillator(); } };
    }""")
    dialog = walk.page.locator("dialog#idle")
    advance(walk.page, 119)
    expect(dialog).to_be_hidden()
    advance(walk.page, 2)
    expect(dialog).to_be_visible()
    for _time in range(25):
        press(walk.page, "next_screen")
        expect(dialog).to_be_hidden()
        assert walk.page.url.endswith("/attachment"), "the key that extends does nothing else"
        advance(walk.page, 121)
        expect(dialog).to_be_visible()
    walk.page.mouse.click(540, 900)
    expect(dialog).to_be_hidden()
    assert walk.page.url.endswith("/attachment")
    advance(walk.page, 100)
    for begins, ends in (("voice:start", "voice:end"), ("htmx:beforeRequest", "htmx:afterRequest")):
        happens(walk.page, begins)
        with walk.page.expect_response("**/visit/alive"):
            advance(walk.page, 240)
        expect(dialog).to_be_hidden()
        happens(walk.page, ends)
    advance(walk.page, 19)  # the hundred seconds of silence before still count
    expect(dialog).to_be_hidden()
    walk.page.evaluate("told.length = 0")
    advance(walk.page, 2)
    advance(walk.page, 43)
    assert walk.page.evaluate("told") == ["tone", 45, 30, 15, 5], "heard too where the voice is off"
    with walk.page.expect_navigation():
        advance(walk.page, 5)
    assert walk.page.url == walk.product.kiosk + "/"


def happens(page: Page, name: str) -> None:
    """The kiosk begins or ends to speak, or to work."""
    detail = "{ requestConfig: { triggeringEvent: new Event('click') } }"
    page.evaluate(f"(name) => document.dispatchEvent(new CustomEvent(name, {{ detail: {detail} }}))", name)


SENTENCES = """([count, spoken, silent]) => {
  for (let at = 0; at < count; at += 1) {
    document.dispatchEvent(new Event("voice:start"));
    kioskClock.advance(spoken * 1000);
    document.dispatchEvent(new CustomEvent("voice:end", { detail: {} }));
    kioskClock.advance(silent * 1000);
  }
}"""


@pytest.mark.row("D2", "D4")
def test_items_read_by_the_moving_frame_are_no_sign_of_a_person(stroll: Begin, walker: Somebody) -> None:
    walk = stroll()
    walk.page.add_init_script(CLOCK)
    walk.open().scan(walker)
    dialog = walk.page.locator("dialog#idle")
    walk.page.evaluate(SENTENCES, [59, 9, 2])
    expect(dialog).to_be_hidden()
    walk.page.locator("h1").click()
    walk.page.evaluate(SENTENCES, [59, 9, 2])
    expect(dialog).to_be_hidden()
    walk.page.evaluate(SENTENCES, [2, 9, 2])
    expect(dialog).to_be_visible()


@pytest.mark.row("D4")
def test_a_long_screen_in_short_sentences_keeps_its_visit(stroll: Begin, walker: Somebody) -> None:
    walk = stroll()
    walk.page.add_init_script(CLOCK)
    walk.open().scan(walker)
    with walk.page.expect_response("**/visit/alive"):
        walk.page.evaluate(SENTENCES, [30, 15, 0])
    expect(walk.page.locator("dialog#idle")).to_be_hidden()


@pytest.mark.row("D1", "D2")
def test_the_clock_of_silence_runs_while_staff_are_called(stroll: Begin) -> None:
    walk = stroll()
    walk.page.add_init_script(CLOCK)
    walk.open()
    walk.page.goto(walk.product.kiosk + "/help")
    walk.touch("#next")
    dialog = walk.page.locator("dialog#idle")

    def look_at_the_call() -> None:
        with walk.page.expect_response(lambda one: one.url.endswith("/help") and "hx-request" in one.request.headers):
            pass
        until(walk.page, "document.querySelector('.htmx-request') === null")

    look_at_the_call()
    advance(walk.page, 450)
    look_at_the_call()
    advance(walk.page, 449)
    expect(dialog).to_be_hidden()
    look_at_the_call()
    advance(walk.page, 2)
    expect(dialog).to_be_visible()
    with walk.page.expect_navigation():
        advance(walk.page, 45)
    assert walk.page.url == walk.product.kiosk + "/"


def _scan_to(page: Page, wanted: str, dwell: float, select: str = "switch_select") -> None:
    """Wait for the frame to come to a control with these words, then press the one switch."""
    for _step in range(60):
        if wanted in (page.locator("[data-here]").inner_text() if page.locator("[data-here]").count() else ""):
            with page.expect_navigation():
                press(page, select)
            page.wait_for_load_state("load")
            return
        advance(page, dwell)
    raise AssertionError(f"the frame never came to {wanted!r}")


@pytest.mark.row("C6")
@pytest.mark.parametrize("language,words,done", [
    ("kk", ("Басқа күн", "сәрсенбі", ":", "Күнін өзгерту", "бейсенбі", ":", "Осы уақытқа"), "Сіз жазылдыңыз"),
    ("ru", ("Другой день", "среда", ":", "Изменить день", "четверг", ":", "Записаться"), "Вы записаны"),
])  # fmt: skip
def test_one_switch_learns_itself_books_goes_back_and_changes(
    stroll: Begin, walker: Somebody, language: str, words: tuple[str, ...], done: str
) -> None:
    walk = stroll()
    walk.page.add_init_script(CLOCK)
    page = walk.open(language).page
    press_and_land(page, "switch_select")
    assert "/switches" in page.url
    press(page, "switch_select")
    page.wait_for_timeout(80)
    press(page, "switch_select")
    expect(page.locator("html")).to_have_attribute("data-switches", "off")
    with page.expect_navigation():
        advance(page, 3)
    expect(page.locator("html")).to_have_attribute("data-switches", "one")
    assert page.url == walk.product.kiosk + "/"
    prefer(walk, dwell="3").scan(walker)
    stood = page.locator("[data-here]").inner_text()
    advance(page, 2.9)
    assert page.locator("[data-here]").inner_text() == stood, "it moves at this person's own pace"
    _scan_to(page, words[0], 3)
    page.evaluate("() => { for (const one of document.querySelectorAll('[hx-get]')) one.removeAttribute('hx-get'); }")
    for wanted in words[1:]:
        page.wait_for_load_state("load")
        _scan_any(page, wanted)
    assert page.inner_text("h1") == done


def _scan_any(page: Page, wanted: str) -> None:
    """As _scan_to, but what follows may be a swapped part of the page."""
    for _step in range(80):
        here = page.locator("[data-here]")
        if here.count() and wanted.lower() in here.inner_text().lower():
            before = page.inner_text("h1")
            press(page, "switch_select")
            until(page, "document.querySelector('h1').textContent.trim() !== " + json.dumps(before))
            page.wait_for_load_state("load")
            return
        advance(page, 3)
    raise AssertionError(f"the frame never came to {wanted!r}: {page.inner_text('main')[:300]}")


@pytest.mark.row("C6")
def test_two_switches_swapped_still_move_and_select(stroll: Begin, walker: Somebody) -> None:
    walk = stroll().open().scan(walker)
    prefer(
        walk, page="attachment", switches="two", switch_move=KEYS["switch_select"], switch_select=KEYS["switch_move"]
    )
    here = walk.page.locator("[data-here]")
    expect(here).to_have_attribute("id", "next")
    press(walk.page, "switch_select")
    expect(here).not_to_have_attribute("id", "next")
    for _step in range(40):
        if here.get_attribute("id") == "next":
            break
        text = here.inner_text()
        press(walk.page, "switch_select")
        walk.page.wait_for_timeout(90)
        assert text
    press_and_land(walk.page, "switch_move")
    assert walk.page.url.endswith("/confirm")


@pytest.mark.row("C2")
def test_a_touch_counts_when_it_begins_and_ends_in_the_same_control(stroll: Begin) -> None:
    walk = stroll().open().scan(PEOPLE["second"])
    next_, other = walk.page.locator("#next").bounding_box(), walk.page.locator(".ways .way").first.bounding_box()
    assert next_ and other
    mouse = walk.page.mouse
    for start, end in ((next_, other), (other, next_)):
        mouse.move(start["x"] + 20, start["y"] + 20)
        mouse.down()
        mouse.move(end["x"] + 20, end["y"] + 20, steps=5)
        mouse.up()
    mouse.move(next_["x"] + 20, next_["y"] + 20)
    mouse.down()
    mouse.move(5, 900)
    mouse.up()
    assert walk.page.url.endswith("/attachment")


@pytest.mark.row("C4")
def test_a_trembling_double_tap_acts_once(stroll: Begin, walker: Somebody) -> None:
    walk = stroll(has_touch=True).open().scan(walker)
    prefer(walk, page="attachment", guard="600")
    walk.page.wait_for_timeout(650)
    box = walk.page.locator("#next").bounding_box()
    assert box
    walk.page.evaluate("() => addEventListener('pagehide', () => {})")
    with walk.page.expect_navigation():
        walk.page.touchscreen.tap(box["x"] + 60, box["y"] + 40)
    again = walk.page.locator("#next").bounding_box()
    assert again
    early = walk.page.evaluate("performance.now()") < 600
    walk.page.touchscreen.tap(again["x"] + 80, again["y"] + 30)
    if early:
        assert walk.page.url.endswith("/confirm")
    for _tap in range(2):
        walk.page.wait_for_timeout(620)
        if "/confirm" in walk.page.url:
            walk.page.touchscreen.tap(again["x"] + 80, again["y"] + 30)
            walk.page.wait_for_load_state("load")
    walk.page.wait_for_url("**/ticket")


@pytest.mark.row("F1")
def test_the_place_is_kept_whenever_a_part_of_the_page_is_swapped(stroll: Begin, walker: Somebody) -> None:
    walk = prefer(stroll().open(), voice="off").scan(walker)
    page = walk.touch("#next").page
    page.goto(walk.product.kiosk + "/slot")
    for selector in (".part >> nth=1", ".part >> nth=0", ".days a >> nth=1", ".part >> nth=1", "a.way"):
        page.locator(selector).focus()
        with page.expect_response(lambda answer: "hx-request" in answer.request.headers):
            page.keyboard.press("Enter")
        until(page, "document.activeElement.matches('h1, #notice')")
        until(page, "!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
        assert page.evaluate("document.activeElement.matches('h1, #notice')"), selector
    page.goto(walk.product.kiosk + "/help")
    walk.touch("#next")
    page.evaluate(
        "() => { const one = document.querySelector('#call p'); one.tabIndex = -1; one.focus(); window.stood = one; }"
    )
    until(page, "!stood.isConnected && document.activeElement.closest('#call') !== null")
