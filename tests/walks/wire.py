"""A person at the running product over plain HTTP: the strict client with no browser and no scripts, and so fast."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tests.client import Patient


@dataclass(frozen=True)
class _Request:
    path: str
    headers: httpx.Headers


class _Answer:
    """An answer of httpx, read as the strict client reads those of Flask."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status_code, self.headers, self._text = answer.status_code, answer.headers, answer.text
        self.mimetype = answer.headers.get("Content-Type", "").partition(";")[0]
        self.request = _Request(answer.request.url.path, answer.request.headers)

    def get_data(self, as_text: bool) -> str:
        assert as_text
        return self._text


class _Client:
    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def get(self, path: str, headers: dict[str, str], follow_redirects: bool, base_url: str) -> _Answer:
        return _Answer(self._client.get(base_url + path, headers=headers, follow_redirects=follow_redirects))

    def post(
        self,
        path: str,
        data: dict[str, Any],
        base_url: str,
        follow_redirects: bool = False,
        headers: dict[str, str] | None = None,
    ) -> _Answer:
        address = base_url + path
        return _Answer(self._client.post(address, data=data, headers=headers, follow_redirects=follow_redirects))


@contextmanager
def at(address: str, language: str = "kk") -> Iterator[Patient]:
    """Somebody before the kiosk at `address`, in a browser session of their own."""
    with httpx.Client(trust_env=False, timeout=60) as client:
        patient = Patient(_Client(client), address)  # type: ignore[arg-type]
        patient.get("/")
        if language != "kk":
            patient.post("/language", {"language": language, "page": "welcome"})
        yield patient
