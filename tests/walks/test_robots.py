"""Robots, each given its own channel and nothing else, do the common task "Book" in Kazakh and in Russian."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.accessibility.panel import Panel
from tests.factories import Somebody
from tests.walks.conftest import PEOPLE, Product, Walk
from tests.walks.robots.by_touch import ByTouch
from tests.walks.robots.channels import Eyes, Finger, Switches, TremblingFinger
from tests.walks.robots.colour_blind import ColourBlind
from tests.walks.robots.deaf import Deaf
from tests.walks.robots.errand import A_DAY, Told, book, place
from tests.walks.robots.room import CLOCK, Room
from tests.walks.robots.slow import Slow, SlowListener
from tests.walks.robots.switches import OneSwitch, TwoSwitches
from tests.walks.robots.tremor import Tremor
from tests.walks.robots.very_large import VeryLarge
from tests.walks.robots.words import LANGUAGES, Words
from tests.walks.test_look import GLASSES, hang

Begin = Callable[..., Walk]
WORDS = {language: Words(language) for language in LANGUAGES}
_robots = iter([one for name, one in PEOPLE.items() if name.startswith("robot")])
BOTH = pytest.mark.parametrize("language", LANGUAGES)
BOOKED = {"kk": "Сіз жазылдыңыз", "ru": "Вы записаны"}
ERROR = {
    "kk": ("Құжат оқылмады", "қозғамаңыз"),
    "ru": ("Документ не прочитан", "не двигайте"),
}
REFUSAL = {"kk": "бекітілмегенсіз", "ru": "не прикреплены"}
BRING = {"kk": "жеке басыңызды куәландыратын құжат", "ru": "удостовер"}
HOW = {"kk": "осы терминалда", "ru": "у этого терминала"}
WEEKDAYS = {
    "kk": ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
}
MONTHS = {"kk": {3: "наурыз", 4: "сәуір"}, "ru": {3: "марта", 4: "апреля"}}
SIXTEEN_TIMES = (
    "document.addEventListener('DOMContentLoaded', () => { if (window.kioskAudio) window.kioskAudio.speed = 16; })"
)
AT_REST = {
    "data-text-size": "2", "data-theme": "default", "data-voice": "off", "data-switches": "off", "data-guard": "0",
    "data-dwell": "2", "data-pace": "100", "data-volume": "8",
}  # fmt: skip


@pytest.fixture
def walker() -> Somebody:
    """Somebody of the robots' own district who has no booking yet."""
    return next(_robots)


@pytest.fixture(scope="module", autouse=True)
def patience(product: Product) -> Iterator[None]:
    """Robots place many cards in ten minutes."""
    with sqlite3.connect(product.database, timeout=20) as database:
        before = database.execute("SELECT settings FROM kiosk").fetchone()[0]
        settings = json.dumps({**json.loads(before), "tries_per_ten_minutes": 1000})
        database.execute("UPDATE kiosk SET settings = ?", (settings,))
    yield
    with sqlite3.connect(product.database, timeout=20) as database:
        database.execute("UPDATE kiosk SET settings = ?", (before,))


def at_kiosk(stroll: Begin, **options: object) -> Walk:
    walk = stroll(has_touch=True, **options)
    walk.page.add_init_script(CLOCK)
    walk.page.goto(walk.product.kiosk + "/")
    return walk


def room(walk: Walk, me: Somebody, **more: Callable[..., None]) -> Room:
    cards = {
        "own": me.scan,
        "of somebody else's clinic": PEOPLE["elsewhere"].scan,
        "upside down": "I" + "<" * 88 + "1\r",
    }
    return Room(walk.page, walk.type_burst, cards=cards, **more)


def compare(walk: Walk, me: Somebody, told: Told, language: str) -> None:
    """What the robot tells is what the clinic's database holds, and the kiosk has forgotten the robot."""
    rows = appointments(walk.product, me)
    assert len([row for row in rows if row["status"] == "booked"]) == 1
    assert [row["status"] for row in rows] == ["moved", "cancelled", "booked"]
    assert told.error.count(ERROR[language][0]) >= 1 and ERROR[language][1] in told.error
    assert REFUSAL[language] in told.refusal and told.clinic and told.cancelled
    for said, row in zip(told.tickets, rows, strict=True):
        assert said["heading"] == BOOKED[language]
        agree(said, row, language)
    forgotten(walk, me)


def agree(said: dict[str, str], row: dict[str, str], language: str) -> None:
    """One ticket, fact by fact."""
    starts = datetime.fromisoformat(row["starts_at"]).astimezone(ZoneInfo("Asia/Almaty"))
    assert json.loads(row["names"])[language] in said["doctor"]
    assert WEEKDAYS[language][starts.weekday()] in said["day"].lower()
    assert str(starts.day) in said["day"] and MONTHS[language][starts.month] in said["day"]
    assert said["time"] == f"{starts:%H:%M}"
    assert row["room"] in said["where"] and str(row["floor"]) in said["where"].replace(row["room"], "")
    assert BRING[language] in said["bring"] and HOW[language] in said["cancel how"]


def appointments(product: Product, me: Somebody) -> list[dict[str, str]]:
    """All bookings that this robot's person made, in their order; found by the session's newest patient."""
    with sqlite3.connect(product.database, timeout=20) as database:
        database.row_factory = sqlite3.Row
        rows = database.execute(
            "SELECT a.status, a.starts_at || '+00:00' AS starts_at, d.names, d.room, d.floor FROM appointment a"
            " JOIN doctor d ON d.id = a.doctor_id WHERE a.channel = 'kiosk' AND a.patient_id ="
            " (SELECT patient_id FROM appointment WHERE channel = 'kiosk' ORDER BY id DESC LIMIT 1) ORDER BY a.id"
        ).fetchall()
    return [dict(row) for row in rows]


def forgotten(walk: Walk, me: Somebody) -> None:
    """All preferences are at rest, and nothing of the person is left in the page, its storage or its history."""
    page = walk.page
    assert page.url == walk.product.kiosk + "/"
    attributes = page.evaluate(
        "() => Object.fromEntries([...document.documentElement.attributes].map((a) => [a.name, a.value]))"
    )
    assert {name: attributes.get(name) for name in AT_REST} == AT_REST
    assert not {"data-reach", "data-curtain", "data-quiet"} & set(attributes)
    left = page.content()
    for private in (me.name, me.surname, me.iin, me.number):
        assert private not in left
    assert page.context.cookies() and not [one for one in page.context.cookies() if one["name"] == "visit"]


def visible_staff(product: Product) -> Callable[[str], None]:
    def answer(step: str) -> None:
        with sqlite3.connect(product.database, timeout=20) as database:
            database.execute(f"UPDATE help_call SET {step}_at = asked_at WHERE id = (SELECT max(id) FROM help_call)")

    return answer


@pytest.mark.row("D2", "D3", "E8", "A15", "F4")
@BOTH
def test_the_deaf_robot(stroll: Begin, walker: Somebody, language: str) -> None:
    walk = at_kiosk(stroll)
    page = walk.page
    around = room(walk, walker, _staff=visible_staff(walk.product))
    robot = Deaf(Eyes(page), Finger(page), around, WORDS[language])
    told = book(robot)
    assert "44" in told.notes["alert"]
    assert len({told.notes[name] for name in ("asked", "seen", "coming")}) == 3
    compare(walk, walker, told, language)


@pytest.mark.row("C5", "C6", "D1", "E3", "F4")
@BOTH
def test_the_robot_with_one_switch(stroll: Begin, walker: Somebody, language: str) -> None:
    walk = at_kiosk(stroll)
    robot = OneSwitch(Eyes(walk.page), Switches(walk.page, ("Digit1",)), room(walk, walker), WORDS[language])
    compare(walk, walker, book(robot), language)


@pytest.mark.row("C6", "F4")
@BOTH
def test_the_robot_with_two_switches(stroll: Begin, walker: Somebody, language: str) -> None:
    walk = at_kiosk(stroll)
    switches = Switches(walk.page, ("Digit2", "Digit1") if language == "kk" else ("Digit1", "Digit2"))
    compare(walk, walker, book(TwoSwitches(Eyes(walk.page), switches, room(walk, walker), WORDS[language])), language)


@pytest.fixture
def glass(product: Product, language: str) -> Iterator[Panel]:
    """In Kazakh the usual glass, in Russian one that is wider than tall."""
    hung = GLASSES[3] if language == "kk" else GLASSES[2]
    hang(product, hung)
    yield hung
    hang(product, GLASSES[3])


@pytest.mark.row("B4", "B5", "D1", "F4")
@BOTH
def test_the_robot_with_very_large_letters(stroll: Begin, walker: Somebody, language: str, glass: Panel) -> None:
    walk = at_kiosk(stroll, viewport={"width": glass.width, "height": glass.height})
    scrolled: list[float] = []
    walk.page.expose_function("kioskScrolled", lambda by: scrolled.append(by))
    walk.page.add_init_script("addEventListener('scroll', () => kioskScrolled(scrollY))")
    robot = VeryLarge(Eyes(walk.page), Finger(walk.page), room(walk, walker), WORDS[language])
    compare(walk, walker, book(robot), language)
    assert scrolled == []


@pytest.mark.row("C1", "C2", "C3", "C4", "E4", "F4")
@BOTH
def test_the_robot_whose_hand_trembles(stroll: Begin, walker: Somebody, language: str) -> None:
    walk = at_kiosk(stroll)
    pressed: list[str] = []
    walk.page.on("request", lambda asked: pressed.append(asked.url) if by_hand(asked) else None)
    finger = TremblingFinger(walk.page, GLASSES[3].mm)
    robot = Tremor(Eyes(walk.page), finger, room(walk, walker), WORDS[language])
    told = book(robot)
    compare(walk, walker, told, language)
    assert len(pressed) == robot.meant + 3, "one act for each press that was meant, and three cards"


@pytest.mark.row("D1", "D2", "D4", "D6", "D7", "D8", "D10", "F4")
@BOTH
def test_the_slow_robot(stroll: Begin, walker: Somebody, language: str) -> None:
    """In Kazakh it dawdles through 25 questions; in Russian the voice speaks at half its pace meanwhile."""
    walk = at_kiosk(stroll)
    gone: list[float] = []

    def elsewhere(seconds: float) -> None:
        gone.append(seconds)
        walk.product.tell("/api/clock", {"advance": seconds})

    slow = Slow if language == "kk" else SlowListener
    if slow is SlowListener:
        walk.page.add_init_script(SIXTEEN_TIMES)
    robot = slow(Eyes(walk.page), Finger(walk.page), room(walk, walker, _elsewhere=elsewhere), WORDS[language])
    robot.rival = lambda: wanted_by(stroll, next(_robots), language)
    try:
        told = book(robot)
        compare(walk, walker, told, language)
    finally:
        walk.product.tell("/api/clock", {"advance": -sum(gone)})
    assert robot.extended == (25 if language == "kk" else 1)
    assert ("2 минут" if language == "kk" else "5 минут") in told.notes["time"]
    assert told.tickets[0]["time"] not in told.notes["offered to the other"]


def wanted_by(stroll: Begin, quick: Somebody, language: str) -> list[str]:
    """What a second person, ten times quicker, is offered at the same doctor on the same day meanwhile."""
    walk = at_kiosk(stroll)
    robot = ByTouch(Eyes(walk.page), Finger(walk.page), room(walk, quick), WORDS[language])
    robot.prepare()
    place(robot, "own")
    robot.choose(robot.words["another day"])
    robot.choose(A_DAY, 1)
    offered = robot.read()
    robot.leave()
    return offered


def by_hand(asked: object) -> bool:
    """Whether a request answers an act: a page asked for, or a part of one; not what follows by itself."""
    follows = asked.redirected_from is not None  # type: ignore[attr-defined]
    return not follows and (asked.is_navigation_request() or "hx-request" in asked.headers)  # type: ignore[attr-defined]


@pytest.mark.row("B10", "A15", "F4")
@BOTH
def test_the_colour_blind_robot(stroll: Begin, walker: Somebody, language: str) -> None:
    walk = at_kiosk(stroll)
    eyes = walk.page.context.new_cdp_session(walk.page)
    eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
    robot = ColourBlind(Eyes(walk.page), Finger(walk.page), room(walk, walker), WORDS[language])
    robot.theme = 0 if language == "kk" else 2
    compare(walk, walker, book(robot), language)
