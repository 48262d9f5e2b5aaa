"""What one simulator keeps while it runs; nothing of it outlives the process but its keys."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app

from kiosk.simulator.faults import Faults
from kiosk.simulator.population import Population


@dataclass
class Box:
    """The state of one simulator."""

    population: Population
    faults: Faults
    var: Path
    clock_shared: bool


def keep(app: Flask, box: Box) -> None:
    """Make `box` the state of `app`."""
    app.extensions["box"] = box


def box() -> Box:
    """The state of the simulator that answers now."""
    kept: Box = current_app.extensions["box"]
    return kept
