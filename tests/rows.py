"""Which tests show which rows of the accessibility requirements: `@pytest.mark.row("B1")`, kept for the report."""

import json
from datetime import UTC, datetime

import pytest

from kiosk.accessibility.conformance import PASSED, rows
from kiosk.config import ROOT

RESULTS = ROOT / "build/test-results.json"
ROW = "row"


def name_rows(item: pytest.Item) -> None:
    """Let a test's reports carry the rows that it names; a row that does not exist is an error of the test."""
    names = tuple(name for mark in item.iter_markers("row") for name in mark.args)
    if unknown := set(names) - set(rows()):
        raise pytest.UsageError(f"{item.nodeid} names {sorted(unknown)}, which are no rows")
    item.user_properties += [(ROW, name) for name in names]


class RowKeeper:
    """Keeps how the tests of each row ended: the worst of a test's phases and parameters."""

    def __init__(self) -> None:
        self.outcomes: dict[str, dict[str, str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note one phase of one test for each row that it names, whichever process ran it."""
        test = report.nodeid.split("[")[0]
        for key, value in report.user_properties:
            if key == ROW:
                tests = self.outcomes.setdefault(str(value), {})
                so_far = tests.get(test, PASSED)
                tests[test] = so_far if so_far != PASSED else report.outcome

    def pytest_sessionfinish(self) -> None:
        """Write what was kept, for `make conformance`."""
        RESULTS.parent.mkdir(exist_ok=True)
        told = {"day": datetime.now(UTC).date().isoformat(), "rows": self.outcomes}
        RESULTS.write_text(json.dumps(told, indent=1, sort_keys=True))
