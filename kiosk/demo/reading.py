"""The demo's files as plain values: nothing here touches the database."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from kiosk.clinic.names import Names
from kiosk.clinic.schedule import DoctorKind

_HERE = Path(__file__).parent

Shift = tuple[int, time, time]


@dataclass(frozen=True)
class ClinicRow:
    """One line of clinics.csv."""

    code: str
    names: Names
    address: Names
    phones: str


@dataclass(frozen=True)
class DoctorRow:
    """One line of doctors.csv; `state` is empty, leave or full."""

    district: str
    for_children: bool
    kind: DoctorKind
    names: Names
    building: str
    room: str
    floor: int
    week: str
    slot_minutes: int
    state: str


def clinics() -> list[ClinicRow]:
    """The 33 sample clinics, in the order of their source."""
    return [_clinic(row) for row in _rows("clinics.csv")]


def doctors() -> list[DoctorRow]:
    """The invented doctors of the demo kiosk's clinic."""
    return [_doctor(row) for row in _rows("doctors.csv")]


def clinic() -> dict[str, Any]:
    """The demo kiosk's clinic: its code, buildings, kiosk and weeks."""
    return tomllib.loads((_HERE / "clinic.toml").read_text(encoding="utf-8"))


def shifts(week: list[str]) -> list[Shift]:
    """The weekly shifts in six texts such as "08:00-13:00", Monday first; an empty text is a day off."""
    return [_shift(weekday, text) for weekday, text in enumerate(week) if text]


def _shift(weekday: int, text: str) -> Shift:
    starts, ends = text.split("-")
    return weekday, time.fromisoformat(starts), time.fromisoformat(ends)


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _clinic(row: dict[str, str]) -> ClinicRow:
    return ClinicRow(
        code=row["code"],
        names=Names(row["kk"], row["ru"], row["en"]),
        address=Names(row["address_kk"], row["address_ru"], row["address_en"]),
        phones=row["phones"],
    )


def _doctor(row: dict[str, str]) -> DoctorRow:
    return DoctorRow(
        district=row["district"],
        for_children=row["patients"] == "children",
        kind=DoctorKind(row["kind"]),
        names=Names(row["name"], row["name"], row["latin"]),
        building=row["building"],
        room=row["room"],
        floor=int(row["floor"]),
        week=row["week"],
        slot_minutes=int(row["slot_minutes"]),
        state=row["state"],
    )
