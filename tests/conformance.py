"""`make conformance`: the results of the last `make test` as docs/conformance.md and as the page /accessibility."""

import json
import sys
from collections import Counter
from datetime import date

from kiosk import __version__
from kiosk.accessibility.conformance import CHAPTERS, ROOM, Finding, Report, judge, rows
from kiosk.config import ROOT
from tests.rows import RESULTS

PAGE = ROOT / "docs/conformance.md"
STATES = {
    "met": "met",
    "partly": "met as far as tests can show",
    "not_met": "**not met**",
    "hardware": "needs hardware",
    "people": "needs people",
    "later": "not in scope yet",
}
NEEDS = {"hardware": "the rest needs hardware", "people": "the rest needs people", "later": "the rest comes later"}
TITLES = dict(
    zip(
        CHAPTERS,
        ("Hearing", "Seeing", "Touching and acting", "Time and memory", "Understanding", "The whole system"),
        strict=True,
    )
)
PREFACE = """# Conformance report

Made by `make conformance` from the results of `make test` of {day}, version {version}; nobody writes it by hand.
The rows are those of the accessibility requirements. A row is *met* only when at least one test names it
(`@pytest.mark.row`) and every test that names it passed in that run; anything else is said plainly.

{counts}
"""


def write(report: Report) -> str:
    """The report as Markdown."""
    counts = Counter(one.state for one in report.findings)
    summary = "\n".join(f"- {words}: {counts[state]}" for state, words in STATES.items() if counts[state])
    parts = [PREFACE.format(day=report.day.isoformat(), version=report.version, counts=summary)]
    for letter in CHAPTERS:
        parts.append(f"## {letter}. {TITLES[letter]}\n\n| row | requirement | state | shown by |\n|---|---|---|---|")
        parts[-1] += "".join(f"\n{_line(one)}" for one in report.chapter(letter)) + "\n"
    return "\n".join(parts)


def _line(finding: Finding) -> str:
    row = rows()[finding.row]
    state = STATES[finding.state] + (f"; {NEEDS[row.needs]}" if finding.state == "partly" else "")
    tests = ", ".join(one.removeprefix("tests/") for one in finding.tests)
    return f"| {row.id} | {row.titles['en']} | {state} | {tests} |"


def main() -> None:
    """Judge the last run and write both."""
    if not RESULTS.exists():
        sys.exit("No results yet: run make test first.")
    told = json.loads(RESULTS.read_text())
    report = judge(date.fromisoformat(told["day"]), __version__, told["rows"])
    PAGE.write_text(write(report), encoding="utf-8")
    (ROOM / "report.json").write_text(json.dumps(report.plain(), indent=1) + "\n", encoding="utf-8")
    met = sum(one.state == "met" for one in report.findings)
    sys.stdout.write(f"docs/conformance.md: {met} of {len(report.findings)} rows met\n")


if __name__ == "__main__":
    main()
