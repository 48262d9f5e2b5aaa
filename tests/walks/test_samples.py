"""A sample document from the desk's form to the kiosk's glass, whose keys the board then has tested."""

from tests.walks.conftest import Walk
from tests.walks.test_axe import Begin, violations
from tests.walks.test_desks import WAIT, sign_in

TYPED = {
    "titles_kk": "Тіркелуге өтініш: үлгі",
    "titles_ru": "Заявление о прикреплении: образец",
    "titles_en": "Application for attachment: a sample",
    "texts_kk": "Бас дәрігерге.\nМені емханаға тіркеуіңізді сұраймын.\nКүні, қолы.",
    "texts_ru": "Главному врачу.\nПрошу прикрепить меня к поликлинике.\nДата, подпись.",
    "texts_en": "To the head physician.\nPlease attach me to the clinic.\nDate, signature.",
}


ALL_ANSWER = """() => fetch("/heartbeat", { method: "POST", body: new URLSearchParams({
  csrf_token: document.querySelector("meta[name=csrf-token]").content,
  keys: document.getElementById("learn").dataset.asks }) })"""


def test_a_sample_goes_from_the_desk_to_the_glass(stroll: Begin) -> None:
    kiosk, desk = stroll().open("kk"), stroll(viewport={"width": 1280, "height": 800})
    page = sign_in(desk, "organisation")
    page.goto(desk.product.kiosk + "/staff/buildings/samples/new")
    assert violations(page) == []
    for name, text in TYPED.items():
        page.fill(f"#{name}", text)
    desk.touch("#next")
    read(kiosk)
    page.goto(desk.product.kiosk + "/staff/kiosks/1")
    assert violations(page) == []
    keys_are_tested(stroll(), desk)  # nobody is before this one: a key woke the voice of the other


def keys_are_tested(kiosk: Walk, desk: Walk) -> None:
    """Asked from the board, the empty first screen leads to the keys, names each, and the board tells which answered."""
    desk.touch("#test-keys")
    page = kiosk.page
    page.set_default_timeout(WAIT)
    page.goto(kiosk.product.kiosk + "/")
    page.wait_for_url("**/keys")
    assert violations(page) == []
    with page.expect_response(lambda one: "keys=previous_item" in (one.request.post_data or "")):
        page.keyboard.press("ArrowUp")
    assert page.locator("[data-function=previous_item] [data-answered]").is_visible()
    assert page.locator("[data-function=next_item][data-here]").count() == 1
    page.click("#skip")
    assert page.locator("[data-function=previous_screen][data-here]").count() == 1
    desk.page.reload()
    assert desk.page.locator("details li").count() == 1 and violations(desk.page) == []
    page.evaluate(ALL_ANSWER)  # the test is over: other walks find the first screen
    desk.page.reload()
    assert desk.page.locator("details li").count() > 1


def read(kiosk: Walk) -> None:
    kiosk.page.set_default_timeout(WAIT)
    kiosk.page.goto(kiosk.product.kiosk + "/building")
    kiosk.touch("#samples")
    assert violations(kiosk.page) == []
    kiosk.touch(f".way:text-is('{TYPED['titles_kk']}')")
    assert kiosk.heading == TYPED["titles_kk"] and violations(kiosk.page) == []
    with kiosk.page.expect_request(lambda one: one.url.endswith("/heartbeat") and "key=1" in (one.post_data or "")):
        kiosk.page.keyboard.press("ArrowDown")
    kiosk.page.emulate_media(media="print")
    assert kiosk.page.locator("#paragraph-2").is_visible() and not kiosk.page.locator("#print").is_visible()
