"""What only the state's register of the attached population can be asked; test_ports asks what all are asked."""

import pytest

from kiosk.clinic.obstacles import PersonUnknown
from kiosk.clinic.ports import CARD_PRESENTED, AttachmentRegister, Basis
from kiosk.outside import Outside
from tests.outside import people

CARD = Basis(CARD_PRESENTED)


@pytest.fixture
def attachments(outside: Outside) -> AttachmentRegister:
    return outside.attachments


def test_an_attachment_is_told_whole(attachments: AttachmentRegister) -> None:
    answer = attachments.get_attachments(people.PLAIN["iin"], CARD)
    assert answer.message_id and answer.source
    assert answer.received_at.tzinfo is not None
    (one,) = answer.attachments
    assert (one.status, one.organisation, one.district) == ("active", people.HERE, "11")
    assert one.since == people.SINCE
    assert one.organisation_name and one.organisation_name != people.HERE


def test_a_request_is_no_attachment(attachments: AttachmentRegister) -> None:
    (one,) = attachments.get_attachments(people.REQUESTED["iin"], CARD).attachments
    assert (one.status, one.organisation) == ("requested", people.HERE)


def test_two_attachments_by_error_are_both_told(attachments: AttachmentRegister) -> None:
    found = attachments.get_attachments(people.TWICE_ATTACHED["iin"], CARD).attachments
    assert [(one.status, one.organisation) for one in found] == [
        ("active", people.HERE),
        ("active", people.ELSEWHERE),
    ]


def test_nobody_is_for_staff_and_never_attached_nowhere(attachments: AttachmentRegister) -> None:
    with pytest.raises(PersonUnknown):
        attachments.get_attachments(people.NOBODY, CARD)
