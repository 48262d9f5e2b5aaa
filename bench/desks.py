"""Every page of the staff door after a year, asked in this process: milliseconds, and beside Flask's hello."""

import resource
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench import bare, year
from kiosk import clock
from kiosk.app import create_app
from kiosk.clinic import recounting
from kiosk.clinic.journal import broken_links
from kiosk.database import db
from kiosk.outside import Outside
from kiosk.staff import charts
from tests.conftest import settings_for
from tests.desk import Desk
from tests.factories import NOW, Registers, Somebody

LIMIT = 100
PAGES = (
    "/staff",
    "/staff/window",
    "/staff/window/decisions",
    "/staff/calls",
    "/staff/calls/badge",
    "/staff/to-tell",
    "/staff/journal",
    "/staff/journal?day={today}",
    "/staff/journal?first={year}&last={today}",
    "/staff/journal?doctor=7",
    "/staff/journal?doctor=7&event=cancelled&first={year}&last={winter}",
    "/staff/journal?channel=phone&event=refused",
    "/staff/journal?channel=command",
    "/staff/journal?channel=command&first={year}&last={winter}",
    "/staff/journal?number=50000",
    "/staff/journal?before=2000&doctor=7",
    "/staff/journal/150000",
    "/staff/schedules",
    "/staff/schedules/7",
    "/staff/doctors",
    "/staff/doctors/7",
    "/staff/doctors/districts",
    "/staff/day-lists",
    "/staff/buildings",
    "/staff/buildings/1",
    "/staff/buildings/1/days",
    "/staff/kiosks",
    "/staff/kiosks/1",
    "/staff/figures",
    "/staff/figures?first={year}&last={today}",
    "/staff/figures?first={year}&last={today}&kiosk=2&language=kk",
    "/staff/people",
    "/staff/unconfirmed",
    "/staff/legal",
)


def desks(times: int = 9) -> None:
    """Build the year, then ask for every page."""
    hello = bare.app.test_client()
    floor = _cost(lambda: hello.get("/"), 200)
    with tempfile.TemporaryDirectory() as folder:
        registers = Registers()
        clock.now = lambda: NOW  # type: ignore[assignment]
        app = create_app(settings_for(Path(folder)), Outside(registers, registers, registers))
        begun = time.perf_counter()
        year.build(app, NOW)
        print(f"\nstaff door after a year of {year.ENTRIES:,} entries (made in {time.perf_counter() - begun:.0f} s)")
        _check(app)
        print(f"{'page':<70}{'ms':>8}{'x hello':>9}")
        for login, pages in (
            ("organisation", PAGES),
            ("building", [one for one in PAGES if "journal" in one or "figures" in one]),
        ):
            desk = Desk(app, login)
            for page in pages:
                _measure(desk, login, page, floor, times)
        _at_the_window(app, registers, floor, times)
        for kind in ("csv", "xlsx"):
            _export(app, kind)


def _export(app, kind: str) -> None:  # type: ignore[no-untyped-def]
    """The whole journal as a file: how long, and by how much the memory of this process grows at most."""
    desk = Desk(app, "auditor")
    desk.get("/staff/journal")
    form = {"csrf_token": desk.token(), "form": kind}
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    answer = desk.client.post("/staff/journal/export", data=form, buffered=False)
    size = sum(len(part) for part in answer.iter_encoded())
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    took = time.perf_counter() - begun
    print(f"journal as {kind}: {size / 1e6:.0f} MB in {took:.0f} s, memory at most {grown:.0f} MB more than before")


def _measure(desk: Desk, login: str, page: str, floor: float, times: int) -> None:
    days = {"today": NOW, "year": NOW - timedelta(days=364), "winter": NOW - timedelta(days=200)}
    path = page.format(**{name: day.date() for name, day in days.items()})
    status = desk.client.get(path).status_code

    def first_view() -> None:
        charts.bars.cache_clear()
        desk.client.get(path)

    spent = _cost(first_view, times)
    mark = "  too slow" if spent > LIMIT else "" if status == 200 else f"  ({status})"
    print(f"{login[:12] + ' ' + page:<70}{spent:>8.1f}{spent / floor:>9.0f}{mark}")


def _at_the_window(app, registers: Registers, floor: float, times: int) -> None:  # type: ignore[no-untyped-def]
    desk, somebody = Desk(app, "registrar"), registers.add(Somebody())
    desk.get("/staff/window")
    desk.fill(iin=somebody.iin, document_number=somebody.number)
    for page in ("/staff/window", "/staff/window/times?doctor=1"):
        _measure(desk, "registrar, somebody there:", page, floor, times)


def _check(app) -> None:  # type: ignore[no-untyped-def]
    with app.app_context():
        begun = time.perf_counter()
        assert not list(broken_links(db.session(), 1)), "the chain does not hold"
        print(f"  the chain verified in {time.perf_counter() - begun:.1f} s", end="")
        begun = time.perf_counter()
        assert not recounting.differing(db.session(), 1), "the day counts differ"
        print(f", the day counts in {time.perf_counter() - begun:.1f} s")


def _cost(ask: Callable[[], object], times: int) -> float:
    """The median of `times` askings, in milliseconds."""
    spent = []
    for _ in range(times):
        begun = time.process_time()  # the engine is in this process; what other programs do is not counted
        ask()
        spent.append((time.process_time() - begun) * 1000)
    return median(spent)


if __name__ == "__main__":
    desks()
