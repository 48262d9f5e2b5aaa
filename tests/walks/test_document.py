"""The digital document in a real browser, on the wire formats: both consents, both presentations, faults."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.factories import Somebody
from tests.population import plain
from tests.walks.conftest import PEOPLE, Product, Walk
from tests.walks.test_axe import violations

Begin = Callable[..., Walk]
ATTACHED = {
    "kk": "Сіз осы емханаға бекітілгенсіз",
    "ru": "Вы прикреплены к этой поликлинике",
    "en": "You are attached to this clinic",
}
UNAVAILABLE = "Қызмет уақытша қолжетімсіз"


@pytest.fixture(autouse=True)
def _healed(product: Product) -> Iterator[None]:
    yield
    product.tell("/api/faults", method="DELETE")
    product.tell("/api/clock", {"advance": 11})  # after three failures a system is left in peace for ten seconds


def phone(somebody: Somebody) -> str:
    return str(plain(somebody)["phone"])


def messages(product: Product, somebody: Somebody) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = product.tell(f"/api/phones/{phone(somebody)}/messages", method="GET")
    return found


def code(product: Product, somebody: Somebody) -> str:
    return str([one["code"] for one in messages(product, somebody) if one["kind"] == "code"][-1])


def reply(product: Product, somebody: Somebody, text: str) -> None:
    asked = [one["id"] for one in messages(product, somebody) if one["kind"] == "notification"][-1]
    product.tell(f"/api/messages/{asked}/reply", {"text": text})


def ask(walk: Walk, somebody: Somebody) -> Walk:
    walk.page.goto(walk.product.kiosk + "/document")
    walk.page.fill("#iin", somebody.iin)
    return walk.touch("#next")


def fault(walk: Walk, system: str, mode: str, seconds: int = 6) -> None:
    walk.product.tell("/api/faults", {"system": system, "mode": mode, "seconds": seconds})


@pytest.mark.row("C11", "D9")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("way", ["code", "reply", "shown code", "shown qr"])
def test_every_way_leads_to_the_same_screen_as_a_card(stroll: Begin, product: Product, way: str, language: str) -> None:
    me = PEOPLE["second"]
    walk = stroll(has_touch=True).open(language)
    if way.startswith("shown"):
        shown = product.tell("/api/presentations", {"phone": phone(me), "kind": way.removeprefix("shown ")})
        walk.type_burst(shown["payload"] + "\r")
    else:
        ask(walk, me)
        if way == "code":
            for digit in code(product, me):
                walk.page.click(f".key >> text='{digit}'")
            walk.touch("#next")
        else:
            with walk.page.expect_navigation(url=re.compile("/attachment"), timeout=20_000):
                reply(product, me, "1")
    expect(walk.page.locator("h1")).to_have_text(ATTACHED[language])
    assert me.name in walk.page.inner_text("main")


def test_by_keys_alone(stroll: Begin, product: Product) -> None:
    me = PEOPLE["second"]
    walk = stroll().open()
    walk.page.goto(product.kiosk + "/document")
    walk.page.focus("#iin")
    walk.page.keyboard.type(me.iin, delay=120)
    with walk.page.expect_navigation():
        walk.page.keyboard.press("Tab")
        walk.page.focus("#next")
        walk.page.keyboard.press("Enter")
    walk.page.focus("#code")
    walk.page.keyboard.type(code(product, me), delay=120)
    with walk.page.expect_navigation(url=re.compile("/attachment")):
        walk.page.focus("#next")
        walk.page.keyboard.press("Enter")
    assert walk.heading == ATTACHED["kk"]


def test_without_scripts(stroll: Begin, product: Product) -> None:
    me = PEOPLE["second"]
    walk = stroll(java_script_enabled=False).open()
    ask(walk, me)
    reply(product, me, "1")
    walk.page.goto(product.kiosk + "/document")
    walk.touch("#next")
    assert walk.heading == ATTACHED["kk"]


def test_a_refusal_on_the_phone_is_told_by_itself_and_the_card_works(stroll: Begin, product: Product) -> None:
    me = PEOPLE["second"]
    walk = ask(stroll().open(), me)
    with walk.page.expect_navigation(url=re.compile("OwnerRefused"), timeout=20_000):
        reply(product, me, "0")
    assert "Сіз келісім бермедіңіз" in walk.page.inner_text("#notice")
    assert walk.scan(me).heading == ATTACHED["kk"]


@pytest.mark.parametrize("mode", ["down", "slow", "malformed", "wrong", "stranger"])
@pytest.mark.parametrize("system", ["consent", "documents", "persons", "attachments"])
def test_a_fault_at_any_step_is_said_and_never_a_refusal(
    stroll: Begin, product: Product, system: str, mode: str
) -> None:
    me = PEOPLE["second"]
    walk = stroll().open()
    if system != "consent":
        ask(walk, me)
    fault(walk, system, mode)
    if system == "consent":
        ask(walk, me)
    else:
        walk.page.fill("#code", code(product, me))
        walk.touch("#next")
    assert UNAVAILABLE in walk.page.inner_text("main")
    assert walk.page.locator(".help, #next").count() > 0


@pytest.mark.row("F3")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing(stroll: Begin, product: Product, language: str) -> None:
    walk = stroll().open(language)
    found = {}
    for path in ("/document", "/document?way=code", "/document?again=NotInCitizensBase", "/consents"):
        walk.page.goto(product.kiosk + path)
        found[path] = violations(walk.page)
    ask(walk, PEOPLE["second"])
    found["waiting"] = violations(walk.page)
    walk.page.fill("#code", code(product, PEOPLE["second"]))
    walk.touch("#next")
    walk.page.goto(product.kiosk + "/consents")
    found["given"] = violations(walk.page)
    assert {name: said for name, said in found.items() if said} == {}
