"""What deploy/ starts exists, and everything that must run has a unit that starts it."""

import json
import re
import subprocess
import sys
from pathlib import Path

from kiosk.commands.__main__ import COMMANDS
from kiosk.config import ROOT

STARTS = re.compile(r"^ExecStart(?:Pre)?=\S+/python -m (\S+) ?(.*)$", re.MULTILINE)
NEEDED = {
    "qabyldau.service": "granian",
    "qabyldau-voice.service": "kiosk.accessibility.voice_process",
    "qabyldau-publish.service": "publish",
    "qabyldau-recheck.service": "recheck",
    "qabyldau-backup.service": "backup",
}


def _units() -> dict[str, str]:
    return {path.name: path.read_text() for path in Path(ROOT, "deploy").glob("*.service")}


def test_everything_that_must_run_has_a_unit() -> None:
    units = _units()
    assert set(NEEDED) <= set(units)
    assert not [name for name, word in NEEDED.items() if word not in units[name]]


def test_what_a_unit_starts_exists() -> None:
    known = subprocess.run([sys.executable, "-m", "kiosk.commands", "--help"], cwd=ROOT, capture_output=True, text=True)
    for name, text in _units().items():
        started = STARTS.findall(text)
        assert started, name
        for module, words in started:
            if module == "kiosk.commands":
                assert re.search(rf"\b{words.split()[0]}\b", known.stdout), f"{name}: {words}"


def test_a_timer_has_its_service() -> None:
    timers = {path.stem for path in Path(ROOT, "deploy").glob("*.timer")}
    assert timers
    assert not [stem for stem in timers if f"{stem}.service" not in _units()]


def test_the_voice_listens_where_the_server_asks() -> None:
    unit = _units()["qabyldau-voice.service"]
    folder = re.search(r"^ReadWritePaths=(\S+)$", unit, re.MULTILINE)
    assert folder is not None
    assert f"--socket {folder.group(1)}/voice.sock" in unit


def test_the_lobby_browser_keeps_its_cookie_and_nothing_of_a_patient() -> None:
    """One profile over all restarts, for the cookie that makes it a kiosk; no history, no autofill, no passwords."""
    assert '--user-data-dir="$HOME/' in Path(ROOT, "deploy", "kiosk-browser.sh").read_text()
    policy = json.loads(Path(ROOT, "deploy", "chromium-policy.json").read_text())
    assert policy["SavingBrowserHistoryDisabled"] is True
    off = ("AutofillAddressEnabled", "AutofillCreditCardEnabled", "PasswordManagerEnabled", "TranslateEnabled")
    assert not [name for name in off if policy[name]]
    assert not [name for name in policy if name.startswith(("RestoreOnStartup", "ClearBrowsingDataOnExit"))]


def test_every_command_is_told_to_who_runs_the_server() -> None:
    told = Path(ROOT, "docs", "operations.md").read_text()
    assert not [name for name in COMMANDS if f"`{name}`" not in told]
