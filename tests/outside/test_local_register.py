"""The clinic's own list is asked what every register is asked; what it cannot know it never says."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from kiosk import clock
from kiosk.clinic.local_list import importing
from kiosk.clinic.obstacles import NotInList, RegisterSilent
from kiosk.clinic.places import find_organisation
from kiosk.clinic.ports import CARD_PRESENTED, LOCAL_LIST, AttachmentRegister, Basis, PersonRegistry
from kiosk.database import db, transaction
from kiosk.outside.local_register import LocalRegister
from tests.factories import HERE, Somebody

CARD = Basis(CARD_PRESENTED)
ME = Somebody(name="Ғазиза", sex="female", number="019999999")


@pytest.fixture
def register(app: Flask) -> LocalRegister:
    with app.app_context():
        place = find_organisation(db.session(), HERE)
        assert place is not None
        return LocalRegister(app.extensions["keys"], place.id, place.code, place.names)


@pytest.fixture
def loaded(app: Flask, register: LocalRegister, tmp_path: Path) -> LocalRegister:
    path = tmp_path / "list.csv"
    header = "ИИН;Фамилия;Имя;Отчество;Телефон;Участок;Дата прикрепления;Номер удостоверения;Срок удостоверения"
    row = f"{ME.iin};{ME.surname};{ME.name};Ілиясқызы;+77112223344;7;04.09.2023;{ME.number};{ME.expires:%d.%m.%Y}"
    path.write_text(f"{header}\r\n{row}", encoding="utf-8")
    with app.app_context():
        with transaction() as work:
            version = importing.begin(work, register.organisation_id, date(2031, 3, 10), "test", {}, clock.now())
            list_id = version.id
        importing.run(app.extensions["keys"], path, list_id, True, clock.now)
    return register


def test_a_person_is_described_as_the_list_has_them(app: Flask, loaded: LocalRegister) -> None:
    persons: PersonRegistry = loaded
    with app.app_context():
        answer = persons.find_person(ME.iin, CARD)
    assert answer is not None and answer.alive and answer.message_id
    assert answer.received_at.tzinfo is not None
    assert (answer.source, answer.as_of) == (LOCAL_LIST, date(2031, 3, 10))
    person = answer.person
    assert (person.iin, person.surname, person.name, person.patronymic) == (ME.iin, ME.surname, ME.name, "Ілиясқызы")
    assert (person.birth_date, person.sex, person.phone, person.children) == (ME.born, "female", "+77112223344", ())
    assert [(one.kind, one.number, one.expires, one.status) for one in answer.documents] == [
        ("identity_card", ME.number, ME.expires, "valid")
    ]


def test_an_attachment_is_told_whole(app: Flask, loaded: LocalRegister) -> None:
    attachments: AttachmentRegister = loaded
    with app.app_context():
        answer = attachments.get_attachments(ME.iin, CARD)
    (one,) = answer.attachments
    assert (one.status, one.organisation, one.district, one.since) == ("active", HERE, "07", date(2023, 9, 4))
    assert answer.message_id and answer.source == LOCAL_LIST and answer.as_of == date(2031, 3, 10)
    assert one.organisation_name and one.organisation_name != HERE


def test_somebody_it_does_not_have_is_neither_nobody_nor_attached_nowhere(app: Flask, loaded: LocalRegister) -> None:
    with app.app_context():
        for ask in (loaded.find_person, loaded.get_attachments):
            with pytest.raises(NotInList):
                ask(Somebody(running=500).iin, CARD)


def test_no_list_is_silence(app: Flask, register: LocalRegister) -> None:
    with app.app_context():
        for ask in (register.find_person, register.get_attachments):
            with pytest.raises(RegisterSilent):
                ask(ME.iin, CARD)
