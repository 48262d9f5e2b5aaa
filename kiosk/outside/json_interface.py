"""A system's JSON interface: bearer token, one id per question, and its answer's detached signature."""

import json
from typing import Any
from uuid import uuid4

from kiosk.outside.signing import SignatureWrong, Verifier
from kiosk.outside.transport import Line


class JsonInterface:
    """One JSON interface over its line; without a verifier the answers are trusted as the line is (TLS)."""

    def __init__(self, line: Line, token: str, verifier: Verifier | None) -> None:
        self.line = line
        self._token = token
        self._verifier = verifier

    def post(self, path: str, content: object, correlation: str, until: float) -> tuple[Any, str]:
        """The answer to a POST of `content`, and the question's id; raises RegisterSilent."""
        return self._ask("POST", path, correlation, until, json=content)

    def get(self, path: str, parameters: dict[str, str], correlation: str, until: float) -> tuple[Any, str]:
        """The answer to a GET, which never carries a personal number, and its id; raises RegisterSilent."""
        return self._ask("GET", path, correlation, until, params=parameters)

    def _ask(self, method: str, path: str, correlation: str, until: float, **sent: Any) -> tuple[Any, str]:
        message_id = str(uuid4())
        headers = {
            "Authorization": f"Bearer {self._token}",
            "X-Request-Id": message_id,
            "X-Correlation-Id": correlation,
        }
        received = self.line.send(method, path, until, headers=headers, **sent)
        try:
            if self._verifier:
                # the id is signed too, so that the answer to another question fits none
                signed = message_id.encode() + b"\n" + received.content
                self._verifier.verify_bytes(signed, received.headers.get("X-Signature", ""))
            return json.loads(received.content.decode("utf-8")), message_id
        except (SignatureWrong, ValueError, RecursionError):
            raise self.line.silent() from None
