"""Patience: how often one system is asked again, and when it is left in peace."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import uniform
from time import monotonic, sleep
from typing import TypeVar

from kiosk import clock
from kiosk.clinic.obstacles import Obstacle, RegisterSilent

T = TypeVar("T")
FAILURES = 3
REST = timedelta(seconds=10)
_TRIES = 2
_PAUSE = (0.05, 0.2)


class Unreached(RegisterSilent):
    """The system turned us away at once, so that asking again soon may help."""


class Circuit:
    """Counts failures in a row: after three, silence is answered for ten seconds without asking."""

    def __init__(self, system: str) -> None:
        self._system = system
        self._failures = 0
        self._failed_at: datetime | None = None

    def call(self, ask: Callable[[], T]) -> T:
        """What `ask` answers; raises RegisterSilent at once while the system rests."""
        if self._rests():
            raise RegisterSilent(self._system)
        try:
            answer = ask()
        except RegisterSilent:
            self._failures, self._failed_at = self._failures + 1, clock.now()
            raise RegisterSilent(self._system) from None
        except Obstacle:
            self._failures = 0
            raise
        self._failures = 0
        return answer

    def _rests(self) -> bool:
        if self._failures < FAILURES or self._failed_at is None:
            return False
        # a clock set back must not make the rest longer
        return timedelta() <= clock.now() - self._failed_at < REST


def persist(once: Callable[[float], T], seconds: float, repeatable: bool) -> T:
    """What `once(until)` answers within `seconds`, asked again where that is safe and the first was turned away."""
    until = monotonic() + seconds
    for _ in range(_TRIES - 1 if repeatable else 0):
        try:
            return once(until)
        except Unreached:
            pause = uniform(*_PAUSE)  # noqa: S311  (spreads the kiosks, guards nothing)
            if monotonic() + 2 * pause > until:
                raise
            sleep(pause)
    return once(until)
