"""The search after the walks: what tells who was here may lie nowhere but under a seal."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.factories import Somebody
from tests.population import plain

ON_CARDS = "ULGIBAYEV"  # the surname of these people, as cards spell it


def tells(people: Iterable[Somebody]) -> re.Pattern[str]:
    """Finds every IIN, document number, phone and surname of these people, as registers and as cards spell them."""
    told = {text for one in people for text in (one.iin, one.number, one.surname, str(plain(one)["phone"]))}
    return re.compile("|".join(sorted(re.escape(text) for text in told | {ON_CARDS})))


def traces(wanted: re.Pattern[str], places: Iterable[tuple[str, str]]) -> list[str]:
    """The names of the places whose text tells who was here."""
    return sorted({name for name, text in places if wanted.search(text)})


def columns(database: Path) -> Iterator[tuple[str, str]]:
    """Every value of the database as text, with its table and column; what is sealed must be unreadable too."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = connection.execute(f'SELECT * FROM "{table}"')
            names = [f"{table}.{column[0]}" for column in rows.description]
            yield from ((name, _text(value)) for row in rows for name, value in zip(names, row, strict=True))


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file of the folder, its name included."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.name, f"{path.name}\n{_text(path.read_bytes())}"


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
