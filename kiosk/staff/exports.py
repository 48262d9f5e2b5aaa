"""Tables that leave the house as CSV or XLSX, with a checksum that the journal remembers."""

import csv
from collections.abc import Iterable, Sequence
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any

from flask import Response
from openpyxl import Workbook

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"
MEDIA = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def csv_of(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read Kazakh letters; no cell can be taken for a formula."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(heading)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return (MARK + text.getvalue()).encode()


def xlsx_of(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet of XLSX; numbers stay numbers, and no cell can be taken for a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("journal")
    sheet.append(list(heading))
    for row in rows:
        sheet.append([cell if isinstance(cell, int | float) else _harmless(cell) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def checksum(content: bytes) -> str:
    """SHA-256 in hex, as sha256sum prints it."""
    return sha256(content).hexdigest()


def download(content: bytes, name: str, kind: str = "csv") -> Response:
    """A file to keep; its name carries the beginning of the checksum, a header the whole."""
    total = checksum(content)
    response = Response(content, mimetype=MEDIA[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{total[:12]}.{kind}"'
    response.headers["X-Checksum-SHA256"] = total
    return response


def _harmless(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    is_number = isinstance(cell, int | float)
    return f"'{text}" if text.startswith(FORMULA) and not is_number else text
