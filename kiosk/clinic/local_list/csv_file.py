"""CSV as clinics save it: UTF-8, UTF-16 or the Kazakh and Russian eight-bit code page; comma, semicolon or tab."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kiosk.clinic.local_list.refused import FileRefused

LONGEST_LINE, LONGEST_FIELD = 64 * 1024, 16 * 1024
_CHUNK = 1024 * 1024
_EIGHT_BIT = "kz1048"  # Windows-1251 with the Kazakh letters (ҚР СТ 1048-2002)


def examine(path: Path) -> int:
    """How many lines there are, read through once; raises FileRefused for what is no text."""
    encoding = _encoding(path)
    lines = 0
    with path.open(encoding=encoding, newline="") as file:
        try:
            while chunk := file.read(_CHUNK):
                if "\x00" in chunk:
                    raise FileRefused("not_a_table")
                lines += chunk.count("\n") or chunk.count("\r")
        except UnicodeError:
            raise FileRefused("encoding") from None
    return lines + 1


def read(path: Path, most_columns: int) -> Iterator[tuple[str, ...]]:
    """Its rows, one after another, whatever the size of the file; raises FileRefused where it breaks off."""
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding=_encoding(path), newline="") as file:
        separator = _separator(file)
        try:
            for row in csv.reader(_lines(file), delimiter=separator, strict=True):
                yield tuple(row[:most_columns])
        except csv.Error as error:
            raise FileRefused("long_field" if "field limit" in str(error) else "broken_csv") from None
        except UnicodeError:
            raise FileRefused("encoding") from None


def _lines(file: IO[str]) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise FileRefused("long_field")
        yield line


def _separator(file: IO[str]) -> str:
    try:
        first = next((line for line in _lines(file) if line.strip()), "")
    except UnicodeError:
        raise FileRefused("encoding") from None
    file.seek(0)
    return max(";,\t|", key=first.count)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _EIGHT_BIT
    return "utf-8"
