"""The conformance report: the 87 rows of the accessibility requirements, and what a run of the tests says of each."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

ROOM = Path(__file__).parent
CHAPTERS = "ABCDEF"
MET, PARTLY, NOT_MET = "met", "partly", "not_met"
HARDWARE, PEOPLE, LATER = "hardware", "people", "later"
PASSED = "passed"


@dataclass(frozen=True)
class Row:
    """One requirement: its place in the table, a short plain title, and what no test can give it (or nothing)."""

    id: str
    wave: int
    titles: Mapping[str, str]
    needs: str = ""

    @property
    def chapter(self) -> str:
        """The letter of its part of the table."""
        return self.id[0]


@dataclass(frozen=True)
class Finding:
    """What one run says of one row: a state, and the tests that name the row."""

    row: str
    state: str
    tests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """The findings of one run, in the order of the table, with its day and the version that was tested."""

    day: date
    version: str
    findings: tuple[Finding, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON would have it."""
        return {
            "day": self.day.isoformat(),
            "version": self.version,
            "findings": [asdict(one) for one in self.findings],
        }

    def chapter(self, letter: str) -> list[Finding]:
        """The findings of one part of the table."""
        return [one for one in self.findings if one.row.startswith(letter)]


@cache
def rows() -> dict[str, Row]:
    """Every requirement by its id, in the order of the table."""
    plain = tomllib.loads((ROOM / "rows.toml").read_text(encoding="utf-8"))
    return {ident: _row(ident, one) for ident, one in plain.items()}


def _row(ident: str, plain: Mapping[str, Any]) -> Row:
    titles = {language: str(plain[language]) for language in ("kk", "ru", "en")}
    return Row(ident, plain["wave"], titles, plain.get("needs", ""))


def judge(day: date, version: str, outcomes: Mapping[str, Mapping[str, str]]) -> Report:
    """The report of one run; `outcomes` gives for a row each test that names it, and how that test ended."""
    return Report(day, version, tuple(_finding(one, outcomes.get(one.id, {})) for one in rows().values()))


def _finding(row: Row, outcomes: Mapping[str, str]) -> Finding:
    """Met only when a test names the row, every such test passed, and nothing of it is beyond tests."""
    if not outcomes:
        return Finding(row.id, row.needs or NOT_MET)
    if set(outcomes.values()) != {PASSED}:
        return Finding(row.id, NOT_MET, tuple(outcomes))
    return Finding(row.id, PARTLY if row.needs else MET, tuple(outcomes))


@cache
def latest() -> Report:
    """The report that this version carries."""
    plain = json.loads((ROOM / "report.json").read_text(encoding="utf-8"))
    findings = tuple(Finding(one["row"], one["state"], tuple(one["tests"])) for one in plain["findings"])
    return Report(date.fromisoformat(plain["day"]), plain["version"], findings)
