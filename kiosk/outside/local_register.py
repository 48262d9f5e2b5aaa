"""The clinic's own list in place of the state registers, alone or where they are silent."""

from dataclasses import dataclass

from kiosk.clinic.kiosk_settings import GATEWAY, LOCAL
from kiosk.clinic.local_list import LocalList, Member, find_current, find_member
from kiosk.clinic.names import Names
from kiosk.clinic.obstacles import NotInList, RegisterSilent
from kiosk.clinic.places import Organisation
from kiosk.clinic.ports import (
    LOCAL_LIST,
    Attachment,
    AttachmentAnswer,
    AttachmentRegister,
    Basis,
    Person,
    PersonAnswer,
    PersonRegistry,
    Registers,
)
from kiosk.database import db
from kiosk.sealing import Keys


@dataclass(frozen=True)
class LocalRegister:
    """Fulfils PersonRegistry and AttachmentRegister for one clinic; it knows nobody's children and no deaths."""

    keys: Keys
    organisation_id: int
    code: str
    names: Names

    def find_person(self, iin: str, basis: Basis) -> PersonAnswer:
        """What the list says of this IIN; raises NotInList, or RegisterSilent while there is no list."""
        version, member = self._find(iin)
        person = Person(
            member.iin, member.surname, member.name, member.patronymic, member.birth_date, member.sex, member.phone
        )
        return PersonAnswer(
            person, member.documents, True, _message(version), version.imported_at, LOCAL_LIST, version.as_of
        )

    def get_attachments(self, iin: str, basis: Basis) -> AttachmentAnswer:
        """The attachment that the list stands for; raises NotInList, or RegisterSilent while there is no list."""
        version, member = self._find(iin)
        attachment = Attachment("active", self.code, self.names.kk, member.district, member.since)
        return AttachmentAnswer((attachment,), LOCAL_LIST, _message(version), version.imported_at, version.as_of)

    def _find(self, iin: str) -> tuple[LocalList, Member]:
        version = find_current(db.session(), self.organisation_id)
        if version is None:
            raise RegisterSilent(LOCAL_LIST)
        member = find_member(db.session(), self.keys, version.id, iin)
        if member is None:
            raise NotInList
        return version, member


@dataclass(frozen=True)
class WithFallback:
    """The gateway's registers, and the clinic's list exactly while they are silent."""

    gateway: Registers
    local: LocalRegister

    def find_person(self, iin: str, basis: Basis) -> PersonAnswer | None:
        """Fulfils PersonRegistry; silence stays silence for somebody who is not in the list."""
        try:
            return self.gateway.persons.find_person(iin, basis)
        except RegisterSilent as silent:
            try:
                return self.local.find_person(iin, basis)
            except (NotInList, RegisterSilent):
                raise silent from None

    def get_attachments(self, iin: str, basis: Basis) -> AttachmentAnswer:
        """Fulfils AttachmentRegister; silence stays silence for somebody who is not in the list."""
        try:
            return self.gateway.attachments.get_attachments(iin, basis)
        except RegisterSilent as silent:
            try:
                return self.local.get_attachments(iin, basis)
            except (NotInList, RegisterSilent):
                raise silent from None


@dataclass(frozen=True)
class Chosen:
    """The registers that one clinic goes by."""

    persons: PersonRegistry
    attachments: AttachmentRegister


def choose(gateway: Registers, keys: Keys, organisation: Organisation, registers: str) -> Registers:
    """The registers for `organisation` by its setting: gateway, local, or gateway_with_fallback."""
    if registers == GATEWAY:
        return gateway
    local = LocalRegister(keys, organisation.id, organisation.code, organisation.names)
    both = local if registers == LOCAL else WithFallback(gateway, local)
    return Chosen(both, both)


def _message(version: LocalList) -> str:
    return f"local-list-{version.id}"
