"""XLSX, read as a stream, after its archive was found to be what a list of people needs and no bomb."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from openpyxl import load_workbook

from kiosk.clinic.local_list.refused import FileRefused

MOST_PARTS, LARGEST_UNPACKED, LARGEST_STRINGS = 500, 512 * 1024 * 1024, 128 * 1024 * 1024
_SUSPICIOUS_RATIO, _FREE_OF_SUSPICION = 150, 4 * 1024 * 1024
_PROLOGUE, LONGEST_CELL = 64 * 1024, 32_767  # Excel's own limit
_DOCTYPES = tuple("<!DOCTYPE".encode(one) for one in ("utf-8", "utf-16-le", "utf-16-be"))
FORMULA = "="


def examine(path: Path) -> int | None:
    """How many rows the first sheet says it has, None where it does not say; raises FileRefused for a bomb."""
    try:
        with ZipFile(path) as box:
            _judge(box)
        with _opened(path) as book:
            said: int | None = book.worksheets[0].max_row
            return said
    except FileRefused:
        raise
    except Exception:  # whatever a stranger's XML does to the parsers is one answer here
        raise FileRefused("broken_xlsx") from None


def read(path: Path, most_columns: int) -> Iterator[tuple[str | int | float | date | None, ...]]:
    """The rows of the first sheet; a formula comes as its text, which begins with `=`."""
    try:
        with _opened(path) as book:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for row in sheet.iter_rows(max_col=most_columns, values_only=True):
                yield tuple(_cell(one) for one in row)
    except FileRefused:
        raise
    except Exception:
        raise FileRefused("broken_xlsx") from None


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    with path.open("rb") as file, closing(load_workbook(file, read_only=True, keep_links=False)) as book:
        yield book


def _cell(value: Any) -> str | int | float | date | None:
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        raise FileRefused("long_field")
    if value is None or isinstance(value, str | int | float | date):
        return value
    return FORMULA


def _judge(box: ZipFile) -> None:
    parts = box.infolist()
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > LARGEST_UNPACKED:
        raise FileRefused("bomb")
    for part in parts:
        if part.flag_bits & 1:
            raise FileRefused("old_excel")
        if _is_bomb(part):
            raise FileRefused("bomb")
        _refuse_entities(box, part)
    if "xl/workbook.xml" not in box.namelist():
        raise FileRefused("not_a_table")


def _is_bomb(part: ZipInfo) -> bool:
    if part.file_size > _FREE_OF_SUSPICION and part.file_size > _SUSPICIOUS_RATIO * max(part.compress_size, 1):
        return True
    return not part.filename.startswith("xl/worksheets/") and part.file_size > LARGEST_STRINGS


def _refuse_entities(box: ZipFile, part: ZipInfo) -> None:
    if not part.filename.endswith((".xml", ".rels")):
        return
    try:
        with box.open(part) as file:
            start = file.read(_PROLOGUE)
    except (BadZipFile, NotImplementedError, OSError, EOFError):
        raise FileRefused("broken_xlsx") from None
    if any(one in start for one in _DOCTYPES):
        raise FileRefused("bomb")
