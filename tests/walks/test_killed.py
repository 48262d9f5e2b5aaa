"""The simulator of the state systems is killed while people stand at every step: the kiosk goes on and refuses nobody."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.walks import wire
from tests.walks.conftest import PEOPLE, Product, started
from tests.walks.phone import Phone
from tests.walks.test_faults import UNAVAILABLE

BOOKED = "Сіз жазылдыңыз"


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: it loses its simulator for good."""
    (tmp_path / "var").mkdir()
    with started(tmp_path / "var", tmp_path / "people.json") as running:
        yield running


def kill_simulator(product: Product) -> None:
    """Kill what `make run` started first: the simulator's server, with all its workers."""
    children = Path(f"/proc/{product.process}/task/{product.process}/children").read_text().split()
    os.killpg(int(children[0]), signal.SIGKILL)


def test_the_simulator_is_killed_in_the_middle_of_each_step(product: Product) -> None:
    names = ("welcome", "attachment", "slot", "confirm", "document", "appointments", "mother")
    with ExitStack() as visits:
        at = {name: visits.enter_context(wire.at(product.kiosk)) for name in names}
        phone = Phone(product, PEOPLE["walker0"])
        for number, name in enumerate((*names[1:4], "appointments")):
            at[name].scan(PEOPLE[f"walker{1 + number}"].scan)
        at["slot"].press_text("Басқа күн немесе уақыт")
        at["confirm"].press("next")
        at["appointments"].press("next")
        at["appointments"].press("next")
        at["document"].get("/document")
        at["document"].post("/document", {"iin": phone.owner.iin})
        at["mother"].scan(PEOPLE["mother"].scan)
        kill_simulator(product)

        assert UNAVAILABLE in at["welcome"].scan(PEOPLE["walker5"].scan).words
        assert at["attachment"].press("next").path == "/confirm"
        assert BOOKED in at["attachment"].press("next").words
        assert at["slot"].press_text("наурыз").path == "/slot"
        assert at["slot"].press_value("slot").path == "/confirm"
        assert BOOKED in at["slot"].press("next").words
        assert BOOKED in at["confirm"].press("next").words
        assert at["document"].post("/document", {"code": "123456"}).status == 200
        assert at["document"].scan(phone.owner.scan).status == 200
        assert UNAVAILABLE in at["document"].page.words
        assert at["appointments"].get("/appointments").status == 200
        assert UNAVAILABLE in at["mother"].press_value("patient", "0").words
        for patient in at.values():
            told = patient.get("/help")
            assert told.status == 200 and "бекітілмегенсіз" not in told.words
        assert _refusals(product) == 0


def _refusals(product: Product) -> int:
    with sqlite3.connect(product.database) as database:
        return int(database.execute("SELECT count(*) FROM journal WHERE event = 'refused'").fetchone()[0])
