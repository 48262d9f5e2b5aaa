"""Every reason for "not now": none of them is a refusal of the service, and none is journalled as one."""


class Obstacle(Exception):
    """Something stands between the patient and the next step; each door has a sentence for each kind."""


class CardUnreadable(Obstacle):
    """The scanned text is no document: a reading error, to be tried again."""


class NumberWrong(Obstacle):
    """A typed IIN or document number cannot be right; `field` names the input."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class DocumentNumberNeeded(Obstacle):
    """The barcode gave only the IIN, and the IIN alone never identifies."""


class ForeignNumber(Obstacle):
    """An IIN with 0 as its seventh digit: staff."""


class PersonUnknown(Obstacle):
    """The register knows no such person: staff."""


class PersonDeceased(Obstacle):
    """The register says this person has died: staff, gently."""


class DocumentExpired(Obstacle):
    """Past its date; the standard does not list that as a ground: staff."""


class DocumentDoubted(Obstacle):
    """The register calls the document replaced or invalid: a candidate for ground 1, which waits for staff."""


class DocumentDiffers(Obstacle):
    """The document's data differ from the register's: a candidate for ground 1, which waits for staff."""


class ConsentOver(Obstacle):
    """The consent that the question would rest on has ended: another one can be asked for."""


class RegisterSilent(Obstacle):
    """A state system is slow, down or makes no sense; `system` is its short name."""

    def __init__(self, system: str) -> None:
        super().__init__(system)
        self.system = system


class NotInList(Obstacle):
    """The clinic's own list does not have this person; a list may be late, so this is never ground 2: staff."""


class CardItselfNeeded(Obstacle):
    """Only the list was asked, and it knows no document number: the card must be read, typed numbers prove nothing."""


class CodeIncomplete(Obstacle):
    """What was typed is not a code of the right length: it costs no try."""


class CodeWrong(Obstacle):
    """The gate did not accept this code; there are tries left."""


class CodeRepeated(Obstacle):
    """A code that was not accepted was typed again: it costs no try."""


class CodeLate(Obstacle):
    """The code's time has gone by: another can be sent."""


class CodeSpent(Obstacle):
    """No try is left for this code: another can be sent."""


class NoMoreCodes(Obstacle):
    """As many codes were sent as may be: the card."""


class SentJustNow(Obstacle):
    """The last code was sent less than a minute ago: another one would only confuse."""


class OwnerRefused(Obstacle):
    """The owner answered no: their right, and no refusal of the service."""


class NotInCitizensBase(Obstacle):
    """No phone of this IIN is in the base of mobile citizens: the card, or registering first."""


class PhoneChanged(Obstacle):
    """The message went to a number that is not this person's any more: the card, and correcting the number."""


class DocumentForeign(Obstacle):
    """The code or consent opened another person's document than the one that was asked for."""


class NoDigitalDocument(Obstacle):
    """The service has neither identity card nor passport of this person."""


class PresentationUnknown(Obstacle):
    """The shown code is unknown, used or too old: a new one can be shown."""


class AttachmentPending(Obstacle):
    """Attachment to this clinic was asked for and is being considered (1 working day)."""


class AttachmentsConflict(Obstacle):
    """More than one active attachment, by error of the register: staff."""


class ChildNeedsStaff(Obstacle):
    """This child cannot be seen through the kiosk (no longer in the register, or not a child): staff."""


class NoFreeTime(Obstacle):
    """No free time within the horizon."""


class SlotTaken(Obstacle):
    """Another person was faster."""


class SlotPast(Obstacle):
    """The time has gone by, or begins too soon."""


class SlotWithdrawn(Obstacle):
    """The clinic took this time out of the schedule."""


class SlotUnknown(Obstacle):
    """No such time with the doctors this person may see here."""


class AlreadyBooked(Obstacle):
    """The patient has an active appointment with a doctor of this kind."""


class PatientBusy(Obstacle):
    """The patient has another appointment at that very time."""


class AppointmentUnknown(Obstacle):
    """No such active appointment of this patient."""


class AppointmentStarted(Obstacle):
    """The appointment has begun or is over: nothing left to move or cancel."""


class CardNeeded(Obstacle):
    """Identified by number: moving or cancelling earlier bookings needs the card or the digital document."""


class VisitEnded(Obstacle):
    """The visit was over before this arrived."""


class TooManyTries(Obstacle):
    """The kiosk's limit on identifications is reached."""
