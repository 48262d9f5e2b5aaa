"""Imports run inward: the contracts of pyproject.toml hold, and they are the ones that the house is drawn with."""

import subprocess
import sys
import tomllib
from pathlib import Path

from kiosk.config import ROOT


def test_the_contracts_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_the_contracts_are_the_houses() -> None:
    plain = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["name"]: one for one in plain["tool"]["importlinter"]["contracts"]}
    layers = contracts["Imports run inward"]
    assert layers["exhaustive"] and layers["containers"] == ["kiosk"]
    order = [set(one.replace(":", "|").replace(" ", "").split("|")) for one in layers["layers"]]
    height = {room: place for place, rooms in enumerate(order) for room in rooms}
    assert height["app"] < height["patient"] == height["staff"] == height["outside"] < height["clinic"]
    assert height["accessibility"] == height["clinic"] < height["database"] == height["clock"]
    assert {"flask", "httpx", "wtforms", "flask_babel"} <= set(
        contracts["The clinic knows no web"]["forbidden_modules"]
    )
    assert "sqlalchemy" in contracts["The doors know no SQL"]["forbidden_modules"]
    assert "ignore_imports" not in layers
