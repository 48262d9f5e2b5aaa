"""A table in a file, CSV or XLSX by its content: headings and rows, with a bound on everything a stranger can send."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.clinic.local_list import csv_file, xlsx_file
from kiosk.clinic.local_list.refused import FileRefused

Cell = str | int | float | date | None
Row = tuple[Cell, ...]
LARGEST, MOST_ROWS, MOST_COLUMNS, LONGEST_HEADING = 128 * 1024 * 1024, 200_000, 100, 100
_EMPTY_ROWS = 1_000


@dataclass(frozen=True)
class TableFile:
    """Headings, the rows under them with their numbers in the file, and how many there seem to be."""

    header: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[int, Row]]]
    total: int | None


def open_table(path: Path) -> TableFile:
    """The table in `path`; raises FileRefused, at once or while its rows are read."""
    if not path.is_file():
        raise FileRefused("no_file")
    if path.stat().st_size > LARGEST:
        raise FileRefused("too_big")
    with path.open("rb") as file:
        start = file.read(4)
    if start == b"\xd0\xcf\x11\xe0":
        raise FileRefused("old_excel")
    reader = xlsx_file if start == b"PK\x03\x04" else csv_file
    total = reader.examine(path)
    if total is not None and total > MOST_ROWS + _EMPTY_ROWS:
        raise FileRefused("too_many_rows")
    header = _header(reader.read(path, MOST_COLUMNS))
    return TableFile(header, lambda: _body(reader.read(path, len(header))), max(total - 1, 0) if total else None)


def _header(rows: Iterator[Row]) -> tuple[str, ...]:
    for _number, row in _filled(rows):
        header = tuple(str(cell).strip() if cell is not None else "" for cell in row)
        while header and not header[-1]:
            header = header[:-1]
        if any(len(one) > LONGEST_HEADING for one in header):
            raise FileRefused("long_field")
        return header
    raise FileRefused("empty")


def _body(rows: Iterator[Row]) -> Iterator[tuple[int, Row]]:
    filled = _filled(rows)
    next(filled, None)
    for count, (number, row) in enumerate(filled, 1):
        if count > MOST_ROWS:
            raise FileRefused("too_many_rows")
        yield number, row


def _filled(rows: Iterator[Row]) -> Iterator[tuple[int, Row]]:
    """The rows that say something; a file of nothing but emptiness is not read to its end."""
    empty = 0
    for number, row in enumerate(rows, 1):
        if any(cell not in (None, "") for cell in row):
            yield number, row
        else:
            empty += 1
            if empty > _EMPTY_ROWS:
                return
