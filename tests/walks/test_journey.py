"""The journey in a real browser, by touch and by keyboard, in three languages, with scripts and without."""

import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories import Somebody
from tests.walks.conftest import PEOPLE, Product, Walk

Begin = Callable[..., Walk]
BOOKED = {"kk": "Сіз жазылдыңыз", "ru": "Вы записаны", "en": "You are booked"}
SITUATIONS = {
    "elsewhere": (
        "Сіз осы емханаға бекітілмегенсіз.",
        "Вы не прикреплены к этой поликлинике.",
        "You are not attached to this clinic.",
    ),
    "nowhere": (
        "Сіз осы емханаға бекітілмегенсіз.",
        "Вы не прикреплены к этой поликлинике.",
        "You are not attached to this clinic.",
    ),
    "requested": (
        "Бекітілу өтініміңіз қаралуда",
        "Ваша заявка на прикрепление рассматривается",
        "Your attachment is being considered",
    ),
    "double": (
        "Тіркелімде екі бекіту көрсетілген",
        "В регистре два прикрепления",
        "The register shows two attachments",
    ),
    "expired": ("Құжаттың мерзімі өткен", "Срок документа истёк", "The document's term has ended"),
    "replaced": (
        "Тіркелімде бұл құжат жарамды деп көрсетілмеген",
        "В регистре этот документ не значится действительным",
        "The register does not show this document as valid",
    ),
    "deceased": ("Қызметкерімізге жүгініңіз", "Обратитесь к нашему сотруднику", "Please speak to our staff"),
}


def bookings(product: Product) -> int:
    with sqlite3.connect(product.database) as database:
        count: int = database.execute("SELECT count(*) FROM appointment WHERE channel = 'kiosk'").fetchone()[0]
    return count


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_two_touches_from_a_scan_on_the_welcome_screen(
    stroll: Begin, product: Product, walker: Somebody, language: str
) -> None:
    before = bookings(product)
    walk = stroll(has_touch=True).open(language).scan(walker)
    assert walker.name in walk.page.inner_text("main")
    walk.touch("#next")
    walk.touch("#next")
    assert walk.heading.startswith(BOOKED[language])
    assert bookings(product) == before + 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_by_keyboard_alone(stroll: Begin, walker: Somebody, language: str) -> None:
    walk = stroll().open(language).scan(walker)
    for _screen in range(2):
        press_by_keyboard(walk.page, "next")
    assert walk.heading.startswith(BOOKED[language])
    press_by_keyboard(walk.page, "next")
    assert walk.page.url.endswith("/")


def press_by_keyboard(page: Page, ident: str) -> None:
    for _stop in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == ident:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            page.wait_for_load_state("load")
            return
    raise AssertionError(f"#{ident} cannot be reached with Tab on {page.url}")


def test_another_day_and_time_in_at_most_five_touches(stroll: Begin, walker: Somebody) -> None:
    walk = stroll(has_touch=True).open().scan(walker)
    walk.touch("text=Басқа күн немесе уақыт")
    walk.page.click(".days li:nth-child(3) a")
    walk.page.wait_for_selector(".times button")
    assert "day=" in walk.page.url
    assert walk.page.evaluate("document.activeElement.tagName") == "H1"
    walk.touch(".times button >> nth=2")
    walk.touch("#next")
    assert walk.heading == BOOKED["kk"]


@pytest.mark.parametrize("place,language", [(0, "kk"), (1, "ru"), (2, "en")])
@pytest.mark.parametrize("who", SITUATIONS)
def test_every_situation_has_its_screen(stroll: Begin, who: str, place: int, language: str) -> None:
    walk = stroll().open(language).scan(PEOPLE[who])
    assert walk.heading == SITUATIONS[who][place]
    walk.touch("#next")
    assert walk.page.url.endswith("/help")


@pytest.mark.parametrize(("layout", "language"), [("kk", "kk"), ("ru", "ru"), ("printed", "kk")])
def test_a_card_read_under_any_keyboard_layout(stroll: Begin, walker: Somebody, layout: str, language: str) -> None:
    walk = stroll().open(language).type_burst("\r".join(walker.mrz) + "\r", layout)
    assert walker.name in walk.page.inner_text("main")


def test_a_scan_presses_no_button_and_echoes_nothing(stroll: Begin, walker: Somebody) -> None:
    walk = stroll().open().scan(walker)
    walk.page.focus("text=Бұл мен емеспін")
    walk.scan(walker)
    assert walk.heading == "Сіз осы емханаға бекітілгенсіз"
    walk.page.goto(walk.product.kiosk + "/identify")
    walk.page.focus("#iin")
    walk.scan(walker)
    assert walker.name in walk.page.inner_text("main")


def test_ordinary_typing_is_never_taken_for_a_scan(stroll: Begin, walker: Somebody) -> None:
    walk = stroll().open()
    walk.page.goto(walk.product.kiosk + "/identify")
    walk.page.click("#iin")
    walk.page.keyboard.type(walker.iin, delay=70)
    walk.page.keyboard.press("Tab")
    walk.page.keyboard.type(walker.number, delay=70)
    assert walk.page.input_value("#iin") == walker.iin
    assert walk.page.input_value("#document_number") == walker.number
    walk.touch("#next")
    assert walker.name in walk.page.inner_text("main")


def test_two_keys_struck_together_stay_in_the_field(stroll: Begin) -> None:
    walk = stroll().open()
    walk.page.goto(walk.product.kiosk + "/identify")
    walk.page.click("#iin")
    walk.page.keyboard.type("79")
    expect(walk.page.locator("#iin")).to_have_value("79")
    assert walk.page.url.endswith("/identify")


@pytest.mark.row("C10")
def test_the_large_keypad(stroll: Begin, walker: Somebody) -> None:
    walk = stroll(has_touch=True).open()
    walk.page.goto(walk.product.kiosk + "/identify")
    for digit in walker.iin + walker.number:
        walk.page.tap(f"button[name=key][value='{digit}']")
    walk.touch("#next")
    assert walker.name in walk.page.inner_text("main")


def test_another_person_ends_the_running_visit(stroll: Begin, walker: Somebody) -> None:
    walk = stroll().open().scan(PEOPLE["second"])
    walk.touch("#next")
    walk.scan(walker)
    assert walker.name in walk.page.inner_text("main")
    assert PEOPLE["second"].name not in walk.page.content()


def test_back_after_the_end_shows_the_welcome_screen(stroll: Begin) -> None:
    walk = stroll().open().scan(PEOPLE["second"])
    walk.touch("#next")
    walk.touch("#end button")
    for _step in range(3):
        walk.page.go_back()
        walk.page.wait_for_load_state("load")
        assert PEOPLE["second"].name not in walk.page.content()
    assert walk.page.url.endswith(("/", "/identify")) or walk.page.url == "about:blank"


def test_the_language_is_switched_on_every_screen_without_losing_anything(stroll: Begin, walker: Somebody) -> None:
    walk = stroll().open().scan(walker)
    walk.touch("#next")
    chosen = walk.page.inner_text("dl")[-200:]
    for language in ("ru", "en", "kk"):
        walk.touch(f"header button[lang={language}]")
        assert walk.page.url.endswith("/confirm")
        assert walk.page.get_attribute("html", "lang") == language
    assert walk.page.inner_text("dl")[-200:] == chosen


def test_the_choice_of_language_survives_the_welcome_screen(stroll: Begin) -> None:
    walk = stroll().open("ru")
    walk.page.goto(walk.product.kiosk + "/")
    assert walk.page.get_attribute("html", "lang") == "ru"
    for language in ("kk", "ru", "en"):
        assert walk.page.locator(f"button[lang={language}], a[lang={language}], input[lang={language}]").count() == 1


@pytest.mark.row("F2")
def test_the_whole_journey_without_scripts(
    context_of: Callable[..., BrowserContext], product: Product, walker: Somebody
) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(product.kiosk + "/")
    page.click("#next")
    page.fill("textarea[name=scan]", "\n".join(walker.mrz))
    page.click("#scan button")
    page.click("text=Басқа күн немесе уақыт")
    page.click(".days li:nth-child(2) a")
    page.click(".parts a >> nth=0")
    page.click(".times button")
    page.click("#next")
    assert page.inner_text("h1") == BOOKED["kk"]


@pytest.mark.row("F2")
def test_the_whole_journey_where_htmx_never_arrives(
    context_of: Callable[..., BrowserContext], product: Product, walker: Somebody
) -> None:
    page = context_of().new_page()
    page.route("**/htmx.min.js*", lambda route: route.abort())
    walk = Walk(page, product, []).open().scan(walker)
    walk.touch("text=Басқа күн немесе уақыт").touch(".days li:nth-child(3) a").touch(".parts a >> nth=0")
    walk.touch(".times button").touch("#next")
    assert page.evaluate("typeof htmx") == "undefined" and walk.heading == BOOKED["kk"]


@pytest.mark.row("D2")
def test_the_page_asks_before_it_forgets_and_any_key_keeps_it(stroll: Begin, walker: Somebody) -> None:
    walk = stroll()
    walk.page.add_init_script(PUPPET_CLOCK)
    walk.open().scan(walker)
    walk.page.evaluate("puppet.advance(121000)")
    assert walk.page.is_visible("#idle")
    walk.page.keyboard.press("ArrowDown")
    assert not walk.page.is_visible("#idle")
    walk.page.evaluate("puppet.advance(119000)")
    assert not walk.page.is_visible("#idle")
    with walk.page.expect_navigation():
        walk.page.evaluate("puppet.advance(50000)")
    assert walk.page.url.endswith("/")
    assert walker.name not in walk.page.content()


# A clock that a test moves: window.kioskClock is the only source of time for idleness in the page.
PUPPET_CLOCK = """(() => {
  let now = 0, next = 1;
  const tasks = new Map();
  window.kioskClock = {
    now: () => now,
    setTimeout: (task, wait) => { tasks.set(next, { task, at: now + (wait || 0) }); return next++; },
    clearTimeout: (id) => tasks.delete(id),
  };
  window.puppet = { advance(wait) {
    const until = now + wait;
    for (;;) {
      const due = [...tasks].filter(([, one]) => one.at <= until).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      tasks.delete(due[0]);
      now = Math.max(now, due[1].at);
      due[1].task();
    }
    now = until;
  } };
})()"""


def test_the_shared_clock_moves_for_every_worker(stroll: Begin, product: Product) -> None:
    walk = stroll().open().scan(PEOPLE["attached"])
    product.tell("/api/clock", {"advance": 200})
    for _worker in range(6):
        walk.page.goto(product.kiosk + "/attachment")
        assert walk.page.url.endswith("/")


@pytest.mark.parametrize(
    "system,mode",
    [("persons", "down"), ("persons", "malformed"), ("attachments", "down"), ("attachments", "malformed")],
)
def test_a_register_that_fails_is_said_and_mends(
    stroll: Begin, product: Product, walker: Somebody, system: str, mode: str
) -> None:
    product.tell("/api/faults", {"system": system, "mode": mode, "seconds": 0})
    walk = stroll().open().scan(walker)
    assert walk.heading == "Қызмет уақытша қолжетімсіз"
    product.tell("/api/faults", method="DELETE")
    product.tell("/api/clock", {"advance": 12})
    walk.scan(walker)
    assert walker.name in walk.page.inner_text("main")


@pytest.mark.row("E8")
def test_help_is_asked_and_honestly_reported(stroll: Begin, product: Product) -> None:
    walk = stroll().open("ru")
    walk.touch("text=Вызвать сотрудника")
    walk.touch("#next")
    assert "Сотрудник вызван" in walk.page.inner_text("#call")
    product.tell("/api/clock", {"advance": 121})
    expect(walk.page.locator("#call")).to_contain_text("№ 3")
