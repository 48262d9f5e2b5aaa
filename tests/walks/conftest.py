"""A real browser before the running product: the kiosk, its simulator, and a population of this run's own."""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kiosk.config import ROOT
from tests.factories import ELSEWHERE, HERE, NOW, Somebody
from tests.population import write
from tests.walks import personal
from tests.walks.keyboards import struck

CHROMIUM = os.environ.get("KIOSK_CHROMIUM") or shutil.which("chromium")  # what make test found or installed
LATER = NOW  # the walks' Wednesday morning


def _people() -> dict[str, Somebody]:
    child = Somebody(
        name="Бала", born=date(2024, 5, 6), running=90, number="011000090", attachments=(("active", HERE, "12"),)
    )
    named = {
        "attached": Somebody(name="Бекзат", running=10, number="011000010"),
        "second": Somebody(name="Самал", sex="female", running=20, number="011000020"),
        "elsewhere": Somebody(running=30, number="011000030", attachments=(("active", ELSEWHERE, "03"),)),
        "nowhere": Somebody(running=40, number="011000040", attachments=()),
        "requested": Somebody(running=50, number="011000050", attachments=(("requested", HERE, "07"),)),
        "double": Somebody(
            running=60, number="011000060", attachments=(("active", HERE, "07"), ("active", ELSEWHERE, "03"))
        ),
        "expired": Somebody(running=70, number="011000070", expires=date(2031, 1, 1)),
        "replaced": Somebody(running=80, number="011000080", status="replaced"),
        "deceased": Somebody(running=110, number="011000110", alive=False),
        "child": child,
        "mother": Somebody(name="Ана", sex="female", running=120, number="011000120", children=(child.iin,)),
    }
    infant = Somebody(
        name="Нұрай", born=date(2025, 1, 9), running=140, number="011000140", attachments=(("active", HERE, "12"),)
    )
    named |= {
        "infant": infant,
        "parent": Somebody(name="Әсем", sex="female", running=150, number="011000150", children=(infant.iin,)),
        "without phone": Somebody(running=160, number="011000160", in_mobile_base=False),
        "without papers": Somebody(running=170, number="011000170", kind="residence_permit"),
    }
    for place in range(6):  # they identify in every way, several at once, and book nothing
        named[f"caller{place}"] = Somebody(
            name="Күміс", sex="female", running=200 + 10 * place, number=f"0110002{place}0"
        )
    for place in range(90):  # one for each walk that books, so that no walk meets another's booking
        named[f"walker{place}"] = Somebody(name=f"Жолаушы{place}", running=1000 + 10 * place, number=f"0120{place:05}")
    for place in range(40):  # and for robots, at another doctor, so that they take no time that a walk looks for
        named[f"robot{place}"] = Somebody(
            name=f"Мейірбек{place}",
            running=5000 + 10 * place,
            number=f"0130{place:05}",
            attachments=(("active", HERE, "13"),),
        )
    return named


PEOPLE = _people()
SEEN_BY_BROWSERS: list[str] = []  # every address that was asked for, and what was left in cookies and storage
LEFT = """async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(window.caches ? await caches.keys() : []), ...(await indexedDB.databases()).map((one) => one.name)]"""
# The page's timers wait until the last key has come, and the time is told: no scanner falls silent in its midst, but a
# busy machine may bring the keys late.
HOLD = """() => {
  const [start, stop] = [window.setTimeout, window.clearTimeout], held = new Map();
  window.setTimeout = (...wanted) => { held.set(-held.size - 1, wanted); return -held.size; };
  window.clearTimeout = (id) => held.has(id) ? held.set(id, null) : stop(id);
  window.release = () => {
    [window.setTimeout, window.clearTimeout] = [start, stop];
    for (const wanted of held.values()) if (wanted) start(...wanted);
  };
  return (performance.timeOrigin + performance.now()) / 1000;
}"""
# No timer of the page waits, and a form that its scripts send is only noted.
NO_WAIT = """() => {
  const start = window.setTimeout;
  window.setTimeout = (task, wait, ...rest) => start(task, 0, ...rest);
  window.posted = [];
  HTMLFormElement.prototype.submit = function () { posted.push(this.id); };
}"""
WAYS = ("keyDown", "keyUp")
_walkers = iter([one for name, one in PEOPLE.items() if name.startswith("walker")])


@dataclass(frozen=True)
class Product:
    """The running product: where its doors are, its database, and the process that `make run` starts."""

    kiosk: str
    simulator: str
    database: Path
    process: int = 0

    def tell(self, path: str, body: dict[str, Any] | None = None, method: str = "POST") -> Any:
        """Speak to the simulator's control interface."""
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(
            self.simulator + path, data=data, method=method, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The demo, running with the walks' own people."""
    with started(tmp_path_factory.mktemp("product"), tmp_path_factory.mktemp("population") / "people.json") as running:
        yield running


@contextmanager
def started(var: Path, people: Path) -> Iterator[Product]:
    """Start it as its user would; it says itself when it is ready, and ends by Ctrl-C telling of nobody."""
    write(people, list(PEOPLE.values()))
    kiosk, simulator = free_port(), free_port()
    environment = os.environ | {
        "KIOSK_VAR": str(var),
        "PORT": str(kiosk),
        "SIMULATOR_PORT": str(simulator),
        "KIOSK_NOW": LATER.isoformat(),
        "KIOSK_SIMULATOR_PEOPLE": str(people),
    }
    command = [sys.executable, "-m", "kiosk.commands", "run"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **pipes)
    said: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C" in line:
            break
    else:
        raise AssertionError("The product did not start:\n" + "".join(said))
    reading = Thread(target=lambda: said.extend(process.stdout or ()), daemon=True)  # a full pipe would stop it
    reading.start()
    try:
        yield Product(f"http://127.0.0.1:{kiosk}", f"http://127.0.0.1:{simulator}", var / "kiosk.sqlite3", process.pid)
        assert process.poll() is None, "The product ended by itself:\n" + "".join(said[-40:])
        os.killpg(process.pid, signal.SIGINT)  # as a terminal's Ctrl-C does: to all that were started
        assert process.wait(120) == 0
    finally:
        process.kill()
    reading.join()
    assert "Ended.\n" in said
    assert not [line for line in said if "Traceback" in line]
    assert _traces(var, said) == []


def _traces(var: Path, said: list[str]) -> list[str]:
    """Where a product that has been walked through still tells who was here."""
    logs = (("log", line) for line in said)
    seen = (("browser", text) for text in SEEN_BY_BROWSERS)
    places = chain(logs, seen, personal.columns(var / "kiosk.sqlite3"), personal.files(var))
    return personal.traces(personal.tells(PEOPLE.values()), places)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as the lobby machine starts it."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield launched
        launched.close()


@dataclass
class Walk:
    """One person's browser at the kiosk, and what it noticed that no browser should."""

    page: Page
    product: Product
    complaints: list[str]

    def open(self, language: str = "kk") -> "Walk":
        """Stand before the welcome screen in a language."""
        self.page.goto(self.product.kiosk + "/")
        if language != "kk":
            with self.page.expect_navigation():
                self.page.click(f"button[lang={language}]")
        self.page.wait_for_load_state("load")
        return self

    def scan(self, somebody: Somebody) -> "Walk":
        """Let the scanner type the card, as fast as scanners do, wherever the focus is."""
        return self.type_burst("\r".join(somebody.mrz) + "\r")

    def type_burst(self, text: str, layout: str = "us") -> "Walk":
        """Send trusted key events 5 ms apart by their own time stamps, whatever else this machine is doing."""
        keys = self.page.context.new_cdp_session(self.page)
        began = self.page.evaluate(HOLD)
        with self.page.expect_navigation():
            events = [{**struck(sign, layout), "timestamp": began + 0.005 * place} for place, sign in enumerate(text)]
            keys._sync(_all_at_once(keys._impl_obj, [{"type": way, **one} for one in events for way in WAYS]))
            self.page.evaluate("release()")
        self.page.wait_for_load_state("load")
        return self

    def hold(self, sign: str) -> "Walk":
        """Hold a key down for a second, as keyboards tell of it; what the page wanted to do later, it does at once."""
        keys = self.page.context.new_cdp_session(self.page)
        self.page.evaluate(NO_WAIT)
        began = self.page.evaluate(HOLD)
        downs = [{"timestamp": began, "autoRepeat": False}]
        downs += [{"timestamp": began + 0.4 + 0.03 * place, "autoRepeat": True} for place in range(20)]
        events = [{"type": "keyDown", **struck(sign), **one} for one in downs]
        up = {"type": "keyUp", **struck(sign), "timestamp": began + 1}
        keys._sync(_all_at_once(keys._impl_obj, [*events, up]))
        self.page.evaluate("async () => { release(); await new Promise((go) => setTimeout(go, 0)); }")
        return self

    def touch(self, selector: str) -> "Walk":
        """Touch a control and wait for what follows."""
        with self.page.expect_navigation():
            self.page.click(selector)
        self.page.wait_for_load_state("load")
        return self

    @property
    def heading(self) -> str:
        return self.page.inner_text("h1")


@pytest.fixture
def context_of(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": {"width": 1080, "height": 1920}, **options})
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def stroll(product: Product, context_of: Callable[..., BrowserContext]) -> Iterator[Callable[..., Walk]]:
    """A fresh browser session; afterwards nothing may be left in it, and nothing may have complained."""
    walks: list[Walk] = []

    def begin(**options: Any) -> Walk:
        page = context_of(**options).new_page()
        walk = Walk(page, product, [])
        listen = (
            "document.addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.violatedDirective))"
        )
        if options.get("java_script_enabled", True):
            page.add_init_script(listen)
        page.on("console", lambda said: walk.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: walk.complaints.append(str(error)))
        page.on("request", lambda asked: SEEN_BY_BROWSERS.append(asked.url))
        page.on("request", lambda asked: walk.complaints.append(asked.url) if not _ours(asked.url, product) else None)
        walks.append(walk)
        return walk

    yield begin
    for walk in walks:
        assert walk.complaints == []
        SEEN_BY_BROWSERS.append(json.dumps(walk.page.context.storage_state()))
        if walk.page.url.startswith(product.kiosk) and walk.page.evaluate("typeof htmx") != "undefined":
            at_desk = walk.page.url.startswith(product.kiosk + "/staff")
            left = set(walk.page.evaluate(LEFT))
            assert left <= ({"htmx-current-path-for-history"} if at_desk else set())  # a desk's own address


async def _all_at_once(keys: Any, events: list[dict[str, Any]]) -> None:
    """Send all that keys do without waiting for the one before: a busy machine would make a scanner slow."""
    await asyncio.gather(*(keys.send("Input.dispatchKeyEvent", one, None) for one in events))


def _ours(url: str, product: Product) -> bool:
    return url.startswith((product.kiosk, "data:", "blob:"))


@pytest.fixture
def walker() -> Somebody:
    """Somebody attached here who has no booking yet."""
    return next(_walkers)
