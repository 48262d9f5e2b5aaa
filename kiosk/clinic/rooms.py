"""Rooms and windows of a building, as its staff list them: doctors' rooms and the window for help come from there."""

from collections.abc import Iterable, Mapping
from typing import Any

from kiosk.clinic.places import Building
from kiosk.clinic.schedule import Doctor

LONGEST = 20
FLOORS = range(-3, 100)


def rooms_of(building: Building) -> dict[str, int]:
    """The rooms of a building with their floors; empty where nobody has listed them."""
    return dict(building.rooms.get("rooms", {}))


def windows_of(building: Building) -> list[str]:
    """The windows of a building; empty where nobody has listed them."""
    return list(building.rooms.get("windows", []))


def why_not(building: Building, room: str, floor: int) -> str:
    """Why nobody can receive there: `room` is not listed, or is on another `floor`; empty where the list agrees.

    A building whose rooms nobody has listed has every room.
    """
    listed = rooms_of(building)
    if not listed:
        return ""
    return "room" if room not in listed else "floor" if listed[room] != floor else ""


def not_listed(building: Building, doctors: Iterable[Doctor]) -> list[Doctor]:
    """The doctors who receive in a room that the building's list does not have, or not on that floor."""
    return [one for one in doctors if one.is_active and why_not(building, one.room, one.floor)]


def read_rooms(text: str) -> dict[str, int]:
    """Rooms from lines such as "203, 2"; raises ValueError with the first line that cannot be."""
    rooms: dict[str, int] = {}
    for line in _lines(text):
        name, _comma, floor = (part.strip() for part in line.rpartition(","))
        if not 0 < len(name) <= LONGEST or name in rooms or not _is_floor(floor):
            raise ValueError(line)
        rooms[name] = int(floor)
    return rooms


def read_windows(text: str) -> list[str]:
    """Windows, one in a line; raises ValueError with the first line that cannot be."""
    windows: list[str] = []
    for line in _lines(text):
        if len(line) > LONGEST or line in windows:
            raise ValueError(line)
        windows.append(line)
    return windows


def written(rooms: Mapping[str, Any]) -> str:
    """Rooms as `read_rooms` reads them."""
    return "\n".join(f"{name}, {floor}" for name, floor in rooms.items())


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _is_floor(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < 3 and int(text) in FLOORS
