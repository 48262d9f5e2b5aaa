"""Tables that leave the house as CSV, with a checksum that the journal remembers."""

import csv
from collections.abc import Iterable, Sequence
from hashlib import sha256
from io import StringIO
from typing import Any

from flask import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"


def csv_of(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read Kazakh letters; no cell can be taken for a formula."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(heading)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return (MARK + text.getvalue()).encode()


def checksum(content: bytes) -> str:
    """SHA-256 in hex, as sha256sum prints it."""
    return sha256(content).hexdigest()


def download(content: bytes, name: str) -> Response:
    """A CSV file to keep; its name carries the beginning of the checksum, a header the whole."""
    total = checksum(content)
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{total[:12]}.csv"'
    response.headers["X-Checksum-SHA256"] = total
    return response


def _harmless(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    is_number = isinstance(cell, int | float)
    return f"'{text}" if text.startswith(FORMULA) and not is_number else text
