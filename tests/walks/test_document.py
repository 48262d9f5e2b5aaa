"""The digital document in a real browser, on the wire formats: both consents, both presentations, by every sense."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.factories import Somebody
from tests.walks.conftest import PEOPLE, Product, Walk
from tests.walks.ear import Ear
from tests.walks.hands import KEYS, Finger, FiveKeys, Hand, Listener
from tests.walks.phone import Phone
from tests.walks.test_axe import violations

Begin = Callable[..., Walk]
ATTACHED = {
    "kk": "Сіз осы емханаға бекітілгенсіз",
    "ru": "Вы прикреплены к этой поликлинике",
    "en": "You are attached to this clinic",
}


HANDS: dict[str, type[Finger | FiveKeys | Listener]] = {"touch": Finger, "keys": FiveKeys, "voice": Listener}
# What Ctrl+V does beside a field; a browser without a window has no such key.
PASTE = """async () => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", await navigator.clipboard.readText());
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
KEYBOARD = {"kk": "kk", "ru": "ru", "en": "us"}  # a payload's case must outlive any keyboard layout


def ask(walk: Walk, somebody: Somebody) -> Walk:
    walk.page.goto(walk.product.kiosk + "/document")
    walk.page.fill("#iin", somebody.iin)
    return walk.touch("#next")


WAYS = [
    (hand, way, language)
    for hand in HANDS
    for way in ("code", "reply", "shown code", "shown qr")
    for language in ("kk", "ru", "en")
]


@pytest.mark.parametrize(("hand", "way", "language"), WAYS)
def test_every_way_leads_to_the_same_screen_as_a_card(
    stroll: Begin, product: Product, hand: str, way: str, language: str
) -> None:
    me = PEOPLE["second"]
    walk = stroll(has_touch=True)
    person = HANDS[hand](walk)
    person.open(language)
    first = walk.heading
    if way.startswith("shown"):
        show(person, Phone(product, me), way, language)
    else:
        agree(person, Phone(product, me), way)
    expect(walk.page.locator("h1")).to_have_text(ATTACHED[language])
    assert me.name in walk.page.inner_text("main")
    if isinstance(person, Listener):
        person.ear.listen()
        heard(person.ear, me, first, ATTACHED[language])


def show(person: Hand, phone: Phone, way: str, language: str) -> None:
    """To the scanner, or by typing the six digits on the keypad."""
    payload = phone.show(way.removeprefix("shown "))
    if way == "shown code" and isinstance(person, FiveKeys):
        person.follow("a[href*='way=code']")
        person.type("#code", payload)
        person.go_on()
    else:
        person.walk.type_burst(payload + "\r", KEYBOARD[language])  # type: ignore[attr-defined]


def agree(person: Hand, phone: Phone, way: str) -> None:
    """Have the message sent, and type its code, or answer it on the phone: the screen notices that by itself."""
    person.type("#iin", phone.owner.iin)
    person.go_on()
    page = person.walk.page  # type: ignore[attr-defined]
    if isinstance(person, Listener):
        person.ear.listen()
    if way == "code":
        person.type("#code", phone.code())
        person.go_on()
    else:
        with page.expect_navigation(url=re.compile("/attachment"), timeout=30_000):
            phone.reply("1")


def heard(ear: Ear, me: Somebody, *headings: str) -> None:
    """Every screen was begun by its heading, and no number was said."""
    said = " ".join(ear.said)
    assert all(heading in said for heading in headings), ear.said
    assert not any(me.iin in one or me.number in one for one in ear.said)


def test_a_page_that_is_left_by_the_code_notices_the_phone_no_more(stroll: Begin, product: Product) -> None:
    """Two ways to go on at once asked the registers twice, and the later one took away what the first had found."""
    me = PEOPLE["second"]
    walk = ask(stroll().open(), me)
    phone, page = Phone(product, me), walk.page
    held: dict[str, Route] = {}
    posted = []

    def hold_the_first(route: Route) -> None:
        if held.setdefault(route.request.method, route) is not route:
            route.continue_()

    page.on("request", lambda asked: posted.append(asked) if asked.method == "POST" and "/document" in asked.url else 0)
    page.route("**/document", hold_the_first)
    try:
        with page.expect_request(lambda asked: asked.method == "GET"):
            page.fill("#code", phone.code())
        with page.expect_request(lambda asked: asked.method == "POST"):
            page.click("#next", no_wait_after=True)
        phone.reply("1")
        with page.expect_event("requestfinished", lambda asked: asked == held["GET"].request):
            held["GET"].continue_()
        with page.expect_navigation(url="**/attachment"):
            held["POST"].continue_()
    finally:
        page.unroute_all(behavior="ignoreErrors")
    assert walk.heading == ATTACHED["kk"]
    assert len(posted) == 1


def test_a_parent_by_consent_books_for_the_child_on_that_consent(stroll: Begin, product: Product) -> None:
    """The registers are asked about the child with the parent's token."""
    parent, infant = PEOPLE["parent"], PEOPLE["infant"]
    walk = ask(stroll().open(), parent)
    walk.page.fill("#code", Phone(product, parent).code())
    walk.touch("#next")
    assert infant.name in walk.page.inner_text("main")
    walk.touch("button[name=patient][value='0']")
    assert walk.heading == "Бала осы емханаға бекітілген"
    walk.touch("#next")
    walk.touch("#next")
    assert walk.heading == "Сіз жазылдыңыз"


def test_one_person_plays_the_demo_with_the_simulators_pages(product: Product, stroll: Begin) -> None:
    """A card copied and pasted as a scan; a message that comes to the phone by itself, and is answered there."""
    me, walk = PEOPLE["caller3"], stroll()
    phone = walk.page.context.new_page()
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.goto(product.simulator + "/")
    card = phone.locator("section", has_text=me.iin)
    card.locator("button[data-copies]").first.click()
    expect(card.locator("button[data-copied]")).to_be_visible()
    walk.page.bring_to_front()
    walk.open()
    with walk.page.expect_navigation(url=re.compile("/attachment")):
        walk.page.evaluate(PASTE)
    walk.page.goto(product.kiosk + "/")
    walk.touch("#end button")
    card.locator("a").click()
    found = {"people": violations(phone)}
    ask(walk, me)
    answer = phone.locator("#messages button[value='1']")
    expect(answer).to_be_visible(timeout=15_000)
    found["phone"] = violations(phone)
    with walk.page.expect_navigation(url=re.compile("/attachment"), timeout=30_000):
        answer.click()
    phone.goto(product.simulator + "/faults")
    found["faults"] = violations(phone)
    assert found == {"people": [], "phone": [], "faults": []}


def test_a_consent_is_heard_and_withdrawn_by_keys(stroll: Begin, product: Product) -> None:
    me, walk = PEOPLE["caller2"], stroll()
    person = Listener(walk)
    ask(walk.open(), me)
    walk.page.fill("#code", Phone(product, me).code())
    walk.touch("#next")
    walk.page.goto(product.kiosk + "/consents")
    assert any("Хабарламадағы код арқылы келісім бердіңіз: " in one for one in person.ear.plug(KEYS["jack_in"]))
    person.follow("button[name=consent]")
    assert any("Келісіміңіз кері қайтарылды" in one for one in person.ear.listen())
    assert walk.page.locator("button[name=consent]").count() == 0
    walk.page.goto(product.kiosk + "/attachment")
    assert walk.page.url == product.kiosk + "/"


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
