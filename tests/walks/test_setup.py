"""From an empty database to booking kiosks, and what becomes of the people booked there: only forms, in a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from kiosk import clock
from kiosk.app import create_app
from kiosk.config import from_environment
from kiosk.database import transaction
from kiosk.outside import connect
from tests.bookings import book_many, doctor_named
from tests.factories import Somebody
from tests.walks.bare import LOGIN, PASSWORD, Bare, bare
from tests.walks.conftest import CHROMIUM, PEOPLE, Product, Walk
from tests.walks.judge import WAIT, Judge, answer_of
from tests.walks.test_axe import violations

Begin = Callable[..., Walk]
MOST_FORMS = 60
ILL, SUBSTITUTE = "Дәрігер 12", "Дәрігер 15"
KINDS = ("district_therapist", "district_paediatrician", "general_practitioner")


def three(name: str, kk: str, ru: str, en: str) -> dict[str, str]:
    return {f"{name}_kk": kk, f"{name}_ru": ru, f"{name}_en": en}


def sixty_doctors(houses: list[str]) -> bytes:
    rows = ["name_kk,kind,building,room,floor,district,mon,tue,wed,thu,fri"]
    for place in range(60):
        week = ",".join(["09:00-13:00"] * 5)
        rows.append(
            f"Дәрігер {place},{KINDS[place % 3]},{houses[place // 10 % 2]},{100 + place},1,{place + 1:02},{week}"
        )
    return "\n".join(rows).encode()


@dataclass(frozen=True)
class Clinic:
    """A clinic that was set up by forms: how many, in which order the guide led, and what browsers keep of it."""

    bare: Bare
    forms: int
    steps: list[str]
    houses: list[str]
    kiosks: list[Any]
    desk: Any


@pytest.fixture(scope="module")
def product(clinic: Clinic) -> Product:
    """The product of this file: no demo."""
    return clinic.bare.product


@pytest.fixture(scope="module")
def clinic(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """Two buildings, sixty doctors, five kiosks, by the guide in Kazakh."""
    with bare(tmp_path_factory.mktemp("bare")) as running:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        chief = Judge(Walk(page, running.product, []), LOGIN, PASSWORD, running.totp_secret)
        chief.sign_in()
        steps, houses = [chief.next_step()], []
        chief.go(steps[-1])
        chief.send(**three("names", "№ 1 емхана", "Поликлиника № 1", "Clinic No. 1"), **ADDRESS)
        steps.append(chief.next_step())
        for name in ("Бас ғимарат", "Екінші ғимарат"):
            chief.go("/staff/buildings/new")
            facts = {"has_ramp": "yes", **three("about_ramp", "Кіреберісте", "У входа", "At the entrance")}
            chief.send(**three("names", name, name, name), **ADDRESS, **facts)
            houses.append(chief.path.split("/")[-1])
        steps.append(chief.next_step())
        chief.go(steps[-1])
        chief.send(kind="doctors", file=sixty_doctors(houses))
        chief.press("#next")
        steps.append(chief.next_step())
        glass = browser.new_context(viewport={"width": 1080, "height": 1920})
        kiosks = [enrolled(glass, chief, houses[place % 2], f"Терминал {place + 1}") for place in range(5)]
        steps.append(chief.next_step())
        desk = page.context.storage_state()
        page.context.close(), glass.close()
        yield Clinic(running, chief.sent + len(kiosks), steps, houses, kiosks, desk)


ADDRESS = three("address", "Абай даңғылы, 1", "проспект Абая, 1", "1 Abay Avenue")


def enrolled(glass: BrowserContext, chief: Judge, house: str, name: str) -> Any:
    """A new kiosk, whose browser types the one-time code on its own 403 page: what that browser then keeps."""
    chief.go("/staff/kiosks")
    chief.send(**three("names", name, name, name), building=house)
    ident = chief.path.split("/")[-1]
    chief.press("#code")
    code = chief.page.inner_text("#enrolment-code")
    glass.clear_cookies()
    page = glass.new_page()
    assert answer_of(page, chief.walk.product.kiosk + "/").status == 403
    type_code(page, code)
    assert page.url == chief.walk.product.kiosk + "/"
    page.close()
    return {"state": glass.storage_state(), "code": code, "ident": ident}


def type_code(page: Page, code: str) -> None:
    page.fill("#code", code)
    with page.expect_navigation():
        page.click("#next")


@pytest.fixture
def chief(stroll: Begin, clinic: Clinic) -> Judge:
    """The first administrator, still signed in."""
    walk = stroll(viewport={"width": 1280, "height": 900}, storage_state=clinic.desk)
    return Judge(walk, LOGIN, PASSWORD, clinic.bare.totp_secret)


@pytest.fixture
def kiosk(stroll: Begin, clinic: Clinic) -> Walk:
    """The first kiosk, switched on again."""
    return switched_on(stroll, clinic, 0)


def switched_on(stroll: Begin, clinic: Clinic, place: int) -> Walk:
    walk = stroll(storage_state=clinic.kiosks[place]["state"])
    walk.page.set_default_timeout(WAIT)
    return walk.open("kk")


def booked(kiosk: Walk, somebody: Somebody) -> str:
    """Somebody books the earliest time with the district doctor: two touches; the words of the ticket."""
    kiosk.scan(somebody)
    kiosk.touch("#next")
    kiosk.touch("#next")
    assert kiosk.page.url.endswith("/ticket")
    return kiosk.page.inner_text("main")


def test_sixty_forms_are_enough_for_a_clinic(clinic: Clinic, kiosk: Walk) -> None:
    guided = ["/staff/buildings", "/staff/buildings/new", "/staff/doctors/files", "/staff/kiosks", "/staff/kiosks"]
    assert clinic.steps == guided
    assert clinic.forms <= MOST_FORMS
    assert "Дәрігер 6" in booked(kiosk, PEOPLE["attached"])


def test_a_doctor_falls_ill_and_forty_patients_are_moved(clinic: Clinic, chief: Judge, kiosk: Walk) -> None:
    """In Russian, by forms; the thirty-nine others were booked before, in the database."""
    me = PEOPLE["robot0"]
    assert ILL in booked(kiosk, me)
    book_others(clinic, ILL, 39)
    chief.go("/staff")
    chief.press("button[name=language][lang=ru]")
    chief.go("/staff/schedules")
    chief.press(f"a:text-is('{ILL}')")
    chief.press("a[href$='/add/absence']")
    until = date.today() + timedelta(days=30)
    chief.send(
        first_day=date.today().isoformat(),
        last_day=until.isoformat(),
        reason="illness",
        substitute={"label": SUBSTITUTE},
    )
    assert chief.page.locator("section[aria-labelledby=concerned] li").count() == 40
    chief.press("#next")
    assert chief.page.locator("button[name=cancel]").count() == 40
    chief.press("#next")
    assert chief.page.locator("button[name=cancel]").count() == 0
    chief.go("/staff/to-tell")
    assert chief.page.locator("article").count() == 40
    assert chief.page.locator("article", has_text=SUBSTITUTE).count() == 40
    heard_first(kiosk.open("kk"), me, [ILL, SUBSTITUTE])
    chief.go("/staff/to-tell")
    assert chief.page.locator("article").count() == 39


def book_others(clinic: Clinic, name: str, count: int) -> None:
    settings = from_environment(clinic.bare.environment)
    app = create_app(settings, connect(settings))
    with app.app_context(), transaction() as work:
        assert len(book_many(work, app, doctor_named(work, name), count, now=clock.now())) == count


WEEKLY, LEAVES, FORBIDDEN = "Дәрігер 31", "Дәрігер 32", ("window", "buildings/new", "people")


def test_the_schedule_keeper_keeps_schedules_and_nothing_else(clinic: Clinic, chief: Judge, stroll: Begin) -> None:
    keeper, monday = new_keeper(chief, stroll), date.today() + timedelta(days=7 - date.today().weekday())
    keeper.go("/staff/schedules")
    keeper.press(f"a:text-is('{WEEKLY}')")
    for typed in (
        {"starts": "14:00", "ends": "16:30", "break_starts": "15:00", "break_ends": "15:30"},
        {"starts": "16:30", "ends": "17:30", "every_weeks": "2"},
    ):
        keeper.press("a[href$='/add/rule']")
        for weekday in range(5):
            keeper.page.check(f"[name=weekdays][value='{weekday}']")
        keeper.send(slot_minutes="10", kept_percent="50", valid_from=monday.isoformat(), **typed)
        assert violations(keeper.page) == [] and int(keeper.page.inner_text("#appear").rsplit(" ", 1)[1]) >= 6
        keeper.press("#next")
    assert keeper.page.locator("button[name=rule]").count() == 15
    book_others(clinic, LEAVES, 3)
    keeper.go("/staff/schedules")
    keeper.press(f"a:text-is('{LEAVES}')")
    keeper.press("a[href$='/add/absence']")
    last = date.today() + timedelta(days=9)
    keeper.send(
        first_day=date.today().isoformat(), last_day=last.isoformat(), reason="leave", substitute={"label": WEEKLY}
    )
    assert keeper.page.locator("section[aria-labelledby=concerned] li").count() == 3
    keeper.press("#next")
    keeper.press("#next")
    assert keeper.page.locator("button[name=cancel]").count() == 0
    keeper.go("/staff/day-lists")
    keeper.send(whose="all", day=(date.today() + timedelta(days=1)).isoformat())
    assert keeper.page.locator("section.sheet").count() == 60
    rows = ["id,weekday,starts,ends,slot_minutes", f"{doctor_id(keeper, WEEKLY)},1,25:00,26:00,15"]
    imported(keeper, rows)
    assert (
        keeper.page.locator("#notice code").first.inner_text() == "starts" and keeper.page.locator("#next").count() == 0
    )
    imported(keeper, [rows[0], rows[1].replace("25:00,26:00", "08:00,10:00")])
    assert violations(keeper.page) == []
    keeper.press("#next")
    keeper.go("/staff/schedules")
    keeper.press(f"a:text-is('{WEEKLY}')")
    assert keeper.page.locator("button[name=rule]").count() == 1
    for desk in FORBIDDEN:
        assert keeper.page.request.get(f"{keeper.walk.product.kiosk}/staff/{desk}").status == 403, desk


def new_keeper(chief: Judge, stroll: Begin) -> Judge:
    """The administrator makes an account for whoever keeps the schedules, who signs in."""
    chief.go("/staff/people")
    chief.send(login="schedules", password=PASSWORD, role="schedule_keeper")
    secret = chief.page.inner_text("#totp-secret")
    keeper = Judge(stroll(viewport={"width": 1280, "height": 900}), "schedules", PASSWORD, secret)
    keeper.sign_in("ru")
    return keeper


def doctor_id(judge: Judge, name: str) -> str:
    judge.go("/staff/schedules")
    return (judge.page.get_attribute(f"a:text-is('{name}')", "href") or "").split("/")[-1]


def imported(judge: Judge, rows: list[str]) -> None:
    judge.go("/staff/doctors/files")
    judge.send(kind="schedules", file="\n".join(rows).encode())


def heard_first(kiosk: Walk, somebody: Somebody, names: list[str]) -> None:
    """At the next identification the kiosk says the change before anything else, on the screen and aloud."""
    kiosk.scan(somebody)
    assert kiosk.page.locator("form[action='/attachment/told']").count() == 1
    aloud = kiosk.page.evaluate("document.querySelector('#spoken').innerHTML")
    for name in names:
        assert name in kiosk.page.inner_text("main") and name in aloud
    kiosk.touch("#next")
    assert kiosk.page.locator("form[action='/attachment/told']").count() == 0


def test_hours_changed_under_bookings_leave_nobody_untold(clinic: Clinic, chief: Judge, kiosk: Walk) -> None:
    people = [PEOPLE["second"], PEOPLE["walker0"], PEOPLE["walker1"]]
    for one in people:
        assert "Дәрігер 6" in booked(kiosk, one)
    chief.go(f"/staff/buildings/{clinic.houses[0]}")
    chief.send(**{f"opens_{weekday}": "12:45" for weekday in range(5)})
    listed = chief.page.locator("section[aria-labelledby=concerned] li")
    assert listed.count() >= len(people) and violations(chief.page) == []
    chief.press("#next")
    chief.go("/staff/to-tell")
    chief.press("#next")
    for one in people:
        assert chief.page.locator("article", has_text=one.surname).count()
        heard_first(kiosk.open("kk"), one, ["Дәрігер 6"])


def test_a_stolen_kiosk_is_revoked(clinic: Clinic, chief: Judge, kiosk: Walk, stroll: Begin) -> None:
    """Its next screen is the 403 page; what its visitor held is free again at once; the old code opens nothing."""
    stolen = switched_on(stroll, clinic, 4)
    held = offered(stolen, PEOPLE["robot1"])
    assert offered(kiosk, PEOPLE["robot2"]) != held
    chief.go(f"/staff/kiosks/{clinic.kiosks[4]['ident']}")
    chief.press("#revoke")
    assert offered(kiosk.open("kk"), PEOPLE["robot3"]) == held
    answer = answer_of(stolen.page, stolen.product.kiosk + "/confirm")
    assert answer.status == 403 and PEOPLE["robot1"].surname not in stolen.page.content()
    type_code(stolen.page, clinic.kiosks[4]["code"])
    assert stolen.page.locator("#notice").count() == 1, "a code works once"
    stolen.complaints[:] = [one for one in stolen.complaints if "403" not in one]


def test_a_kiosk_is_one_still_when_its_browser_starts_again(
    clinic: Clinic, chief: Judge, browser: Browser, tmp_path: Path
) -> None:
    """The profile of the lobby machine keeps the cookie that its code was given."""
    chief.go(f"/staff/kiosks/{clinic.kiosks[3]['ident']}")
    chief.press("#code")
    code, front = chief.page.inner_text("#enrolment-code"), clinic.bare.product.kiosk + "/"
    with profile(browser, tmp_path) as page:
        assert answer_of(page, front).status == 403
        type_code(page, code)
    with profile(browser, tmp_path) as page:
        assert answer_of(page, front).status == 200


@contextmanager
def profile(browser: Browser, folder: Path) -> Iterator[Page]:
    """A browser of its own that keeps its profile in `folder`."""
    kept = browser.browser_type.launch_persistent_context(folder, executable_path=CHROMIUM, args=["--no-sandbox"])
    yield kept.pages[0]
    kept.close()


def offered(kiosk: Walk, somebody: Somebody) -> str:
    """The time that is kept for somebody who was identified and wants to book."""
    kiosk.scan(somebody)
    kiosk.touch("#next")
    assert kiosk.page.url.endswith("/confirm")
    return kiosk.page.inner_text(".fact:nth-child(3)") + kiosk.page.inner_text(".fact:nth-child(4)")
