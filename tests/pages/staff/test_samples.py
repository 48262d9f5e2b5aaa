"""Sample documents: kept by staff in three languages, then read, heard and printed at the kiosk."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from kiosk.clinic.journal import JournalEntry
from kiosk.clinic.names import Names
from kiosk.clinic.places import Organisation
from kiosk.clinic.sample_documents import SampleDocument
from kiosk.database import db, transaction
from kiosk.demo.reading import clinic
from tests.client import Page, Patient
from tests.desk import Desk

TITLES = {"titles_kk": "Өтініш үлгісі", "titles_ru": "Образец заявления", "titles_en": "Sample application"}
TEXTS = {
    "texts_kk": "Бас дәрігерге.\r\n\r\nМені тіркеуіңізді сұраймын.",
    "texts_ru": "Главному врачу.\r\nПрошу прикрепить меня.",
    "texts_en": "To the head physician.\r\nPlease attach me.",
}


@pytest.fixture(autouse=True)
def without_the_demos_own(app: Flask) -> None:
    with app.app_context(), transaction() as work:
        work.execute(delete(SampleDocument))


def changes(app: Flask) -> list[JournalEntry]:
    with app.app_context():
        return list(db.session.scalars(select(JournalEntry).where(JournalEntry.event == "changed")))


def added(desk: Desk, **typed: Any) -> Page:
    desk.get("/staff/buildings/samples/new")
    return desk.fill(**{**TITLES, **TEXTS, **typed})


def spoken(page: Page) -> str:
    found = next(one for one in page.tree.iter("template") if one.get("id") == "spoken")
    return " ".join("".join(found.itertext()).split())


def test_a_sample_is_read_heard_and_printed_at_the_kiosk(app: Flask, patient: Patient) -> None:
    assert patient.get("/building").by_id("samples") is None
    desk = Desk(app, "organisation")
    assert added(desk).status == 200
    assert added(desk, titles_kk="Екінші үлгі").status == 200
    building = patient.get("/building")
    link = building.by_id("samples")
    assert link is not None
    listed = patient.get(link.get("href", ""))
    assert listed.words.index("Өтініш үлгісі") < listed.words.index("Екінші үлгі")
    first = next(one for one in listed.all("a") if "sample=" in one.get("href", ""))
    shown = patient.get(first.get("href", ""))
    assert "Мені тіркеуіңізді сұраймын." in shown.words and shown.by_id("print") is not None
    assert "Бас дәрігерге. Мені тіркеуіңізді сұраймын." in spoken(shown)
    assert "Прошу прикрепить меня." in patient.press_value("language", "ru").words
    assert changes(app)[-1].details["after"]["titles"]["kk"] == "Екінші үлгі"


def test_the_very_large_size_shows_it_part_by_part(app: Flask, patient: Patient) -> None:
    desk = Desk(app, "organisation")
    added(desk, texts_kk=" ".join(["сөз"] * 80))
    sample = patient.get("/samples").all("a")
    address = next(one.get("href", "") for one in sample if "sample=" in one.get("href", ""))
    patient.post("/preferences", {"page": "samples", "text_size": "5"})
    first = patient.get(address)
    assert first.by_id("paragraph-1") is not None and first.by_id("print") is None
    more = next(one.get("href", "") for one in first.all("a") if "more=1" in one.get("href", ""))
    assert address.split("?")[1] in more and patient.get(more).by_id("paragraph-1") is None


def test_without_paper_nothing_is_promised(app: Flask, patient: Patient) -> None:
    added(Desk(app, "organisation"))
    with app.app_context(), transaction() as work:
        organisation = work.scalars(select(Organisation).join(SampleDocument)).one()
        organisation.settings = {**organisation.settings, "paper": False}
    with app.app_context():
        ident = db.session.scalars(select(SampleDocument.id)).one()
    assert patient.get(f"/samples?sample={ident}").by_id("print") is None


def test_another_clinics_sample_is_not_shown(app: Flask, patient: Patient) -> None:
    names = Names("а", "б", "c")
    with app.app_context(), transaction() as work:
        other = Organisation(code="elsewhere", names=names, address=names, settings={})
        work.add(other)
        work.flush()
        theirs = SampleDocument(organisation_id=other.id, position=1, titles=names, texts=names)
        work.add(theirs)
        work.flush()
        ident = theirs.id
    asked = patient.get(f"/samples?sample={ident}")
    assert asked.by_id("print") is None and asked.by_id("paragraph-1") is None
    assert Desk(app, "organisation").get(f"/staff/buildings/samples/{ident}").status == 404


def test_what_was_typed_is_kept_and_every_language_is_asked_for(app: Flask) -> None:
    page = added(Desk(app, "organisation"), texts_en="", position="0")
    assert page.status == 400 and "Прошу прикрепить меня." in page.text
    for ident in ("texts_en", "position"):
        field = page.by_id(ident)
        assert field is not None and field.get("aria-invalid") == "true"
    assert changes(app) == []


def test_two_editors_are_noticed_and_a_removed_one_is_gone(app: Flask, patient: Patient) -> None:
    one, other = Desk(app, "organisation"), Desk(app, "organisation")
    added(one)
    with app.app_context():
        ident = db.session.scalars(select(SampleDocument.id)).one()
    path = f"/staff/buildings/samples/{ident}"
    one.get(path)
    other.get(path)
    assert one.fill(titles_ru="Первый").status == 200
    page = other.fill(titles_ru="Второй")
    assert page.status == 400 and "Второй" in page.text and "Первый" in patient_in_russian(patient).words
    one.get(path)
    assert one.fill("remove").status == 200
    assert changes(app)[-1].details["before"]["titles"]["ru"] == "Первый"
    assert patient.get("/building").by_id("samples") is None
    assert one.get(path).status == 404


def patient_in_russian(patient: Patient) -> Page:
    patient.get("/samples")
    return patient.press_value("language", "ru")


def test_an_auditor_looks_and_changes_nothing(app: Flask) -> None:
    added(Desk(app, "organisation"))
    with app.app_context():
        ident = db.session.scalars(select(SampleDocument.id)).one()
    desk = Desk(app, "auditor")
    page = desk.get(f"/staff/buildings/samples/{ident}")
    assert page.status == 200 and page.by_id("next") is None and page.by_id("remove") is None
    assert desk.post(f"/staff/buildings/samples/{ident}/remove", {}).status == 403


PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def test_a_page_is_uploaded_shown_and_taken_away(app: Flask, patient: Patient) -> None:
    """A picture is shown and printed beside its text; a text file takes the place of what was typed."""
    desk = Desk(app, "organisation")
    picture, text = (BytesIO(PNG), "page.png"), (BytesIO("Бірінші жол.\nЕкінші жол.".encode()), "page.txt")
    assert added(desk, texts_kk="", file_kk=text, file_ru=picture).status == 200
    with app.app_context():
        ident = db.session.scalars(select(SampleDocument.id)).one()
    shown = patient.get(f"/samples?sample={ident}")
    assert "Екінші жол." in shown.words and not shown.all("img")
    shown = patient.press_value("language", "ru")
    (image,) = [one for one in shown.all("img") if "language=ru" in one.get("src", "")]
    assert image.get("alt") and patient.client.get(image.get("src", "")).get_data() == PNG
    assert patient.client.get(f"/samples/page?sample={ident}&language=kk").status_code == 303
    assert set(changes(app)[-1].details["after"]["pages"]) == {"ru"}
    desk.get(f"/staff/buildings/samples/{ident}")
    assert desk.fill(without_ru="y").status == 200
    assert not patient.get(f"/samples?sample={ident}").all("img")


def test_a_file_that_cannot_be_read_aloud_is_refused_and_the_texts_stay(app: Flask) -> None:
    desk = Desk(app, "organisation")
    for content in (b"%PDF-1.7\x00\x01", "Кириллица".encode("cp1251"), PNG + bytes(300 * 1024)):
        page = added(desk, file_en=(BytesIO(content), "page.bin"))
        assert page.status == 400 and page.by_id("file_en").get("aria-invalid") == "true"  # type: ignore[union-attr]
        assert "Прошу прикрепить меня." in page.text
    assert changes(app) == []


def test_the_demo_has_a_sample_document(app: Flask) -> None:
    assert len(clinic()["samples"]) == 1
    for one in clinic()["samples"]:
        assert all(set(one[name]) == {"kk", "ru", "en"} for name in ("titles", "texts"))
