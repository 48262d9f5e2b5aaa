"""The desks in a browser: each role signs in and does its job; the patient sees and hears what staff press."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect
from pyotp import TOTP

from kiosk.accessibility.keypad import key_table
from tests.factories import Somebody
from tests.walks.conftest import Product, Walk
from tests.walks.ear import Ear
from tests.walks.hands import PERSONS_PACE
from tests.walks.test_axe import violations
from tests.walks.typist import Typist

Begin = Callable[..., Walk]
WAIT = 60_000


def sign_in(walk: Walk, login: str) -> Page:
    """Come to the desk with password and one-time code."""
    told = json.loads((walk.product.database.parent / "demo-accounts.json").read_text())
    account = next(one for one in told if one["login"] == login)
    page = walk.page
    page.set_default_timeout(WAIT)
    page.goto(walk.product.kiosk + "/staff/login")
    page.fill("#login", login)
    page.fill("#password", account["password"])
    page.fill("#code", TOTP(account["totp_secret"]).now())
    walk.touch("#next")
    assert page.url.endswith("/staff")
    return page


def speak(walk: Walk, language: str) -> None:
    with walk.page.expect_navigation():
        walk.page.click(f"button[name=language][lang={language}]")


def crawled(page: Page, start: str, seen: set[str]) -> Iterator[str]:
    """Stand on every page that can be reached by links from the desks, one of each kind."""
    waiting = [start]
    while waiting:
        path = waiting.pop()
        kind = re.sub(r"\d+", "0", path.split("?")[0])
        if kind in seen or "export" in kind or kind.endswith((".csv", ".xlsx", ".css")):
            continue
        seen.add(kind)
        page.goto(urljoin(page.url, path))
        waiting += page.eval_on_selector_all("a[href^='/staff']", "all => all.map(one => one.getAttribute('href'))")
        yield path


def test_before_a_session_ends_the_page_says_so_and_any_key_goes_on(stroll: Begin) -> None:
    walk = stroll()
    walk.page.clock.install()
    page = sign_in(walk, "registrar")
    page.goto(walk.product.kiosk + "/staff/window")
    ending = page.locator("#ending")
    page.clock.fast_forward("27:50")
    expect(ending).to_be_hidden()
    page.clock.fast_forward("00:20")
    expect(ending).to_be_visible()
    with page.expect_response("**/staff/alive") as told:
        page.keyboard.press("Shift")
    assert told.value.status == 204
    expect(ending).to_be_hidden()
    page.clock.fast_forward("27:50")
    page.fill("#iin", "8")
    expect(ending).to_be_hidden()
    page.clock.fast_forward("28:10")
    with page.expect_response("**/staff/alive"):
        page.click("#ending button")
    expect(ending).to_be_hidden()
    page.keyboard.press("Shift")  # within the minute: told at its end
    with page.expect_response("**/staff/alive"):
        page.clock.fast_forward("01:01")
    page.clock.fast_forward("28:10")
    page.clock.fast_forward("02:01")
    expect(ending).to_contain_text("Сеанс аяқталды")
    expect(ending.locator("button")).to_be_hidden()


def identify(walk: Walk, somebody: Somebody) -> None:
    """Somebody tells their numbers at the window."""
    walk.page.goto(walk.product.kiosk + "/staff/window")
    walk.page.fill("#iin", somebody.iin)
    walk.page.fill("#document_number", somebody.number)
    walk.touch("#next")
    assert somebody.surname in walk.heading


DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 780}
# What can be read or pressed and stands outside the screen, but for tables that scroll by themselves.
OUTSIDE = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && (box.right > innerWidth + 1 || box.left < -1) && !one.closest(".scroll, .skip, svg, .unseen");
}).map((one) => `${innerWidth} px: ${one.tagName} ${one.id || one.className}`).slice(0, 3)"""


@pytest.mark.row("F11")
@pytest.mark.parametrize(
    ("language", "theme", "size"), [("kk", "default", 2), ("ru", "white-on-black", 4), ("en", "soft", 3)]
)
def test_no_desk_meets_an_objection_of_axe_nor_needs_a_wide_screen(
    stroll: Begin, walker: Somebody, language: str, theme: str, size: int
) -> None:
    walk = stroll(viewport=DESK)
    page = sign_in(walk, "organisation")
    speak(walk, language)
    for name, value in (("theme", theme), ("size", str(size))):
        page.click(".look summary")
        walk.touch(f".look button[name={name}][value='{value}']")
    assert page.get_attribute("html", "data-theme") == theme
    seen: set[str] = set()
    found = {path: objections(page, language) for path in crawled(page, "/staff", seen)}
    assert len(found) > 30
    identify(walk, walker)
    for path in crawled(page, "/staff/window", seen - {"/staff/window"}):
        found[path] = found.get(path, []) + objections(page, language)
    assert "/staff/window/represented" in found
    assert {path: said for path, said in found.items() if said} == {}


def objections(page: Page, language: str) -> list[str]:
    """What axe has against this page, and what stands outside the screen on a desk and on a phone."""
    assert page.get_attribute("html", "lang") == language
    said = violations(page) + page.evaluate(OUTSIDE)
    page.set_viewport_size(PHONE)
    said += page.evaluate(OUTSIDE)
    page.set_viewport_size(DESK)
    return list(said)


# What a desk's loudspeaker would play: the pitch of each tone that began while the browser let it sound.
RING = """(() => {
  const start = OscillatorNode.prototype.start;
  window.rung = [];
  OscillatorNode.prototype.start = function (...when) {
    if (this.context.state === "running") window.rung.push(this.frequency.value);
    return start.apply(this, when);
  };
})()"""


@pytest.fixture
def strict(browser: Browser) -> Iterator[Browser]:
    """A browser as people have it: it plays nothing on a page before somebody has touched the site."""
    path = os.environ.get("KIOSK_CHROMIUM") or shutil.which("chromium")
    launched = browser.browser_type.launch(executable_path=path, args=["--no-sandbox"])
    yield launched
    launched.close()


def test_a_call_is_answered_and_one_is_not(stroll: Begin, product: Product, strict: Browser) -> None:
    kiosk, desk = stroll(), Walk(strict.new_context(viewport=PHONE).new_page(), product, [])
    ear = Ear.at(kiosk.page)
    kiosk.page.set_default_timeout(WAIT)
    kiosk.open("ru")
    ear.plug(key_table()["jack_in"][0])
    page = sign_in(desk, "registrar")
    page.context.add_init_script(RING)
    page.goto(product.kiosk + "/staff/calls")
    while page.locator("button[name=answer][value=done]").count():  # what other walks left
        desk.touch("button[name=answer][value=done]")
    desk.touch("main button[name=sound]")
    other = page.context.new_page()
    other.goto(product.kiosk + "/staff/window")
    other.wait_for_selector("#silent:not([hidden])")
    other.click("h1")
    other.wait_for_selector("#silent", state="hidden")
    kiosk.touch(".bottom .help")
    kiosk.touch("#next")
    for one in (page, other):  # a call is heard and counted at the desk for calls, and where somebody does other work
        one.wait_for_function("() => window.rung.includes(880)")
        assert one.inner_text("#badge") == "1" and one.title().startswith("(1)")
    other.close()  # a page behind another one draws nothing, and answers a click late
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.click("button[name=answer][value=coming]")
    page.wait_for_selector("button[name=answer][value=done]")
    told(kiosk, ear, "ид[её]т")
    page.click("button[name=answer][value=done]")
    page.wait_for_function("!document.querySelector('button[name=answer]')")
    kiosk.page.wait_for_selector("#next")
    kiosk.touch("#next")
    desk.touch("nav.desks .all")
    desk.touch("main a[href='/staff/journal']")
    try:
        product.tell("/api/clock", {"advance": 61})
        page.wait_for_selector("#unanswered p")  # on whatever page somebody works
        page.wait_for_function("() => window.rung.includes(660)")
        assert violations(page) == []
        product.tell("/api/clock", {"advance": 60})
        told(kiosk, ear, "окн.*(3|три)")
    finally:
        product.tell("/api/clock", {"advance": -121})


def told(kiosk: Walk, ear: Ear, wanted: str) -> None:
    """The patient reads it, and hears it too."""
    kiosk.page.wait_for_function(
        "(wanted) => new RegExp(wanted).test(document.querySelector('main').innerText)", arg=wanted
    )
    for _ in range(60):
        if any(re.search(wanted, one) for one in ear.said):
            return
        kiosk.page.wait_for_timeout(500)
    raise AssertionError(f"{wanted} was not said: {ear.said}")


def test_a_registrar_books_by_phone_and_reads_the_answer_aloud(stroll: Begin, walker: Somebody) -> None:
    walk = stroll(viewport=DESK)
    page = sign_in(walk, "registrar")
    page.goto(walk.product.kiosk + "/staff/window")
    page.fill("#iin", walker.iin)
    page.fill("#document_number", walker.number)
    page.select_option("#channel", "phone")
    page.select_option("#language", "kk")
    walk.touch("#next")
    assert walker.surname in walk.heading
    walk.touch("section[aria-labelledby=doctors] a.button")
    walk.touch(".ways a.way")
    walk.touch("button[name=slot]")
    oral = page.locator("#oral")
    assert oral.get_attribute("lang") == "kk" and len(oral.inner_text()) > 40
    assert violations(page) == []
    walk.touch("#next")
    assert page.locator("#iin").input_value() == "" and walker.surname not in page.content()


def test_an_auditor_takes_the_journal_with_him_and_changes_nothing(stroll: Begin) -> None:
    walk = stroll(viewport=DESK)
    page = sign_in(walk, "auditor")
    page.goto(walk.product.kiosk + "/staff/journal")
    with page.expect_download() as taken:
        page.click("#export")
    assert taken.value.path().read_bytes().startswith(b"\xef\xbb\xbf")
    page.goto(walk.product.kiosk + "/staff/kiosks/1")
    answer = page.request.post(walk.product.kiosk + "/staff/kiosks/1/service", form={"csrf_token": _token(page)})
    assert answer.status == 403


@pytest.mark.row("F11")
def test_every_desk_by_keys_alone(stroll: Begin, product: Product, walker: Somebody) -> None:
    """From the first page to each desk, and what is done there: every stop is seen, in sight and has a name."""
    walk, kiosk = stroll(viewport=DESK), stroll()
    page, keys = sign_in(walk, "organisation"), Typist(walk)
    by_keys_at_the_window(keys, walker)
    by_keys_at_the_calls(keys, kiosk.open())
    keys.desk("/staff/journal")
    keys.reach("#event")
    page.keyboard.press("ArrowDown")
    keys.follow("#next")
    keys.reach("#export")
    with page.expect_download():
        page.keyboard.press("Enter")
    keys.desk("/staff/schedules")
    keys.follow("main td a, main th a")
    keys.follow("a[href$='/add/absence']")
    for field in ("#first_day", "#last_day"):
        keys.reach(field)
        page.keyboard.type("03242031")
    assert keys.follow("#next").url.count("/preview")
    keys.desk("/staff/doctors")
    keys.follow("#next")
    keys.write("#name_kk", "Пернелі Дәрігер")
    keys.write("#room", "5")
    assert keys.follow("#next").url.count("/staff/schedules/")
    keys.desk("/staff/buildings")
    keys.write("#phones", page.input_value("#phones"))  # patients of other walks hear it
    assert keys.follow("#next").locator("#notice.calm").count() == 1
    keys.desk("/staff/kiosks")
    keys.follow("main a[href='/staff/kiosks/1']")
    assert keys.follow("#code").locator("#enrolment-code").inner_text()
    keys.desk("/staff/figures")
    keys.reach("#first")
    page.keyboard.type("03012031")
    assert "first=2031-03-01" in keys.follow("#next").url
    assert keys.wrong == []


def by_keys_at_the_window(keys: Typist, somebody: Somebody) -> None:
    page = keys.desk("/staff/window")
    keys.pace = PERSONS_PACE
    keys.write("#iin", somebody.iin)
    keys.write("#document_number", somebody.number)
    assert somebody.surname in keys.follow("#next").inner_text("h1")
    keys.follow("section[aria-labelledby=doctors] a.button")
    keys.follow(".ways a.way")
    keys.follow("button[name=slot]")
    assert page.inner_text("#oral")
    keys.follow("#next")
    keys.pace = 0


def by_keys_at_the_calls(keys: Typist, kiosk: Walk) -> None:
    """Whoever stands on a button stays there while the list renews itself."""
    kiosk.touch(".bottom .help")
    kiosk.touch("#next")
    page = keys.desk("/staff/calls")
    keys.reach("button[value=coming]")
    with page.expect_response(lambda answer: "known=" in answer.url):
        pass
    page.wait_for_function("() => document.activeElement.value === 'coming'")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.follow("button[value=done]")


def _token(page: Page) -> str:
    return page.get_attribute("meta[name=csrf-token]", "content") or ""
