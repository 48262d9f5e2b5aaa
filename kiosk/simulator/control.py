"""The control API: the clock, the faults and whether the simulator is well."""

import math
from typing import Any, NoReturn

from flask import Blueprint, Response, abort, jsonify, make_response, request
from werkzeug.exceptions import HTTPException

from kiosk import clock
from kiosk.simulator.faults import FaultWrong
from kiosk.simulator.state import box

blueprint = Blueprint("control", __name__)
_LONGEST_JUMP = 10 * 366 * 86400


@blueprint.get("/healthz")
def health() -> Response:
    """Well as soon as it answers."""
    return jsonify(status="ok", people=len(box().population.people))


@blueprint.get("/api/clock")
def read_clock() -> Response:
    """The shared offset in seconds and the time it makes."""
    return jsonify(offset=clock.offset(), now=clock.now().isoformat())


@blueprint.post("/api/clock")
def move_clock() -> Response:
    """Move the clock that kiosk and simulator share by `advance` seconds."""
    seconds = body().get("advance")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not math.isfinite(seconds):
        refuse("advance must be a number of seconds.")
    if abs(seconds) > _LONGEST_JUMP:
        refuse("advance must be at most ten years.")
    if not box().clock_shared:
        refuse("This simulator was started without the shared clock.", 409)
    return jsonify(offset=clock.advance(float(seconds)))


@blueprint.get("/api/faults")
def list_faults() -> Response:
    """The fault in force for each system."""
    return jsonify({system: vars(fault) for system, fault in box().faults.all().items()})


@blueprint.post("/api/faults")
def tell_fault() -> Response:
    """Tell a system what to do wrong."""
    told = body()
    try:
        fault = box().faults.tell(told.get("system"), told.get("mode"), told.get("seconds"))
    except FaultWrong as wrong:
        refuse(str(wrong))
    return jsonify(system=told["system"], mode=fault.mode, seconds=fault.seconds)


@blueprint.delete("/api/faults")
def clear_faults() -> tuple[str, int]:
    """Everything works again."""
    box().faults.clear()
    return "", 204


def body() -> dict[str, Any]:
    """The request's JSON object, whatever its content type; answers 400 otherwise."""
    sent = request.get_json(force=True, silent=True)
    if not isinstance(sent, dict):
        refuse("The body must be a JSON object.")
    return sent


def refuse(sentence: str, status: int = 400) -> NoReturn:
    """End the request with `sentence` in JSON."""
    abort(make_response(jsonify(error=sentence), status))


@blueprint.app_errorhandler(HTTPException)
def as_json(error: HTTPException) -> Response | HTTPException:
    """Errors of the API in JSON, those of the pages as they are."""
    if error.response is not None or not request.path.startswith("/api/"):
        return error
    return make_response(jsonify(error=error.description), error.code or 500)
