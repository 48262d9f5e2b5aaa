"""The state in a box: a separate server that speaks the state systems' wire formats, for the demo and tests."""

import logging
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, Response, abort, request

from kiosk.config import HOME_ZONE
from kiosk.simulator import attachments, control, documents, gateway, pages, phones
from kiosk.simulator.faults import Faults
from kiosk.simulator.keys import make_keys
from kiosk.simulator.population import BUNDLED, load
from kiosk.simulator.state import Box, keep

_LOOPBACK = ("127.", "::1", "::ffff:127.")
_LARGEST_REQUEST = 256 * 1024


def create_simulator(people: Path | None, var: Path, clock_shared: bool = False, patience: float = 4.0) -> Flask:
    """A simulator of the population at `people` (the bundled one when None); raises PopulationWrong.

    It keeps its keys in the folder `simulator` of `var`; `patience` is the client's timeout in seconds, which a slow
    answer exceeds.
    """
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=_LARGEST_REQUEST, MAX_FORM_MEMORY_SIZE=_LARGEST_REQUEST)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    for name in ("werkzeug", "signxml"):  # their lines would hold URLs and bodies
        logging.getLogger(name).setLevel(logging.WARNING)
    keep(app, Box(load(people or BUNDLED), Faults(patience), make_keys(var / "simulator"), clock_shared))
    app.before_request(_only_loopback)
    app.jinja_env.globals["zone"] = ZoneInfo(HOME_ZONE)
    for part in (control, pages, phones, gateway, attachments, documents):
        app.register_blueprint(part.blueprint)
    return app


def _only_loopback() -> Response | None:
    if not (request.remote_addr or "").startswith(_LOOPBACK):
        abort(403, "The simulator answers on this machine only.")
    return None
