"""What goes through the socket: frames, each with its length in four bytes before it."""

import json
import socket
import struct
from typing import Any

_LARGEST = 32 * 1024 * 1024


class BrokenFrame(ConnectionError):
    """The other side went away or sent something that is not a frame."""


def send_frame(connection: socket.socket, data: bytes) -> None:
    """Send one frame."""
    connection.sendall(struct.pack(">I", len(data)) + data)


def receive_frame(connection: socket.socket) -> bytes:
    """Receive one frame whole."""
    (length,) = struct.unpack(">I", _exactly(connection, 4))
    if length > _LARGEST:
        raise BrokenFrame("a frame larger than any sentence")
    return _exactly(connection, length)


def send_message(connection: socket.socket, message: dict[str, Any]) -> None:
    """Send one message as JSON."""
    send_frame(connection, json.dumps(message).encode())


def receive_message(connection: socket.socket) -> dict[str, Any]:
    """Receive one message."""
    try:
        message = json.loads(receive_frame(connection))
    except ValueError:
        raise BrokenFrame("a frame that is not JSON") from None
    if not isinstance(message, dict):
        raise BrokenFrame("a frame that is not a message")
    return message


def _exactly(connection: socket.socket, length: int) -> bytes:
    parts: list[bytes] = []
    while length:
        part = connection.recv(min(length, 65536))
        if not part:
            raise BrokenFrame("the other side closed")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
