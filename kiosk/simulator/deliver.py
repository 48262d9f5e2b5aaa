"""Delivery: an answer on its way out, as the system's fault lets it go."""

from collections.abc import Iterator

from flask import Response, abort, stream_with_context

from kiosk.simulator.faults import Fault
from kiosk.simulator.state import box


def fault_now(system: str) -> Fault:
    """The fault in force for `system`; a system that is down ends the request here, a slow one waits here."""
    fault = box().faults.of(system)
    if fault.mode == "down":
        abort(503, "")
    if fault.mode == "slow":
        box().faults.hold(system, fault)
    return fault


def deliver(system: str, fault: Fault, content: bytes, content_type: str) -> Response:
    """`content` as this fault lets it out: whole, broken, or begun at once and ended too late."""
    if fault.mode == "malformed":
        return Response(broken(content), content_type=content_type)
    if fault.mode == "late":
        return Response(stream_with_context(_drip(system, fault, content)), content_type=content_type)
    return Response(content, content_type=content_type)


def broken(content: bytes) -> bytes:
    """Bytes that are no longer UTF-8, cut off in the middle."""
    half = len(content) // 2
    return content[:half] + b"\xff\xfe<&{"


def _drip(system: str, fault: Fault, content: bytes) -> Iterator[bytes]:
    yield content[:1]
    box().faults.hold(system, fault)
    yield content[1:]
