"""`make test`: every check and every layer of tests; says the share of each, and pytest's last word comes last."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import ROOT
from tests.rows import RowKeeper

LAYERS = ("house", "unit", "database", "outside", "pages", "walks")
CHECKS = (
    ("format", ["ruff", "format", "--check", "-q", "."]),
    ("lint", ["ruff", "check", "-q", "."]),
    ("types", ["mypy"]),
    ("imports", ["lint-imports"]),
)


class Shares:
    """Counts seconds and tests of each layer."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(LAYERS, 0.0)
        self.tests = dict.fromkeys(LAYERS, 0)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add one phase of one test."""
        parts = Path(report.nodeid.split("::")[0]).parts
        layer = parts[1] if len(parts) > 1 and parts[1] in self.seconds else ""
        if layer:
            self.seconds[layer] += report.duration
            self.tests[layer] += report.when == "call"

    @pytest.hookimpl(tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table before pytest says how it ended."""
        whole = sum(self.seconds.values()) or 1
        terminalreporter.write_line("\nshare of each layer:")
        for layer in LAYERS:
            share = self.seconds[layer] / whole
            line = f"  {layer:<10}{self.tests[layer]:>6} tests {self.seconds[layer]:>8.1f} s {share:>6.0%}"
            terminalreporter.write_line(line)


def main() -> int:
    """Run all of it; the exit code is pytest's, or 1 where a check failed."""
    failed = [name for name, command in CHECKS if not _passes(name, command)]
    os.environ["KIOSK_CHROMIUM"] = find_chromium()
    # A file's tests stay together, in order, before one product. Walks wait for a browser as often as they work:
    # three files at a time keep two cores busy. The longest files, the walks, begin first: no core waits for the last.
    options = ["-q", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
    folders = [f"tests/{layer}" for layer in reversed(LAYERS)]
    code = int(pytest.main([*options, *folders], plugins=[Shares(), RowKeeper()]))
    if failed:
        print(f"Failed before the tests: {', '.join(failed)}", file=sys.stderr)  # noqa: T201
    return code or bool(failed)


def _passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True)
    print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}, {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)  # noqa: T201
    return done.returncode == 0


def find_chromium() -> str:
    """A Chromium that starts: the one that is named, Playwright's, the system's, or Debian's installed now."""
    for path in _candidates():
        if path and Path(path).exists() and _starts(path):
            return path
    sys.exit("No Chromium: set KIOSK_CHROMIUM, or install Debian's package chromium.")


def _candidates() -> Iterator[str | None]:
    yield os.environ.get("KIOSK_CHROMIUM")
    yield shutil.which("chromium-headless-shell")  # draws no window around the page: a fifth less work
    yield shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    yield _playwrights()
    print("Installing Playwright's Chromium ...", flush=True)  # noqa: T201
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True)
    yield _playwrights()
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's Chromium ...", flush=True)  # noqa: T201
        subprocess.run(["apt-get", "update", "-qq"], capture_output=True)
        for package in ("chromium-headless-shell", "chromium"):
            subprocess.run(["apt-get", "install", "-y", "-qq", package], capture_output=True)
            yield shutil.which(package)


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _starts(path: str) -> bool:
    command = [path, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "about:blank"]
    try:
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    sys.exit(main())
