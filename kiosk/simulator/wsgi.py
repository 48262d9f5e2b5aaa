"""The simulator's server starts here: one process, several threads, because its state is in memory."""

from kiosk import clock
from kiosk.config import from_environment
from kiosk.simulator import create_simulator

settings = from_environment()
clock.share(settings.clock_file)
application = create_simulator(settings.people, settings.var, True, settings.outside_timeout)
