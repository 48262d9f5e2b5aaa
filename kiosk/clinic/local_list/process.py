"""Loading a list beside the server: the same command that is typed by hand, as a process of its own."""

import subprocess
import sys
from pathlib import Path

from kiosk.config import ROOT


def start(path: Path, list_id: int) -> None:
    """Start `kiosk.commands import` for a version that was begun; the file is deleted at its end."""
    words = [sys.executable, "-m", "kiosk.commands", "import", str(path), "--list", str(list_id), "--delete-file"]
    subprocess.Popen(words, cwd=ROOT, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603 - our own words
