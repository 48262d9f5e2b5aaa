"""Tables that leave the house as CSV or XLSX, row by row through a file, with a checksum that the journal remembers."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from io import SEEK_END, TextIOWrapper
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from flask import Response, request
from openpyxl import Workbook
from werkzeug.wsgi import wrap_file

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MEDIA = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Export:
    """A finished table: a file without a name that ends with the answer, how many rows, and its SHA-256 in hex."""

    file: BinaryIO
    kind: str
    rows: int
    sha256: str


def export(kind: str, heading: Sequence[str], rows: Rows) -> Export:
    """Write the rows as they come: memory holds one at a time, however many there are; no cell is a formula."""
    file, passed = TemporaryFile(), 0  # noqa: SIM115 - the answer closes it

    def counted() -> Iterator[Sequence[Any]]:
        nonlocal passed
        for passed, row in enumerate(rows, 1):  # noqa: B007 - the count outlives the loop
            yield row

    WRITERS[kind](file, heading, counted())
    file.seek(0)
    return Export(file, kind, passed, file_digest(file, "sha256").hexdigest())


def _write_csv(file: BinaryIO, heading: Sequence[str], rows: Rows) -> None:
    """UTF-8 with a mark, so that spreadsheets read Kazakh letters."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(heading)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    text.flush()
    text.detach()


def _write_xlsx(file: BinaryIO, heading: Sequence[str], rows: Rows) -> None:
    """One sheet; numbers stay numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("table")
    sheet.append(list(heading))
    for row in rows:
        sheet.append([cell if isinstance(cell, int | float) else _harmless(cell) for cell in row])
    book.save(file)


WRITERS: dict[str, Callable[[BinaryIO, Sequence[str], Rows], None]] = {"csv": _write_csv, "xlsx": _write_xlsx}


def kind_asked() -> str:
    """Which kind of file the form asks for: CSV unless it says XLSX."""
    return "xlsx" if request.form.get("form") == "xlsx" else "csv"


def download(made: Export, name: str) -> Response:
    """The file to keep; its name carries the beginning of the checksum, a header the whole."""
    response = Response(wrap_file(request.environ, made.file), mimetype=MEDIA[made.kind], direct_passthrough=True)
    response.content_length = made.file.seek(0, SEEK_END)
    made.file.seek(0)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{made.sha256[:12]}.{made.kind}"'
    response.headers["X-Checksum-SHA256"] = made.sha256
    return response


def _harmless(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    is_number = isinstance(cell, int | float)
    return f"'{text}" if text.startswith(FORMULA) and not is_number else text
