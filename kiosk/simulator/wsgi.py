"""The simulator's server starts here: one process, several threads, because its state is in memory."""

import sys

from flask import Flask

from kiosk import clock
from kiosk.config import SettingWrong, from_environment
from kiosk.simulator import create_simulator
from kiosk.simulator.population import PopulationWrong


def create() -> Flask:
    """The simulator for a WSGI server; a wrong setting or population ends the start with its sentence."""
    try:
        settings = from_environment()
        clock.share(settings.clock_file)
        return create_simulator(settings.people, settings.var, True, settings.outside_timeout)
    except (SettingWrong, PopulationWrong) as wrong:
        sys.exit(f"The simulator cannot start: {wrong}")


application = create()
