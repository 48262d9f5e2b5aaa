"""The blind robot at the kiosk, in Kazakh and Russian: book, mend an error, wait, move, cancel, be refused."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from kiosk.accessibility.keypad import key_table
from kiosk.accessibility.speech import speakable
from kiosk.accessibility.voices import VoiceTable
from tests.factories import Somebody
from tests.walks.conftest import PEOPLE, Product, Walk
from tests.walks.ear import Ear, seconds
from tests.walks.golden import golden
from tests.walks.robots.blind import Blind, Learnt
from tests.walks.robots.listening import Moment
from tests.walks.test_keys import CLOCK
from tests.walks.test_voice import ALMATY

Begin = Callable[..., Walk]
KEYS = {function: codes[0] for function, codes in key_table().items() if codes}
FIVE = {
    "up": KEYS["previous_item"],
    "down": KEYS["next_item"],
    "left": KEYS["previous_screen"],
    "right": KEYS["next_screen"],
    "select": KEYS["select"],
}
USUAL = {"textSize": "2", "theme": "default", "voice": "off", "pace": "100", "volume": "8", "switches": "off"}
APPOINTMENT = """SELECT doctor.names, appointment.starts_at, doctor.room, doctor.floor, appointment.status
FROM appointment JOIN doctor ON doctor.id = appointment.doctor_id
WHERE appointment.channel = 'kiosk' ORDER BY appointment.id DESC LIMIT 1"""


@dataclass
class Ways:
    """What the robot is given of the kiosk: five keys, a jack, cards and time; and its ear."""

    walk: Walk
    ear: Ear
    owner: Somebody

    def press(self, key: str) -> list[str]:
        return self.ear.press(FIVE[key])

    def tap(self, key: str) -> None:
        self.ear.keys += 1
        self.walk.page.wait_for_timeout(70)
        self.walk.page.keyboard.press(FIVE[key])

    def plug(self) -> list[str]:
        return self.ear.plug(KEYS["jack_in"])

    def place(self, card: str) -> list[str]:
        self.ear.forget()
        self.ear.carded = len(self.ear.heard_so_far)
        if card == "unreadable":
            self.walk.type_burst("NOTACARDATALL\r")
        else:
            self.walk.scan(self.owner if card == "mine" else PEOPLE[card])
        return self.ear.listen()

    def wait(self, seconds: int) -> list[str]:
        self.ear.forget()
        self.walk.page.evaluate("(ms) => kioskClock.advance(ms)", seconds * 1000)
        return self.ear.listen()

    def since(self, before: int) -> list[str]:
        return self.ear.heard_so_far[before:]


def stands(product: Product, language: str, learnt: Learnt) -> str:
    """Demand that what was learnt is what the database holds; give the status of the appointment."""
    with sqlite3.connect(product.database) as database:
        names, starts_at, room, floor, status = database.execute(APPOINTMENT).fetchone()
    when = datetime.fromisoformat(starts_at).replace(tzinfo=UTC).astimezone(ALMATY)
    assert learnt.doctor == speakable(json.loads(names)[language], language)
    assert learnt.when == Moment(when.weekday(), when.day, when.month, when.hour, when.minute)
    assert (learnt.room, learnt.floor) == (int(room), floor)
    return str(status)


def status(product: Product) -> str:
    with sqlite3.connect(product.database) as database:
        return str(database.execute(APPOINTMENT).fetchone()[4])


def left(walk: Walk, robot: Blind) -> None:
    """The visit has ended: the welcome screen stands there, with everything as it usually is."""
    with walk.page.expect_navigation():
        robot.leave()
    walk.page.wait_for_load_state("load")
    assert walk.page.url == walk.product.kiosk + "/"
    now = walk.page.evaluate("() => ({ ...document.documentElement.dataset })")
    assert {name: now[name] for name in USUAL} == USUAL


@pytest.mark.row("A2", "A9", "A15", "A16", "C5", "C13", "D3", "F4", "F5", "F7")
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_blind_robot(
    stroll: Begin, product: Product, walker: Somebody, language: str, record_property: Callable[[str, object], None]
) -> None:
    walk = stroll()
    ear = Ear.at(walk.page)
    walk.page.add_init_script(CLOCK)
    walk.page.set_default_timeout(60_000)
    walk.open()
    ways = Ways(walk, ear, walker)
    robot = Blind(ways, language)

    robot.arrive()
    assert ear.private == [], "nothing private before the card"
    stands(product, language, robot.book())
    assert ear.keys <= 25
    spoken = ear.heard_so_far[ear.carded :]
    table = VoiceTable()
    mandatory = seconds(lambda code, text: table.speak(code, text).data, [(language, text) for text in spoken])
    record_property(f"keys and seconds of mandatory speech, {language}", (ear.keys, round(mandatory)))
    assert mandatory <= 150
    golden("book", language, ear.heard_so_far, walker.name)
    left(walk, robot)

    robot.arrive()
    before = len(ear.heard_so_far)
    robot.mend_a_bad_card()
    golden("error", language, ways.since(before), walker.name)
    robot.return_to_bookings()
    asked = len(ear.heard_so_far)
    assert robot.wait_and_stay() == [45, 30, 15, 5]
    golden("idle", language, ways.since(asked), walker.name)
    assert stands(product, language, robot.move()) == "booked"
    robot.cancel()
    assert status(product) == "cancelled"
    left(walk, robot)

    robot.arrive()
    before = len(ear.heard_so_far)
    robot.hear_a_refusal()
    golden("refusal", language, ways.since(before), walker.name)
    assert walk.page.evaluate("() => kioskEar.worst") == 1
