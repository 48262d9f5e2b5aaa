"""Visit: what this person has told us so far; kept on the server, forgotten at the end or on idle."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from kiosk.accessibility.preferences import Preferences, changed
from kiosk.clinic.kiosk_settings import KioskSettings
from kiosk.clinic.people import person_from
from kiosk.clinic.ports import Basis, Person


@dataclass(frozen=True)
class Attached:
    """The attachment that lets this patient book here, with the source and time of the answer."""

    district: str
    since: date | None
    source: str
    received_at: datetime


@dataclass(frozen=True)
class Stop:
    """The obstacle or refusal that this visit met, by name, with what its screen needs to say."""

    name: str
    facts: dict[str, str] = field(default_factory=dict)


@dataclass
class Visit:
    """One person's visit to the kiosk, from the first touch to the end.

    `actor` is who identified, `patient` who is to be seen; the held slot is the database's to know.
    """

    language: str
    preferences: Preferences = field(default_factory=Preferences)
    draft: dict[str, str] = field(default_factory=dict)
    actor: Person | None = None
    patient: Person | None = None
    children: list[dict[str, str]] = field(default_factory=list)
    basis: Basis | None = None
    identified_at: datetime | None = None
    messages: list[str] = field(default_factory=list)
    attached: Attached | None = None
    stop: Stop | None = None
    doctor_id: int | None = None
    lost_slot: int | None = None
    moving: str | None = None
    ticket: str | None = None

    @property
    def by_card(self) -> bool:
        """Whether a document was presented, and not only its number typed."""
        return self.basis is not None and self.basis.kind != "number_typed"

    def seconds(self, now: datetime) -> int | None:
        """Seconds since identification: the standard's ten minutes (row 3) are counted from there."""
        return int((now - self.identified_at).total_seconds()) if self.identified_at else None

    def forget_person(self) -> None:
        """Forget who is here and all that followed; language and preferences stay."""
        fresh = Visit(self.language, self.preferences)
        self.__dict__.update(fresh.__dict__)

    def forget_choice(self) -> None:
        """Forget patient, attachment and choice, and keep who identified: before another patient is chosen."""
        self.patient = self.attached = self.stop = None
        self.doctor_id = self.lost_slot = self.moving = self.ticket = None

    def plain(self) -> dict[str, Any]:
        """As JSON, for sealing."""
        return _jsonable(asdict(self))  # type: ignore[no-any-return]


def visit_from(plain: dict[str, Any]) -> Visit:
    """The Visit that was sealed."""
    values = dict(plain)
    values["preferences"] = Preferences(**plain["preferences"])
    for name in ("actor", "patient"):
        values[name] = person_from(plain[name]) if plain[name] else None
    values["basis"] = Basis(**plain["basis"]) if plain["basis"] else None
    values["identified_at"] = _instant(plain["identified_at"])
    values["stop"] = Stop(**plain["stop"]) if plain["stop"] else None
    if plain["attached"]:
        attached = dict(plain["attached"])
        attached["since"] = date.fromisoformat(attached["since"]) if attached["since"] else None
        attached["received_at"] = _instant(attached["received_at"])
        values["attached"] = Attached(**attached)
    return Visit(**values)


def default_preferences(settings: KioskSettings) -> Preferences:
    """How this kiosk looks before somebody says otherwise."""
    return changed(Preferences(), {"text_size": str(settings.text_size), "theme": settings.theme})


def life(settings: KioskSettings) -> timedelta:
    """How long a visit lives after its last mark: the idle time, then the grace of the warning."""
    return timedelta(seconds=settings.idle + settings.idle_grace)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _jsonable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
