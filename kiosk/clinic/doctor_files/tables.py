"""Tables in files: rows as texts by their column, from CSV or XLSX, and back."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from kiosk.clinic.local_list.table_file import open_table

MOST = 5000


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows under their headings in small letters, each with its `row` in the file; raises FileRefused."""
    table = open_table(path)
    names = ["".join(one.lower().split()) for one in table.header]
    rows = []
    for number, cells in table.rows():
        texts = {name: _text(cell) for name, cell in zip(names, cells, strict=False) if name}
        rows.append({"row": str(number), **texts})
        if len(rows) == MOST:
            break
    return rows


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def to_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """As CSV in UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """As one sheet of XLSX, every cell a text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("doctors")
    sheet.append(list(header))
    for row in rows:
        sheet.append([_harmless(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _harmless(cell: str) -> str:
    """No program may take a text for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "@", "\t") else cell
