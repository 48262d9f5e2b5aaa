"""run: the demo, with its simulator and its voice; voice: the clips that it speaks."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kiosk import clock, demo, migrations
from kiosk.accessibility import prompts
from kiosk.accessibility.voices import VoiceTable, VoiceUnavailable, start_voice_process
from kiosk.config import ROOT, Settings, from_environment
from kiosk.database import db, transaction
from kiosk.sealing import Keys
from kiosk.server import create

FORK = get_context("fork")  # granian forks its workers too


def run_demo() -> None:
    """Start the kiosk with its voice, its simulator and demo data; Ctrl-C ends all of them."""
    os.environ["KIOSK_DEMO"] = "1"
    settings = _settings()
    # Its threads wait where it plays a slow system, and so it has many.
    simulator = _serve(settings.simulator_port, "kiosk.simulator.wsgi:application", threads=8, level=LogLevels.error)
    servers, voices = [simulator], list[subprocess.Popen[bytes]]()
    try:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        voices = _voice(settings)
        servers.append(_serve(settings.port, "wsgi:app", threads=4, app=_prepare(settings)))
        _wait_for(servers, settings.port, settings.simulator_port)
        _announce(settings)
        _watch(*servers)
    except KeyboardInterrupt:
        print("\nEnded.")
    finally:
        _end(servers, voices)


def _watch(simulator: ForkProcess, kiosk: ForkProcess) -> None:
    """Wait as long as the kiosk serves; it outlives the state systems, simulated ones too."""
    while kiosk.is_alive() and simulator.is_alive():
        time.sleep(0.3)
    if kiosk.is_alive():
        print("The simulator has stopped: the kiosk goes on without the state systems.", flush=True)
        kiosk.join()
    sys.exit("The kiosk's server has stopped: see the lines above.")


def _settings() -> Settings:
    """The demo's settings: its key and its clock are made where they are missing."""
    var = Path(os.environ.get("KIOSK_VAR") or ROOT / "var")
    var.mkdir(parents=True, exist_ok=True)
    key = var / "demo-key"
    if not key.exists():
        key.write_text(secrets.token_urlsafe(32))
        key.chmod(0o600)
    settings = from_environment()
    ahead = (settings.starts_at - datetime.now(UTC)).total_seconds() if settings.starts_at else 0.0
    clock.write(settings.clock_file, ahead)
    return settings


def _prepare(settings: Settings) -> Flask:
    """The kiosk, its tables and demo data made where they are missing."""
    app = create()
    with app.app_context():
        if not migrations.is_current(db.engine):
            print("Making the tables ...", flush=True)
            migrations.upgrade(db.engine)
        print("Loading the demo: clinics, doctors, free times ...", flush=True)
        with transaction() as work:
            demo.load(work, Keys.of(settings.master_key), clock.now(), settings.panel)
        db.engine.dispose()  # a connection must not be carried over a fork
    _write_accounts(settings)
    return app


def _announce(settings: Settings) -> None:
    print(f"\n  Patient door   http://127.0.0.1:{settings.port}/", flush=True)
    print(f"  Simulator      http://127.0.0.1:{settings.simulator_port}/", flush=True)
    _print_accounts(settings)
    print("\n  Ctrl-C ends both.", flush=True)


def _print_accounts(settings: Settings) -> None:
    """The demo's staff on the screen, and in var/demo-accounts.json for programs."""
    known = demo.accounts(Keys.of(settings.master_key))
    print(f"  Staff door     http://127.0.0.1:{settings.port}/staff", flush=True)
    for one in known:
        print(f"    {one.login:<14} {one.password}   TOTP {one.totp_secret}", flush=True)


def _write_accounts(settings: Settings) -> None:
    path = settings.var / "demo-accounts.json"
    path.write_text(json.dumps([one.plain() for one in demo.accounts(Keys.of(settings.master_key))], indent=1))
    path.chmod(0o600)


def _voice(settings: Settings) -> list[subprocess.Popen[bytes]]:
    """The helper that speaks; a kiosk without one says so on the screen, and goes on."""
    try:
        return [start_voice_process(settings.voice_socket)]
    except (VoiceUnavailable, OSError) as failure:
        print(f"The voice did not start: {failure}", flush=True)
        return []


def _serve(
    port: int, target: str, threads: int, app: Flask | None = None, level: LogLevels = LogLevels.warning
) -> ForkProcess:
    """A server of `target` in a process of its own; an `app` that is ready saves its workers the imports."""
    server = Granian(
        target,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=2 if app else 1,
        blocking_threads=threads,
        workers_kill_timeout=3,  # a worker told to end while it still begins would never hear it
        log_level=level,
    )
    ready = {"target_loader": lambda: app, "wrap_loader": False} if app else {}
    process = FORK.Process(target=_serve_apart, args=(server.serve,), kwargs=ready)
    process.start()
    return process


def _serve_apart(serve: Callable[..., None], **ready: Any) -> None:
    # Ctrl-C is for the one who started it: a worker that hears of its end twice hangs.
    os.setpgrp()
    serve(**ready)


def _end(servers: list[ForkProcess], voices: list[subprocess.Popen[bytes]]) -> None:
    for server in servers:
        server.terminate()
    for voice in voices:
        voice.terminate()
        voice.wait()
    for server in servers:
        server.join()


def _wait_for(servers: list[ForkProcess], *ports: int) -> None:
    for port in ports:
        while not _answers(port):
            if not all(server.is_alive() for server in servers):
                sys.exit("A server could not start: is its port in use?")
            time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def build_voice() -> None:
    """Make the clips of all fixed prompts; exit 1 where one cannot be made in a language."""
    report = prompts.build(table=VoiceTable.of_settings(), tell=_tell_progress)
    print(f"Voice: {report.written} clips made, {report.kept} kept.")
    if report.missing:
        sys.exit(f"No clip could be made of: {report.missing[:10]}")


def _tell_progress(done: int, whole: int) -> None:
    if done % 200 == 0:
        print(f"  {done} of {whole} sentences", flush=True)
