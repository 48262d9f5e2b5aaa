"""Every implementation of the three ports, each with the same people, so that the same can be asked of all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from flask import Flask
from sqlalchemy import update

from kiosk import clock
from kiosk.clinic.local_list import LocalList, importing
from kiosk.clinic.names import Names
from kiosk.clinic.places import find_organisation
from kiosk.clinic.ports import AttachmentRegister, DigitalDocuments, PersonRegistry
from kiosk.database import db, transaction
from kiosk.outside import Outside
from kiosk.outside.local_register import Chosen, LocalRegister, WithFallback
from tests.factories import HERE, Registers, Somebody
from tests.outside.conftest import Simulator
from tests.outside.people import ASKED_ABOUT

KINDS = ("gateway", "fake", "list", "gateway before list", "list behind silence")
STATE = KINDS[:2]
HEADER = "ИИН;Фамилия;Имя;Телефон;Участок;Дата прикрепления;Номер удостоверения;Срок удостоверения"


@dataclass(frozen=True)
class Asked:
    """Both registers of one kind; `silence` makes them fall silent, `is_list` says that a list answers."""

    persons: PersonRegistry
    attachments: AttachmentRegister
    silence: Callable[[], None]
    is_list: bool


class Service(Protocol):
    """A digital documents service, and the phone in its owner's hand."""

    port: DigitalDocuments

    def code(self, owner: Somebody) -> str:
        """The newest code on this phone."""

    def reply(self, owner: Somebody, text: str) -> None:
        """Answer the newest notification."""

    def show(self, owner: Somebody) -> str:
        """What the phone shows to a scanner."""


class Simulated:
    """The adapters, on the wire formats."""

    def __init__(self, simulator: Simulator, outside: Outside) -> None:
        self.port, self._simulator = outside.documents, simulator

    def code(self, owner: Somebody) -> str:
        return self._simulator.code(owner.phone)

    def reply(self, owner: Somebody, text: str) -> None:
        newest = self._simulator.messages(owner.phone, "notification")[-1]["id"]
        self._simulator.post(f"/api/messages/{newest}/reply", {"text": text})

    def show(self, owner: Somebody) -> str:
        asked = {"phone": owner.phone, "kind": "qr"}
        return str(self._simulator.post("/api/presentations", asked).json()["payload"])


class InMemory:
    """The fake of the page tests."""

    def __init__(self) -> None:
        self.port = Registers(*ASKED_ABOUT)

    def code(self, owner: Somebody) -> str:
        return next(one.code for one in reversed(self.port.requests) if one.iin == owner.iin)

    def reply(self, owner: Somebody, text: str) -> None:
        self.port.reply(agrees=text == "1")

    def show(self, owner: Somebody) -> str:
        self.port.shown["shown on the phone"] = owner.iin
        return "shown on the phone"


def registers(kind: str, simulator: Simulator, outside: Outside, app: Flask, folder: Path) -> Iterator[Asked]:
    """The registers of one of KINDS, inside the application where a list needs its database."""
    fake = Registers(*ASKED_ABOUT)
    with app.app_context():
        if kind == "gateway":
            yield Asked(outside.persons, outside.attachments, lambda: down(simulator), False)
        elif kind == "fake":
            yield Asked(fake, fake, lambda: fake.silent.update(("persons", "attachments")), False)
        else:
            listed = _listed(app, folder)
            chosen = {"list": listed}.get(kind) or WithFallback(Chosen(outside.persons, outside.attachments), listed)
            if kind == "list behind silence":
                down(simulator)
            yield Asked(chosen, chosen, lambda: silence(simulator), kind != "gateway before list")


def down(simulator: Simulator) -> None:
    for system in ("persons", "attachments"):
        simulator.fault(system, "down")


def silence(simulator: Simulator) -> None:
    """The state's registers are down, and no list holds."""
    down(simulator)
    with transaction() as work:
        work.execute(update(LocalList).values(made_current_at=None))


def _listed(app: Flask, folder: Path) -> LocalRegister:
    """The clinic's own list with those who are alive and attached here."""
    rows = [
        f"{one.iin};{one.surname};{one.name};{one.phone};7;01.02.2024;{one.number};{one.expires:%d.%m.%Y}"
        for one in ASKED_ABOUT
        if one.alive and one.attachments and one.kind == "identity_card"
    ]
    path = folder / "list.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    place = find_organisation(db.session(), HERE)
    assert place is not None
    with transaction() as work:
        list_id = importing.begin(work, place.id, date(2031, 3, 10), "test", {}, clock.now()).id
    importing.run(app.extensions["keys"], path, list_id, False, clock.now)
    return LocalRegister(app.extensions["keys"], place.id, place.code, Names(kk="Емхана", ru="Клиника", en="Clinic"))
