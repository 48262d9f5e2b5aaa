"""The population: whom the simulated registers know, read from a file of people."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

BUNDLED = Path(__file__).parent / "people.json"


class PopulationWrong(Exception):
    """The population file cannot be read; the text names the place."""


@dataclass(frozen=True)
class Paper:
    """A document that a person holds."""

    kind: str
    number: str
    issued: date | None
    expires: date | None
    status: str
    mrz: tuple[str, ...]

    @property
    def as_scanned(self) -> str:
        """What a scanner sends for the machine-readable zone: the lines, each ended by CR."""
        return "".join(f"{line}\r" for line in self.mrz)


@dataclass(frozen=True)
class Attached:
    """Where a person is attached or asked to be; `duplicate_of` names a second active clinic."""

    status: str
    organisation: str
    district: str
    since: date | None
    duplicate_of: str | None


@dataclass(frozen=True)
class Resident:
    """One person of the population."""

    iin: str
    surname: str
    name: str
    patronymic: str
    birth_date: date
    sex: str
    alive: bool
    phone: str
    in_mobile_base: bool
    documents: tuple[Paper, ...]
    children: tuple[str, ...]
    attachment: Attached | None
    note: str

    @property
    def has_app(self) -> bool:
        """Whether one-time codes and digital documents can reach this person."""
        return self.in_mobile_base and bool(self.phone) and self.alive


class Population:
    """Everybody, found by IIN or phone."""

    def __init__(self, people: tuple[Resident, ...]) -> None:
        self.people = people
        self._by_iin = {one.iin: one for one in people}

    def find(self, iin: str) -> Resident | None:
        """The person with this IIN."""
        return self._by_iin.get(iin)

    def holder(self, phone: str) -> Resident | None:
        """The first person registered with this phone."""
        return next((one for one in self.people if one.phone and one.phone == phone), None)

    def without(self, iin: str) -> Resident | None:
        """Somebody who is not this person, preferably with papers: whom a wrong answer describes."""
        others = [one for one in self.people if one.iin != iin]
        return next((one for one in others if any(paper.mrz for paper in one.documents)), next(iter(others), None))


def load(path: Path) -> Population:
    """The population in the file at `path`; raises PopulationWrong."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PopulationWrong(f"{path} is no readable JSON file: {error}.") from None
    if not isinstance(entries, list):
        raise PopulationWrong(f"{path} must hold a list of persons.")
    return Population(tuple(_numbered(path, place, entry) for place, entry in enumerate(entries, 1)))


def _numbered(path: Path, place: int, entry: Any) -> Resident:
    try:
        return _resident(entry)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PopulationWrong(f"{path}: person {place} is not in the expected form ({error!r}).") from None


def _resident(entry: dict[str, Any]) -> Resident:
    return Resident(
        iin=str(entry["iin"]),
        surname=entry["surname"],
        name=entry["name"],
        patronymic=entry.get("patronymic") or "",
        birth_date=date.fromisoformat(entry["birth_date"]),
        sex=entry["sex"],
        alive=entry.get("alive", True),
        phone=entry.get("phone") or "",
        in_mobile_base=bool(entry.get("in_mobile_base", False)),
        documents=tuple(_paper(one) for one in entry.get("documents") or ()),
        children=tuple(str(child) for child in entry.get("children") or ()),
        attachment=_attached(entry.get("attachment")),
        note=entry.get("note") or "",
    )


def _paper(entry: dict[str, Any]) -> Paper:
    return Paper(
        kind=entry["type"],
        number=str(entry["number"]),
        issued=_day(entry.get("issued")),
        expires=_day(entry.get("expires")),
        status=entry.get("status") or "valid",
        mrz=tuple(entry.get("mrz") or ()),
    )


def _attached(entry: dict[str, Any] | None) -> Attached | None:
    if not entry:
        return None
    return Attached(
        status=entry["status"],
        organisation=entry["organisation"],
        district=str(entry.get("district") or ""),
        since=_day(entry.get("since")),
        duplicate_of=entry.get("duplicate_of"),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
