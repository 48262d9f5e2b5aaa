"""Which tests show which rows of the accessibility requirements: `@pytest.mark.row("B1")`, kept for the report."""

import json
from datetime import UTC, datetime

import pytest

from kiosk.accessibility.conformance import PASSED, rows
from kiosk.config import ROOT

RESULTS = ROOT / "build/test-results.json"


def named(item: pytest.Item) -> tuple[str, ...]:
    """The rows that a test names; a row that does not exist is an error of the test."""
    names = tuple(name for mark in item.iter_markers("row") for name in mark.args)
    if unknown := set(names) - set(rows()):
        raise pytest.UsageError(f"{item.nodeid} names {sorted(unknown)}, which are no rows")
    return names


def test_name(item: pytest.Item) -> str:
    """The test as its file and function, whatever its parameters are."""
    return item.nodeid.split("[")[0]


test_name.__test__ = False  # type: ignore[attr-defined]


class RowKeeper:
    """Keeps how the tests of each row ended: the worst of a test's phases and parameters."""

    def __init__(self) -> None:
        self.outcomes: dict[str, dict[str, str]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item):  # type: ignore[no-untyped-def]
        """Note one phase of one test for each row that it names."""
        report = yield
        for name in named(item):
            tests = self.outcomes.setdefault(name, {})
            so_far = tests.get(test_name(item), PASSED)
            tests[test_name(item)] = so_far if so_far != PASSED else report.outcome
        return report

    def pytest_sessionfinish(self) -> None:
        """Write what was kept, for `make conformance`."""
        RESULTS.parent.mkdir(exist_ok=True)
        told = {"day": datetime.now(UTC).date().isoformat(), "rows": self.outcomes}
        RESULTS.write_text(json.dumps(told, indent=1, sort_keys=True))
