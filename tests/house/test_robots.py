"""A robot knows only its channel: its decisions import nothing of the product, of the browser, or of other tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import ROOT

ROBOTS = sorted((ROOT / "tests/walks/robots").glob("*.py"))
BROWSER_SIDE = ("channels.py", "room.py")  # what the channels are made of
OWN = "tests.walks.robots"
PLAIN = {"__future__", "abc", "collections", "dataclasses", "enum", "random", "re", "typing"}


def imported(path: Path) -> Iterator[str]:
    for one in ast.walk(ast.parse(path.read_text())):
        if isinstance(one, ast.Import):
            yield from (name.name for name in one.names)
        elif isinstance(one, ast.ImportFrom):
            yield "." * one.level + (one.module or "")


@pytest.mark.row("F4")
@pytest.mark.parametrize("path", ROBOTS, ids=lambda one: one.name)
def test_a_robot_imports_nothing_of_the_product(path: Path) -> None:
    named = list(imported(path))
    assert not [name for name in named if name.split(".")[0] == "kiosk"]
    if path.name not in BROWSER_SIDE:
        strange = [name for name in named if not name.startswith(OWN) and name.split(".")[0] not in PLAIN]
        assert strange == [], f"{path.name} knows more than its channel"


@pytest.mark.parametrize("path", [one for one in ROBOTS if one.name not in BROWSER_SIDE], ids=lambda one: one.name)
def test_a_robot_looks_at_no_page_behind_its_channel(path: Path) -> None:
    tree = ast.parse(path.read_text())
    reached = [one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)]
    assert not {"_page", "page", "evaluate", "content", "locator"} & set(reached)
