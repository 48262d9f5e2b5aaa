"""Delivery: an answer on its way out, as the system's fault lets it go."""

import json
from base64 import b64encode
from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Response, abort, request, stream_with_context

from kiosk.simulator.faults import Fault
from kiosk.simulator.state import box


def fault_now(system: str) -> Fault:
    """The fault in force for `system`; a system that is down ends the request here, a slow one waits here."""
    fault = box().faults.of(system)
    if fault.mode == "down":
        abort(Response(status=503))
    if fault.mode == "slow":
        box().faults.hold(system, fault)
    return fault


def demand_bearer() -> Response | None:
    """Turn away who shows no token; which one does not matter here."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return Response(status=401) if not shown.strip() else None


def deliver(system: str, fault: Fault, content: bytes, content_type: str) -> Response:
    """`content` as this fault lets it out: whole, broken, or begun at once and ended too late."""
    if fault.mode == "malformed":
        return Response(broken(content), content_type=content_type)
    if fault.mode == "late":
        return Response(stream_with_context(_drip(system, fault, content)), content_type=content_type)
    return Response(content, content_type=content_type)


def deliver_json(system: str, fault: Fault, answer: object) -> Response:
    """`answer` in JSON, with our signature (or a stranger's) over the question's id and the answer."""
    content = json.dumps(answer, ensure_ascii=False).encode()
    response = deliver(system, fault, content, "application/json")
    signer = box().keys.stranger if fault.mode == "stranger" else box().keys.own
    signed = request.headers.get("X-Request-Id", "").encode() + b"\n" + content
    response.headers["X-Signature"] = b64encode(signer.private.sign(signed, PKCS1v15(), SHA256())).decode()
    return response


def broken(content: bytes) -> bytes:
    """Bytes that are no longer UTF-8, cut off in the middle."""
    return content[: len(content) // 2] + b"\xff\xfe<&{"


def _drip(system: str, fault: Fault, content: bytes) -> Iterator[bytes]:
    yield content[:1]
    box().faults.hold(system, fault)
    yield content[1:]
