"""A sample document from the desk's form to the kiosk's glass, where the board then sees the key that was pressed."""

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
