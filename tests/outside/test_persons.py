"""What only the state's persons register can be asked; test_ports asks what all are asked."""

from datetime import date
from typing import Any

import pytest

from kiosk.clinic.obstacles import RegisterSilent
from kiosk.clinic.ports import CARD_PRESENTED, CONSENT_GIVEN, Basis, PersonRegistry
from kiosk.outside import Outside
from tests.outside import people
from tests.outside.conftest import Simulator

CARD = Basis(CARD_PRESENTED)


@pytest.fixture
def persons(outside: Outside) -> PersonRegistry:
    return outside.persons


def test_a_person_is_described_as_the_register_has_them(persons: PersonRegistry) -> None:
    answer = persons.find_person(people.PLAIN["iin"], CARD)
    assert answer is not None
    assert answer.alive
    assert answer.message_id
    assert answer.received_at.tzinfo is not None
    person = answer.person
    assert (person.iin, person.surname, person.name) == (people.PLAIN["iin"], "Өтегенова1", "Ғазиза")
    assert (person.patronymic, person.birth_date, person.sex) == ("Ілиясқызы", date(1973, 2, 14), "female")
    assert person.phone == people.PLAIN["phone"]
    assert person.children == (people.CHILD["iin"], people.GROWN_UP["iin"])
    (document,) = answer.documents
    assert (document.kind, document.number) == ("identity_card", "314150001")
    assert (document.expires, document.status) == (people.EXPIRES, "valid")


@pytest.mark.parametrize(
    ("who", "kind", "status"),
    [
        (people.REPLACED, "identity_card", "replaced"),
        (people.EXPIRED, "identity_card", "expired"),
        (people.PASSPORT, "passport", "valid"),
        (people.CHILD, "birth_certificate", "valid"),
    ],
)
def test_documents_keep_kind_and_status(persons: PersonRegistry, who: dict[str, Any], kind: str, status: str) -> None:
    answer = persons.find_person(who["iin"], CARD)
    assert answer is not None
    assert [(one.kind, one.status) for one in answer.documents] == [(kind, status)]


def test_somebody_without_documents_children_and_patronymic(persons: PersonRegistry) -> None:
    answer = persons.find_person(people.PAPERLESS["iin"], CARD)
    assert answer is not None and answer.documents == ()
    sparse = persons.find_person(people.SPARSE["iin"], CARD)
    assert sparse is not None
    assert (sparse.person.patronymic, sparse.person.phone, sparse.person.children) == ("", "", ())
    assert sparse.documents[0].expires is None


def test_an_unknown_code_is_silence_and_no_doubt_about_the_document(persons: PersonRegistry) -> None:
    with pytest.raises(RegisterSilent):
        persons.find_person(people.FOREIGN_STATUS["iin"], CARD)


def test_every_question_has_its_own_message_id(persons: PersonRegistry) -> None:
    answers = [persons.find_person(people.PLAIN["iin"], CARD) for _ in range(2)]
    assert len({one.message_id for one in answers if one}) == 2


def test_a_consent_opens_its_owner_and_the_owners_children_under_18_only(
    outside: Outside, simulator: Simulator
) -> None:
    iin, phone = people.PLAIN["iin"], people.PLAIN["phone"]
    asked = outside.documents.request_consent(iin)
    given = outside.documents.submit_code(asked.request_id, simulator.code(phone)).token
    assert given is not None
    basis = Basis(CONSENT_GIVEN, given.token, given.public_key)
    answer = outside.persons.find_person(iin, basis)
    assert answer is not None and answer.person.iin == iin
    child = outside.persons.find_person(people.CHILD["iin"], basis)
    assert child is not None and child.person.name == people.CHILD["name"]
    for stranger in (people.REPLACED, people.GROWN_UP):
        with pytest.raises(RegisterSilent):
            outside.persons.find_person(stranger["iin"], basis)
    simulator.advance(11 * 60)
    for owned in (iin, people.CHILD["iin"]):
        with pytest.raises(RegisterSilent):
            outside.persons.find_person(owned, basis)
