"""`make bench`: what a page costs, beside the cheapest page there can be."""

import http.client
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from bench.desks import desks
from bench.imports import imports
from bench.servers import bare, cost, product
from tests.factories import Somebody
from tests.population import write


class Browser:
    """A browser's cookies and its connection, and nothing else."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.cookies: dict[str, str] = {}
        self.body = ""

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> int:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        data = None
        if form is not None:
            token = re.search(r'csrf-token" content="([^"]+)', self.body)
            data = urlencode({"csrf_token": token[1] if token else "", **form})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if form is not None else "GET", path, data, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        if answer.status == 303:
            return self.ask(answer.getheader("Location", "/"))
        if "csrf-token" in text:
            self.body = text
        return len(text.encode())


def main() -> None:
    """Measure and print."""
    with bare() as (port, pid):
        browser = Browser(port)
        floor, _ = cost(pid, 2000, lambda: void(browser.ask("/")))
    print(f"{'what':<44}{'CPU ms':>8}{'wall ms':>9}{'x bare hello':>14}")
    print(f"{'Flask hello, granian':<44}{floor:>8.2f}")
    with tempfile.TemporaryDirectory() as folder:
        people = [Somebody(running=10 * place, number=f"0130{place:05}") for place in range(1, 120)]
        write(Path(folder) / "people.json", people)
        with product(Path(folder), Path(folder) / "people.json") as (kiosk, _simulator, pid):
            pages(kiosk, pid, people[0], floor)
            bookings(kiosk, pid, people[1:], floor)
            imports({**os.environ, "KIOSK_DEMO": "1", "KIOSK_VAR": folder})
    desks()


def void(_size: int) -> None:
    """Drop what is not measured."""


def pages(port: int, pid: int, somebody: Somebody, floor: float) -> None:
    """The screens of one visit."""
    browser = Browser(port)
    browser.ask("/")
    browser.ask("/identify", {"scan": somebody.scan})
    browser.ask("/attachment", {})
    day = re.search(r'href="(/slot\?day=[0-9-]+)"', (browser.ask("/slot"), browser.body)[1])
    for name, path, headers in (
        ("/", "/", {}),
        ("/identify", "/identify", {}),
        ("/attachment", "/attachment", {}),
        ("/slot, days", "/slot", {}),
        ("/slot, times of a day", day[1] if day else "/slot", {}),
        ("/slot, the same as a fragment", day[1] if day else "/slot", {"HX-Request": "true"}),
        ("/doctor", "/doctor", {}),
        ("/confirm", "/confirm", {}),
    ):
        size = browser.ask(path, None, **dict(headers))
        spent, wall = cost(pid, 200, lambda path=path, headers=headers: void(browser.ask(path, None, **dict(headers))))  # type: ignore[misc]
        print(f"{name + f' ({size / 1000:.1f} kB)':<44}{spent:>8.2f}{wall:>9.2f}{spent / floor:>14.1f}")


def bookings(port: int, pid: int, people: list[Somebody], floor: float) -> None:
    """Scan, earliest time, book: the whole errand of one person after another, the simulator's share included."""
    waiting = iter(people)

    def errand() -> None:
        browser = Browser(port)
        browser.ask("/")
        browser.ask("/identify", {"scan": next(waiting).scan})
        browser.ask("/attachment", {})
        slot = re.search(r'name="slot" value="(\d+)"', browser.body)
        browser.ask("/confirm", {"slot": slot[1] if slot else ""})

    spent, wall = cost(pid, len(people) - 1, errand)
    print(f"{'scan to booked, with both registers':<44}{spent:>8.2f}{wall:>9.2f}{spent / floor:>14.1f}")


main()
