"""A simulator over real HTTP with a population of its own, and the adapters connected to it."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from werkzeug.serving import make_server

from kiosk import clock
from kiosk.config import Settings, from_environment
from kiosk.outside import Outside, connect, connect_to
from kiosk.outside.wiring import wiring
from kiosk.simulator import create_simulator
from tests.outside.mouth import Mouth, speaking
from tests.outside.people import PEOPLE, write

PATIENT, HASTY = 5.0, 0.3


@dataclass
class Simulator:
    """The running simulator, spoken to as a person or a test would."""

    url: str
    var: Path
    port: int
    client: httpx.Client

    def post(self, path: str, body: object) -> httpx.Response:
        return self.client.post(self.url + path, json=body)

    def get(self, path: str) -> httpx.Response:
        return self.client.get(self.url + path)

    def fault(self, system: str, mode: str, seconds: float | None = None) -> None:
        answer = self.post("/api/faults", {"system": system, "mode": mode, "seconds": seconds})
        assert answer.status_code == 200, answer.text

    def clear(self) -> None:
        assert self.client.delete(self.url + "/api/faults").status_code == 204

    def advance(self, seconds: float) -> None:
        assert self.post("/api/clock", {"advance": seconds}).status_code == 200

    def messages(self, phone: str, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.get(f"/api/phones/{phone}/messages").json() if one["kind"] == kind]

    def code(self, phone: str) -> str:
        return str(self.messages(phone, "code")[-1]["code"])

    def settings(self, timeout: float = PATIENT, **environment: str) -> Settings:
        return from_environment(
            {
                "KIOSK_DEMO": "1",
                "KIOSK_KEY": urlsafe_b64encode(b"a key of the tests, 32 bytes long").decode(),
                "KIOSK_VAR": str(self.var),
                "SIMULATOR_PORT": str(self.port),
                "KIOSK_OUTSIDE_TIMEOUT": str(timeout),
            }
            | environment
        )

    def connected(self, timeout: float = PATIENT, **wires: Any) -> Outside:
        """The adapters on the simulator's lines but for those in `wires`."""
        return connect_to(replace(wiring(self.settings(timeout)), **wires))

    def forward(self, path: str, body: bytes) -> bytes:
        """What the simulator answers to these bytes."""
        return self.client.post(self.url + path, content=body).content


@pytest.fixture(scope="session")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    var = tmp_path_factory.mktemp("simulator")
    clock.write(var / "clock", 0.0)
    app = create_simulator(write(var / "people.json", PEOPLE), var, True, HASTY)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    with httpx.Client(trust_env=False) as client:
        yield Simulator(f"http://127.0.0.1:{server.port}", var, server.port, client)
    server.shutdown()


@pytest.fixture
def simulator(_running: Simulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    """The simulator without faults, on a clock that is shared for this test only."""
    monkeypatch.setattr(clock, "_offset", None)
    clock.share(_running.settings().clock_file)
    _running.clear()
    yield _running
    _running.clear()


@pytest.fixture
def outside(simulator: Simulator) -> Outside:
    """The adapters, freshly connected: no failure is remembered."""
    return connect(simulator.settings())


@pytest.fixture
def mouth() -> Iterator[Mouth]:
    """A server that says anything."""
    with speaking() as one:
        yield one
