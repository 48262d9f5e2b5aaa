"""Faults: what each simulated system is told to do wrong, and how long its answers are held back."""

from dataclasses import dataclass
from threading import Condition
from time import monotonic

SYSTEMS = ("persons", "attachments", "consent", "documents")
MODES = ("ok", "slow", "down", "malformed", "wrong", "stranger", "twice", "late")
HELD_BACK = ("slow", "late")
LONGEST = 600.0


class FaultWrong(Exception):
    """No such fault; the text says what would be one."""


@dataclass(frozen=True)
class Fault:
    """What one system does wrong; `seconds` counts for slow and late answers only."""

    mode: str = "ok"
    seconds: float = 0.0


class Faults:
    """The faults in force, by system."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._told: dict[str, Fault] = {}
        self._changed = Condition()

    def tell(self, system: object, mode: object, seconds: object = None) -> Fault:
        """Put a fault in force and return it; raises FaultWrong. Held answers of that system are let go."""
        if system not in SYSTEMS:
            raise FaultWrong(f"system must be one of: {', '.join(SYSTEMS)}.")
        if mode not in MODES:
            raise FaultWrong(f"mode must be one of: {', '.join(MODES)}.")
        fault = Fault(str(mode), self._seconds(seconds) if mode in HELD_BACK else 0.0)
        with self._changed:
            self._told[str(system)] = fault
            self._changed.notify_all()
        return fault

    def clear(self) -> None:
        """Everything works again, and every held answer is let go."""
        with self._changed:
            self._told.clear()
            self._changed.notify_all()

    def of(self, system: str) -> Fault:
        """The fault in force for `system`."""
        return self._told.get(system, Fault())

    def all(self) -> dict[str, Fault]:
        """Every system with its fault."""
        return {system: self.of(system) for system in SYSTEMS}

    def hold(self, system: str, fault: Fault) -> None:
        """Wait the fault's seconds, or until the system is told something else."""
        until = monotonic() + fault.seconds
        with self._changed:
            self._changed.wait_for(lambda: self.of(system) is not fault, max(0.0, until - monotonic()))

    def _seconds(self, value: object) -> float:
        if value is None or value == "":
            return self._patience + 1.0
        try:
            seconds = float(str(value))
        except ValueError:
            seconds = -1.0
        if not 0 <= seconds <= LONGEST:
            raise FaultWrong(f"seconds must be a number from 0 to {LONGEST:.0f}.")
        return seconds
