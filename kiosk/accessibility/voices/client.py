"""The helper process as the web server sees it: a sentence in, a sound out."""

import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.accessibility.voices.sounds import Clip
from kiosk.accessibility.voices.wire import receive_frame, receive_message, send_message


class VoiceUnavailable(RuntimeError):
    """The helper did not answer, twice, or could not say the sentence."""


class VoiceClient:
    """Asks the helper over its socket; one connection per sentence, so threads may share it."""

    def __init__(self, path: Path, timeout: float = 5.0) -> None:
        self._path = path
        self._timeout = timeout

    def speak(self, language: str, text: str) -> Clip:
        """Have a sentence said; tries a second time when the helper dies over the first."""
        answer, data = self._ask({"language": language, "text": text})
        return Clip(answer["suffix"], data)

    def ping(self) -> int:
        """Give the process number of the helper that is answering now."""
        answer, _ = self._ask({})
        return int(answer["process"])

    def _ask(self, question: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        try:
            answer, data = self._ask_once(question)
        except OSError:
            try:
                answer, data = self._ask_once(question)
            except OSError as failure:
                raise VoiceUnavailable(type(failure).__name__) from None
        if "failed" in answer:
            raise VoiceUnavailable(answer["failed"])
        return answer, data

    def _ask_once(self, question: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(self._timeout)
            connection.connect(str(self._path))
            send_message(connection, question)
            return receive_message(connection), receive_frame(connection)


def start_voice_process(
    path: Path, recorded: Path | None = None, piper: Mapping[str, Path] | None = None
) -> subprocess.Popen[bytes]:
    """Start the helper and return when it listens; it ends when this process does.

    Where another helper already listens at the path, the new one leaves at once and that is fine.
    """
    options = ["--recorded", str(recorded)] if recorded else []
    for language, model in (piper or {}).items():
        options += ["--piper", f"{language}={model}"]
    helper = subprocess.Popen(  # noqa: S603  our own words
        [
            *(sys.executable, "-m", "kiosk.accessibility.voice_process"),
            *("--socket", str(path), "--until-stdin-closes", *options),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    if helper.stdout is None or helper.stdout.readline() != b"ready\n":
        helper.wait()
        raise VoiceUnavailable("the helper did not start")
    return helper
