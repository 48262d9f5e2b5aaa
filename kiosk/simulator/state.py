"""What one simulator keeps while it runs; nothing of it outlives the process but its keys."""

from collections import OrderedDict
from dataclasses import dataclass, field

from flask import Flask, current_app

from kiosk.simulator.consents import Consents
from kiosk.simulator.faults import Faults
from kiosk.simulator.keys import Keys
from kiosk.simulator.messages import Messages
from kiosk.simulator.population import Population
from kiosk.simulator.presentations import Presentations


@dataclass
class Box:
    """The state of one simulator."""

    population: Population
    faults: Faults
    keys: Keys
    clock_shared: bool
    consents: Consents = field(default_factory=Consents)
    messages: Messages = field(default_factory=Messages)
    presentations: Presentations = field(default_factory=Presentations)
    message_ids: OrderedDict[str, None] = field(default_factory=OrderedDict)


def keep(app: Flask, box: Box) -> None:
    """Make `box` the state of `app`."""
    app.extensions["box"] = box


def box() -> Box:
    """The state of the simulator that answers now."""
    kept: Box = current_app.extensions["box"]
    return kept
