"""The legal texts are the official ones, word for word, and each day has one edition."""

from dataclasses import FrozenInstanceError, fields
from datetime import date, timedelta

import pytest

from kiosk.clinic import legal
from kiosk.clinic.names import LANGUAGES
from kiosk.clinic.refusals import GROUNDS

TODAY = date(2026, 11, 20)
# As printed in the standard, row 9, with its numbering and closing signs.
PRINTED = {
    (1, "kk"): """1)мемлекеттік қызметті алу үшін көрсетілетін қызметті алушы ұсынған құжаттардың және (немесе)
        олардағы деректердің (мәліметтердің) анық еместігін анықтау;""",
    (1, "ru"): """1) установление недостоверности документов, представленных пациентом для получения
        государственной услуги, и (или) данных (сведений), содержащихся в них;""",
    (2, "kk"): """2) "Медициналық-санитариялық алғашқы көмек көрсететін денсаулық сақтау ұйымдарына жеке тұлғаларды
        бекіту қағидаларын бекіту туралы" Қазақстан Республикасы Денсаулық сақтау министрінің 2020 жылғы
        13 қарашадағы № ҚР ДСМ-194/2020 бұйрығына (нормативтік құқықтық актілерді мемлекеттік тіркеу тізілімінде
        № 21642 болып тіркелген) сәйкес медициналық-санитариялық алғашқы көмек көрсететін осы медициналық ұйымға
        бекітілмеуі.""",
    (2, "ru"): """2) отсутствие прикрепления к данной медицинской организации, оказывающей первичную
        медико-санитарную помощь согласно приказу Министра здравоохранения Республики Казахстан от 13 ноября
        2020 года № ҚР ДСМ-194/2020 "Об утверждении правил прикрепления физических лиц к организациям
        здравоохранения, оказывающим первичную медико-санитарную помощь" (зарегистрирован в Реестре
        государственной регистрации нормативных правовых актов под № 21642).""",
}


def normalised(text: str) -> str:
    return " ".join(text.split()).removeprefix("1)").removeprefix("2)").strip().rstrip(";.")


@pytest.mark.parametrize(("number", "language"), PRINTED)
def test_a_ground_is_the_standards_own_text(number: int, language: str) -> None:
    ground = legal.edition_on(TODAY).ground(number)
    shown = getattr(ground, language)
    assert shown == normalised(PRINTED[number, language])
    assert ground.number == number


def test_there_are_exactly_the_two_grounds_and_no_english_ones() -> None:
    grounds = legal.edition_on(TODAY).grounds
    assert tuple(ground.number for ground in grounds) == GROUNDS
    assert {field.name for field in fields(legal.Ground)} == {"number", "kk", "ru"}


def test_an_unknown_ground_is_an_error() -> None:
    with pytest.raises(LookupError):
        legal.edition_on(TODAY).ground(3)


def test_the_version_fits_the_journal_and_names_order_and_edition() -> None:
    edition = legal.edition_on(TODAY)
    assert edition.version == "ҚР ДСМ-90/2021-08-24, ред. 2026-01-02"
    assert all(len(one.version) <= 80 for one in legal.editions())
    assert edition.order.number in edition.version
    assert edition.order.day.isoformat() in edition.version
    assert edition.amended_up_to.isoformat() in edition.version


def test_the_first_edition_begins_with_the_order_and_nothing_holds_before() -> None:
    first = legal.editions()[0]
    assert legal.edition_on(first.valid_from) is first
    with pytest.raises(LookupError):
        legal.edition_on(first.valid_from - timedelta(days=1))


def test_editions_begin_on_different_days_and_the_latest_begun_holds() -> None:
    begins = [edition.valid_from for edition in legal.editions()]
    assert begins == sorted(set(begins))
    assert legal.edition_on(date(2100, 1, 1)) is legal.editions()[-1]


def test_a_later_edition_holds_from_its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    old = legal.editions()[0]
    new = legal.Edition(**{**vars(old), "valid_from": date(2027, 1, 1), "version": "new"})
    monkeypatch.setattr(legal, "editions", lambda: (old, new))
    assert legal.edition_on(date(2026, 12, 31)) is old
    assert legal.edition_on(date(2027, 1, 1)) is new


def test_staff_are_warned_from_the_day_the_text_may_have_changed() -> None:
    edition = legal.edition_on(TODAY)
    assert not edition.is_due_for_review(date(2026, 12, 31))
    assert edition.is_due_for_review(date(2027, 1, 1))


def test_orders_carry_their_numbers_in_both_languages() -> None:
    edition = legal.edition_on(TODAY)
    for order in (edition.order, edition.attachment_order):
        assert f"№ {order.number}" in order.kk
        assert f"№ {order.number}" in order.ru
        assert str(order.day.year) in order.kk
    assert (edition.attachment_order.number, edition.attachment_order.registration) == ("ҚР ДСМ-194/2020", 21642)


def test_limits_and_contacts_are_those_of_the_service() -> None:
    edition = legal.edition_on(TODAY)
    assert edition.limits == legal.Limits(10, 10, 10, 30)
    assert edition.contacts == legal.Contacts("1414", "8 800 080 7777", "103")


def test_the_complaint_route_has_three_steps_in_every_language() -> None:
    steps = legal.edition_on(TODAY).complaint
    assert len(steps) == 3
    assert all("91" in steps[-1].in_(language) for language in LANGUAGES)
    assert all(step.in_(language).endswith(".") for step in steps for language in LANGUAGES)


def test_an_edition_is_read_once_and_cannot_be_changed() -> None:
    edition = legal.edition_on(TODAY)
    assert legal.edition_on(TODAY) is edition
    with pytest.raises(FrozenInstanceError):
        edition.version = "other"  # type: ignore[misc]
