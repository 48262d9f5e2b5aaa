"""The digital document in a real browser, on the wire formats: both consents, both presentations, by every sense."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from kiosk.accessibility.keypad import key_table
from tests.factories import Somebody
from tests.walks.conftest import PEOPLE, Product, Walk
from tests.walks.ear import Ear
from tests.walks.phone import Phone
from tests.walks.test_axe import violations

Begin = Callable[..., Walk]
ATTACHED = {
    "kk": "Сіз осы емханаға бекітілгенсіз",
    "ru": "Вы прикреплены к этой поликлинике",
    "en": "You are attached to this clinic",
}


KEYS = {function: codes[0] for function, codes in key_table().items() if codes}


def ask(walk: Walk, somebody: Somebody) -> Walk:
    walk.page.goto(walk.product.kiosk + "/document")
    walk.page.fill("#iin", somebody.iin)
    return walk.touch("#next")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("way", ["code", "reply", "shown code", "shown qr"])
def test_every_way_leads_to_the_same_screen_as_a_card(stroll: Begin, product: Product, way: str, language: str) -> None:
    me = PEOPLE["second"]
    walk = stroll(has_touch=True).open(language)
    if way.startswith("shown"):
        walk.type_burst(Phone(product, me).show(way.removeprefix("shown ")) + "\r")
    else:
        ask(walk, me)
        if way == "code":
            for digit in Phone(product, me).code():
                walk.page.click(f".key >> text='{digit}'")
            walk.touch("#next")
        else:
            with walk.page.expect_navigation(url=re.compile("/attachment"), timeout=20_000):
                Phone(product, me).reply("1")
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
    walk.page.keyboard.type(Phone(product, me).code(), delay=120)
    with walk.page.expect_navigation(url=re.compile("/attachment")):
        walk.page.focus("#next")
        walk.page.keyboard.press("Enter")
    assert walk.heading == ATTACHED["kk"]


@pytest.mark.parametrize(
    ("language", "way"), [("kk", "code"), ("ru", "reply"), ("en", "code"), ("kk", "reply"), ("ru", "shown qr")]
)
def test_by_ear_every_step_is_said(stroll: Begin, product: Product, language: str, way: str) -> None:
    me, walk = PEOPLE["second"], stroll()
    ear = Ear.at(walk.page)
    walk.open(language)
    ear.plug(KEYS["jack_in"])
    walk.page.goto(product.kiosk + "/document")
    assert walk.heading in ear.listen()[0]
    if way == "shown qr":
        walk.type_burst(Phone(product, me).show("qr") + "\r")
    else:
        walk.page.focus("#iin")
        walk.page.keyboard.type(me.iin, delay=120)
        assert walk.heading not in ear.press(KEYS["next_screen"])[0]
        answer_by(way, walk, ear, Phone(product, me))
    assert ATTACHED[language] in " ".join(ear.listen())
    assert not any(me.iin in one or me.number in one for one in ear.said)


def answer_by(way: str, walk: Walk, ear: Ear, phone: Phone) -> None:
    """Type the code, or reply on the phone; the screen of the attachment comes."""
    if way == "code":
        walk.page.focus("#code")
        walk.page.keyboard.type(phone.code(), delay=120)
    with walk.page.expect_navigation(url=re.compile("/attachment"), timeout=30_000):
        if way == "code":
            walk.page.keyboard.press(KEYS["next_screen"])
        else:
            phone.reply("1")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("way", ["code", "reply"])
def test_without_scripts(stroll: Begin, product: Product, way: str, language: str) -> None:
    me = PEOPLE["second"]
    walk = ask(stroll(java_script_enabled=False).open(language), me)
    if way == "code":
        walk.page.fill("#code", Phone(product, me).code())
    else:
        Phone(product, me).reply("1")
        walk.page.goto(product.kiosk + "/document")
    walk.touch("#next")
    assert walk.heading == ATTACHED[language]


def test_a_refusal_on_the_phone_is_told_by_itself_and_the_card_works(stroll: Begin, product: Product) -> None:
    me = PEOPLE["second"]
    walk = ask(stroll().open(), me)
    with walk.page.expect_navigation(url=re.compile("OwnerRefused"), timeout=20_000):
        Phone(product, me).reply("0")
    assert "Сіз келісім бермедіңіз" in walk.page.inner_text("#notice")
    assert walk.scan(me).heading == ATTACHED["kk"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing(stroll: Begin, product: Product, language: str) -> None:
    walk = stroll().open(language)
    found = {}
    for path in ("/document", "/document?way=code", "/document?again=NotInCitizensBase", "/consents"):
        walk.page.goto(product.kiosk + path)
        found[path] = violations(walk.page)
    ask(walk, PEOPLE["second"])
    found["waiting"] = violations(walk.page)
    walk.page.fill("#code", Phone(product, PEOPLE["second"]).code())
    walk.touch("#next")
    walk.page.goto(product.kiosk + "/consents")
    found["given"] = violations(walk.page)
    assert {name: said for name, said in found.items() if said} == {}
