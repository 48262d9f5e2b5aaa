"""Uploaded lists while they wait for their columns: readable by this server alone, and gone within hours."""

import re
import secrets
import time
from pathlib import Path

KEPT_SECONDS = 2 * 3600
NAME = re.compile(r"[A-Za-z0-9_-]{22}")


def new_upload(var: Path) -> Path:
    """A place for the next file; what others left unused is removed."""
    sweep_uploads(var)
    folder = _folder(var)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{secrets.token_urlsafe(16)}.list"
    path.touch(mode=0o600)
    return path


def find_upload(var: Path, name: str) -> Path | None:
    """The file of this name, while it is kept."""
    path = _folder(var) / f"{name}.list"
    return path if NAME.fullmatch(name) and path.is_file() and not _is_old(path) else None


def sweep_uploads(var: Path) -> int:
    """Remove the files that nobody loaded in time, and those of loads that died; how many there were."""
    old = [path for path in _folder(var).glob("*.list") if _is_old(path)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _is_old(path: Path) -> bool:
    return path.stat().st_mtime < time.time() - KEPT_SECONDS


def _folder(var: Path) -> Path:
    return var / "imports"
