"""The one source of time: UTC instants, moved by a shared offset in the demo and in tests only."""

import mmap
import struct
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

_SHAPE = "<d"
_offset: mmap.mmap | None = None


def share(path: Path) -> None:
    """Read the offset (seconds, one double) from `path` from now on, as every worker of this server does."""
    global _offset
    if not path.exists():
        write(path, 0.0)
    with path.open("r+b") as file:
        _offset = mmap.mmap(file.fileno(), struct.calcsize(_SHAPE))


def write(path: Path, seconds: float) -> None:
    """Make or overwrite the offset file at `path` with `seconds`, in place, so that open maps see it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.write(struct.pack(_SHAPE, seconds))


def offset() -> float:
    """Seconds that this clock runs ahead of the machine's; 0.0 in production."""
    if _offset is None:
        return 0.0
    seconds: float = struct.unpack_from(_SHAPE, _offset)[0]
    return seconds


def advance(seconds: float) -> float:
    """Move the shared offset by `seconds` and return the new one; raises RuntimeError outside the demo."""
    if _offset is None:
        raise RuntimeError("This clock is not shared: it cannot be moved.")
    moved = offset() + seconds
    struct.pack_into(_SHAPE, _offset, 0, moved)
    return moved


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC) + timedelta(seconds=offset())


def today(zone: str) -> date:
    """The calendar day in the building's `zone`."""
    return now().astimezone(ZoneInfo(zone)).date()
