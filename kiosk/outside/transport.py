"""The line to one state system: time limit, size limit, no log line; every failure is RegisterSilent."""

import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any, TypeVar

import httpx

from kiosk.clinic.obstacles import RegisterSilent
from kiosk.outside.patience import Circuit, Unreached, persist

T = TypeVar("T")
LARGEST_ANSWER = 2 * 1024 * 1024
_TURNED_AWAY = (429, 502, 503, 504)

for _name in ("httpx", "httpcore", "signxml"):  # their lines hold URLs and bodies
    logging.getLogger(_name).setLevel(logging.WARNING)


def client() -> httpx.Client:
    """A client that takes no proxies from its surroundings and follows nothing."""
    return httpx.Client(verify=_tls(), trust_env=False, follow_redirects=False)


@cache
def _tls() -> ssl.SSLContext:
    """The machine's own trust, read once: it is costly."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class Received:
    """An answer as it came: body and headers."""

    content: bytes
    headers: httpx.Headers


class Line:
    """One state system: its short name, address and the seconds that we wait for it."""

    def __init__(self, system: str, address: str, timeout: float) -> None:
        self.system = system
        self._timeout = timeout
        self._address = address.rstrip("/")
        self._circuit = Circuit(system)
        self._client = client()

    def ask(self, once: Callable[[float], T], repeatable: bool = True) -> T:
        """What `once(until)` answers before that monotonic moment; raises RegisterSilent."""
        return self._circuit.call(lambda: persist(once, self._timeout, repeatable))

    def send(self, method: str, path: str, until: float, **sent: Any) -> Received:
        """One exchange that ends by `until`, give or take one read; raises RegisterSilent."""
        seconds = until - monotonic()
        if seconds <= 0:
            raise self.silent()
        try:
            with self._client.stream(method, self._address + path, timeout=seconds, **sent) as response:
                if response.status_code in _TURNED_AWAY:
                    raise Unreached(self.system)
                if response.status_code != 200:
                    raise self.silent()
                return Received(self._read(response, until), response.headers)
        except httpx.ConnectError:
            raise Unreached(self.system) from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise self.silent() from None

    def silent(self) -> RegisterSilent:
        """The obstacle that names this system."""
        return RegisterSilent(self.system)

    def _read(self, response: httpx.Response, until: float) -> bytes:
        received = bytearray()
        for chunk in response.iter_bytes():
            received += chunk
            if len(received) > LARGEST_ANSWER or monotonic() > until:
                raise self.silent()
        return bytes(received)
