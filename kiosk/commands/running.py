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
from datetime import UTC, datetime
from pathlib import Path

from kiosk import clock, demo, migrations
from kiosk.accessibility import prompts
from kiosk.accessibility.voices import VoiceUnavailable, start_voice_process
from kiosk.config import ROOT, Settings, from_environment
from kiosk.database import db, transaction
from kiosk.sealing import Keys
from kiosk.server import create


def run_demo() -> None:
    """Start the kiosk with its voice, its simulator and demo data; Ctrl-C ends all of them."""
    os.environ["KIOSK_DEMO"] = "1"
    settings = _prepare()
    helpers = _voice(settings)
    servers = [
        _serve("kiosk.simulator.wsgi:application", settings.simulator_port, workers=1, threads=8),
        _serve("wsgi:app", settings.port, workers=2, threads=4),
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _wait_for(servers, settings.port, settings.simulator_port)
        print(f"\n  Patient door   http://127.0.0.1:{settings.port}/", flush=True)
        print(f"  Simulator      http://127.0.0.1:{settings.simulator_port}/", flush=True)
        _print_accounts(settings)
        print("\n  Ctrl-C ends both.", flush=True)
        while all(server.poll() is None for server in servers):
            time.sleep(0.3)
        sys.exit("A server has stopped: see the lines above.")
    except KeyboardInterrupt:
        print("\nEnded.")
    finally:
        for process in servers + helpers:
            process.terminate()
        for process in servers + helpers:
            process.wait()


def _prepare() -> Settings:
    """Key, clock, tables, demo data: each only where it is missing."""
    var = Path(os.environ.get("KIOSK_VAR") or ROOT / "var")
    var.mkdir(parents=True, exist_ok=True)
    key = var / "demo-key"
    if not key.exists():
        key.write_text(secrets.token_urlsafe(32))
        key.chmod(0o600)
    settings = from_environment()
    ahead = (settings.starts_at - datetime.now(UTC)).total_seconds() if settings.starts_at else 0.0
    clock.write(settings.clock_file, ahead)
    with create().app_context():
        if not migrations.is_current(db.engine):
            print("Making the tables ...", flush=True)
            migrations.upgrade(db.engine)
        print("Loading the demo: clinics, doctors, free times ...", flush=True)
        with transaction() as work:
            demo.load(work, Keys.of(settings.master_key), clock.now(), settings.panel)
    _write_accounts(settings)
    return settings


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


def _serve(target: str, port: int, workers: int, threads: int) -> subprocess.Popen[bytes]:
    options = {"host": "127.0.0.1", "port": port, "workers": workers, "blocking-threads": threads}
    options["workers-kill-timeout"] = 3  # a worker told to end while it still begins would never hear it
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "warning", *words, target]
    return subprocess.Popen(command, cwd=ROOT)


def _wait_for(servers: list[subprocess.Popen[bytes]], *ports: int) -> None:
    for port in ports:
        while not _answers(port):
            if any(server.poll() is not None for server in servers):
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
    report = prompts.build(tell=_tell_progress)
    print(f"Voice: {report.written} clips made, {report.kept} kept.")
    if report.missing:
        sys.exit(f"No clip could be made of: {report.missing[:10]}")


def _tell_progress(done: int, whole: int) -> None:
    if done % 200 == 0:
        print(f"  {done} of {whole} sentences", flush=True)
