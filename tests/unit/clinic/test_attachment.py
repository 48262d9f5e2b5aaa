"""Every row of the decision table: attached here, elsewhere, nowhere, asked for, twice."""

from datetime import date

import pytest

from kiosk.clinic.attachment import attached_here
from kiosk.clinic.obstacles import AttachmentPending, AttachmentsConflict, Obstacle
from kiosk.clinic.ports import Attachment, AttachmentAnswer
from kiosk.clinic.refusals import GROUNDS, DocumentUnreliable, NotAttachedHere, Refusal
from tests.factories import NOW

HERE, THERE = "our-clinic", "other-clinic"


def answer(*attachments: tuple[str, str]) -> AttachmentAnswer:
    found = tuple(Attachment(status, code, f"Name of {code}", "07", date(2024, 2, 1)) for status, code in attachments)
    return AttachmentAnswer(found, "register", "message", NOW)


@pytest.mark.parametrize(
    "attachments",
    [
        [("active", HERE)],
        [("active", HERE), ("requested", THERE)],
        [("requested", THERE), ("active", HERE)],
        [("active", HERE), ("ended", THERE)],
    ],
)
def test_attached_here(attachments: list[tuple[str, str]]) -> None:
    found = attached_here(answer(*attachments), HERE)
    assert (found.status, found.organisation, found.district) == ("active", HERE, "07")


@pytest.mark.parametrize("attachments", [[("active", THERE)], [("active", THERE), ("ended", HERE)]])
def test_attached_elsewhere_is_ground_two_and_names_the_clinic(attachments: list[tuple[str, str]]) -> None:
    with pytest.raises(NotAttachedHere) as refused:
        attached_here(answer(*attachments), HERE)
    assert refused.value.ground == 2
    assert (refused.value.organisation, refused.value.organisation_name) == (THERE, f"Name of {THERE}")


@pytest.mark.parametrize("attachments", [[], [("ended", HERE)]])
def test_attached_nowhere_is_ground_two_and_names_none(attachments: list[tuple[str, str]]) -> None:
    with pytest.raises(NotAttachedHere) as refused:
        attached_here(answer(*attachments), HERE)
    assert (refused.value.ground, refused.value.organisation) == (2, None)


@pytest.mark.parametrize(
    ("attachments", "obstacle"),
    [
        ([("requested", HERE)], AttachmentPending),
        ([("requested", THERE)], AttachmentPending),
        ([("active", THERE), ("requested", HERE)], AttachmentPending),
        ([("active", HERE), ("active", THERE)], AttachmentsConflict),
        ([("active", HERE), ("active", HERE)], AttachmentsConflict),
        ([("active", THERE), ("active", "third"), ("requested", HERE)], AttachmentsConflict),
    ],
)
def test_what_waits_or_is_the_registers_error_is_no_refusal(
    attachments: list[tuple[str, str]], obstacle: type[Obstacle]
) -> None:
    with pytest.raises(obstacle):
        attached_here(answer(*attachments), HERE)
    assert not issubclass(obstacle, Refusal)


def test_refusals_are_the_two_legal_grounds_and_nothing_else() -> None:
    kinds = Refusal.__subclasses__()
    assert {one.ground for one in kinds} == set(GROUNDS)
    assert set(kinds) == {DocumentUnreliable, NotAttachedHere}
    assert not set(kinds) & set(Obstacle.__subclasses__())
