"""The clinics whose names the attachment register knows; an unknown code is its own name."""

import csv
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "clinics.csv"


@cache
def _names() -> dict[str, str]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def clinic_name(code: str) -> str:
    """The clinic's name, or its code."""
    return _names().get(code, code)
