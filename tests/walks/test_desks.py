"""The desks in a browser: each role signs in and does its job; the patient sees and hears what staff press."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page
from pyotp import TOTP

from kiosk.accessibility.keypad import key_table
from tests.factories import Somebody
from tests.walks.conftest import Product, Walk
from tests.walks.ear import Ear
from tests.walks.test_axe import violations

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


def crawled(page: Page, start: str) -> set[str]:
    """Every page that can be reached by links from the desks, one of each kind."""
    seen: dict[str, str] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        kind = re.sub(r"\d+", "0", path.split("?")[0])
        if kind in seen or "export" in kind or kind.endswith((".csv", ".xlsx", ".css")):
            continue
        seen[kind] = path
        page.goto(urljoin(page.url, path))
        links = page.eval_on_selector_all("a[href^='/staff']", "all => all.map(one => one.getAttribute('href'))")
        waiting += links
    return set(seen.values())


@pytest.mark.parametrize(
    ("language", "theme", "size"), [("kk", "default", 2), ("ru", "white-on-black", 4), ("en", "soft", 3)]
)
def test_no_desk_meets_an_objection_of_axe(stroll: Begin, language: str, theme: str, size: int) -> None:
    walk = stroll(viewport={"width": 1280, "height": 800})
    page = sign_in(walk, "organisation")
    speak(walk, language)
    for name, value in (("theme", theme), ("size", str(size))):
        page.click(".look summary")
        walk.touch(f".look button[name={name}][value='{value}']")
    assert page.get_attribute("html", "data-theme") == theme
    found: dict[str, list[str]] = {}
    paths = crawled(page, "/staff")
    assert len(paths) > 20
    for path in sorted(paths):
        page.goto(walk.product.kiosk + path)
        assert page.get_attribute("html", "lang") == language
        found[path] = violations(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found[path].append("scrolls sideways")
    assert {path: said for path, said in found.items() if said} == {}


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
    kiosk, desk = stroll(), Walk(strict.new_context(viewport={"width": 360, "height": 780}).new_page(), product, [])
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
    desk.touch("nav.desks a[href='/staff/journal']")
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
    walk = stroll(viewport={"width": 1280, "height": 800})
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
    walk = stroll(viewport={"width": 1280, "height": 800})
    page = sign_in(walk, "auditor")
    page.goto(walk.product.kiosk + "/staff/journal")
    with page.expect_download() as taken:
        page.click("#export")
    assert taken.value.path().read_bytes().startswith(b"\xef\xbb\xbf")
    page.goto(walk.product.kiosk + "/staff/kiosks/1")
    answer = page.request.post(walk.product.kiosk + "/staff/kiosks/1/service", form={"csrf_token": _token(page)})
    assert answer.status == 403


def test_the_console_by_keys_alone(stroll: Begin) -> None:
    walk = stroll(viewport={"width": 1280, "height": 800})
    page = sign_in(walk, "building")
    for desk in ("/staff/calls", "/staff/journal", "/staff/kiosks"):
        page.goto(walk.product.kiosk + "/staff")
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('href')") == desk:
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url.endswith(desk)
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def _token(page: Page) -> str:
    return page.get_attribute("meta[name=csrf-token]", "content") or ""
