"""The product as a clinic gets it: no demo, tables without rows, one first administrator made by the command."""

import os
import secrets
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import ROOT
from tests.factories import HERE
from tests.population import write
from tests.walks.conftest import PEOPLE, Product, free_port

LOGIN, PASSWORD = "chief", "a-long-enough-password"


@dataclass(frozen=True)
class Bare:
    """The running product, its environment, and what the command said to the first administrator."""

    product: Product
    environment: dict[str, str]
    totp_secret: str


@contextmanager
def bare(var: Path) -> Iterator[Bare]:
    """Start it as deploy/ does: migrate, the first administrator, the server; beside it a simulator of the state."""
    kiosk, simulator = free_port(), free_port()
    write(var / "people.json", list(PEOPLE.values()))
    demo = {"KIOSK_DEMO": "1", "KIOSK_VAR": str(var), "KIOSK_KEY": secrets.token_urlsafe(32)}
    demo |= {"SIMULATOR_PORT": str(simulator), "KIOSK_SIMULATOR_PEOPLE": str(var / "people.json")}
    running = [_serve("kiosk.simulator.wsgi:application", simulator, demo)]
    try:
        _wait_for(running[0], simulator)
        environment = _environment(var, simulator)
        _command("migrate", environment)
        running.append(_serve("wsgi:app", kiosk, environment))
        said = _command("first-administrator", environment)
        _wait_for(running[1], kiosk)
        addresses = (f"http://127.0.0.1:{kiosk}", f"http://127.0.0.1:{simulator}")
        secret = said.split("TOTP secret: ")[1].split()[0]
        yield Bare(Product(*addresses, var / "kiosk.sqlite3"), environment, secret)
        assert all(one.poll() is None for one in running), "A server ended by itself."
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(60)


def _environment(var: Path, simulator: int) -> dict[str, str]:
    """What /etc/qabyldau.env would say, with the simulator in the place of the state systems."""
    outside = f"http://127.0.0.1:{simulator}"
    names = ("persons", "attachments", "consent", "documents")
    systems = {f"KIOSK_{name.upper()}_URL": f"{outside}/{name}" for name in names}
    access = {"KIOSK_GATEWAY_SENDER": "qabyldau", "KIOSK_GATEWAY_PASSWORD": "demo", "KIOSK_JSON_SIGNED": "1"}
    tokens = {"KIOSK_ATTACHMENTS_TOKEN": "demo", "KIOSK_DOCUMENTS_TOKEN": "demo"}
    keys = {"KIOSK_SIGNING_KEY": "kiosk.pem", "KIOSK_TRUSTED_CERTIFICATES": "trusted.pem"}
    chief = {"CODE": HERE, "NAME": "№ 1 емхана", "LOGIN": LOGIN, "PASSWORD": PASSWORD}
    return {
        "KIOSK_VAR": str(var),
        "KIOSK_KEY": secrets.token_urlsafe(32),
        "DATABASE_URL": f"sqlite:///{var / 'kiosk.sqlite3'}",
        **systems,
        **access,
        **tokens,
        **{name: str(var / "simulator" / file) for name, file in keys.items()},
        **{f"KIOSK_ADMINISTRATOR_{name}": text for name, text in chief.items()},
    }


def _inherited() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}


def _command(name: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "kiosk.commands", name]
    done = subprocess.run(command, cwd=ROOT, env=_inherited() | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _serve(target: str, port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    words = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "8"]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "warning", *words, target]
    return subprocess.Popen(command, cwd=ROOT, env=_inherited() | environment)


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    while not _answers(port):
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.1)
            raise AssertionError("A server could not start.")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return True
    except urllib.error.HTTPError as said:
        raise AssertionError(said.read().decode()) from None
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
