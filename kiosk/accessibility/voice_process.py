"""The helper process that speaks: `python -m kiosk.accessibility.voice_process --socket PATH`.

Two processes, really. The outer one holds the socket and nothing else that could break; the inner
one speaks, and is started again when it dies, while sentences wait at the socket.
"""

import argparse
import fcntl
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from kiosk.accessibility.voices.sounds import Clip
from kiosk.accessibility.voices.table import TextTooLong, VoiceTable
from kiosk.accessibility.voices.wire import receive_message, send_frame, send_message

_PATIENCE = 5.0
_BREATH = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the helper until it is told to stop."""
    options = _options(arguments)
    if options.speak_on is not None:
        _stop_when_stdin_closes()
        serve(socket.socket(fileno=options.speak_on), _table(options))
        return 0
    listener = listen(options.socket)
    if listener is None:
        _say_ready()
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if options.until_stdin_closes:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started us: it ends us in its turn
        _stop_when_stdin_closes()
    _say_ready()
    try:
        keep_speaking(listener, _speaker_options(options))
    except KeyboardInterrupt:
        return 0
    finally:
        options.socket.unlink(missing_ok=True)
    return 0


def listen(path: Path) -> socket.socket | None:
    """Take the socket, or return nothing where another helper already answers on it."""
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        listener = socket.socket(socket.AF_UNIX)
        try:
            listener.connect(str(path))
        except OSError:
            path.unlink(missing_ok=True)
        else:
            listener.close()
            return None
        listener.close()
        listener = socket.socket(socket.AF_UNIX)
        # What patients hear is private: only this server's own user may ask.
        before = os.umask(0o177)
        try:
            listener.bind(str(path))
        finally:
            os.umask(before)
        listener.listen(64)
        return listener


def keep_speaking(listener: socket.socket, options: Sequence[str]) -> None:
    """Start the process that speaks, and start it again whenever it dies."""
    number = listener.fileno()
    module = "kiosk.accessibility.voice_process"
    command = [sys.executable, "-m", module, "--speak-on", str(number), *options]
    short_lives = 0
    while True:
        started = monotonic()
        speaker = subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=(number,))  # noqa: S603  our own words
        try:
            speaker.wait()
        finally:
            speaker.kill()
        short_lives = short_lives + 1 if monotonic() - started < _BREATH else 0
        if short_lives > 2:
            # It dies at birth, perhaps for want of a library: do not spin.
            Event().wait(_BREATH)


def serve(listener: socket.socket, table: VoiceTable) -> None:
    """Answer every connection in a thread of its own, for ever."""
    while True:
        connection, _ = listener.accept()
        Thread(target=_answer, args=(connection, table), daemon=True).start()


def _answer(connection: socket.socket, table: VoiceTable) -> None:
    with connection:
        connection.settimeout(_PATIENCE)
        try:
            question = receive_message(connection)
            answer, data = _reply(question, table)
            send_message(connection, answer)
            send_frame(connection, data)
        except OSError:
            return  # The asker has gone; there is nobody to tell.


def _reply(question: dict[str, object], table: VoiceTable) -> tuple[dict[str, object], bytes]:
    if not question:
        return {"process": os.getpid()}, b""
    try:
        clip = _speak(question, table)
    except (KeyError, TextTooLong):
        return {"failed": "no such language, or too long"}, b""
    except Exception as failure:  # One voice that breaks must not silence the others.
        return {"failed": type(failure).__name__}, b""
    return {"suffix": clip.suffix}, clip.data


def _speak(question: dict[str, object], table: VoiceTable) -> Clip:
    return table.speak(str(question["language"]), str(question["text"]))


def _say_ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


def _stop_when_stdin_closes() -> None:
    def wait() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, daemon=True).start()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="voice_process", description="Speaks for the kiosk.")
    parser.add_argument("--socket", type=Path, metavar="PATH")
    parser.add_argument("--recorded", type=Path, metavar="DIRECTORY")
    parser.add_argument("--piper", action="append", default=[], metavar="LANGUAGE=MODEL")
    parser.add_argument("--until-stdin-closes", action="store_true")
    parser.add_argument("--speak-on", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.socket is None and options.speak_on is None:
        parser.error("--socket is needed")
    return options


def _table(options: argparse.Namespace) -> VoiceTable:
    usual = VoiceTable.of_settings()
    models = {language: Path(model) for language, model in (each.split("=", 1) for each in options.piper)}
    return VoiceTable(options.recorded or usual.recorded, {**usual.piper, **models})


def _speaker_options(options: argparse.Namespace) -> list[str]:
    recorded = ["--recorded", str(options.recorded)] if options.recorded else []
    return recorded + [word for each in options.piper for word in ("--piper", each)]


if __name__ == "__main__":
    sys.exit(main())
