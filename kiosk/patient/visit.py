"""Visit: what this person has told us so far; kept on the server, forgotten at the end or on idle."""

from copy import deepcopy
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from kiosk.accessibility.preferences import Preferences, changed
from kiosk.clinic.consent import Request
from kiosk.clinic.kiosk_settings import KioskSettings
from kiosk.clinic.people import person_from
from kiosk.clinic.ports import Basis, Person

# Who is here and what they came for: half of one request and half of another would be nobody's.
ERRAND = frozenset({"actor", "patient", "children", "basis", "identified_at", "attached", "stop", "local"})
ERRAND |= {"doctor_id", "lost_slot", "moving", "ticket", "answered"}


@dataclass(frozen=True)
class Attached:
    """The attachment that lets this patient book here, with the source and time of the answer."""

    district: str
    since: date | None
    source: str
    received_at: datetime
    as_of: date | None = None


@dataclass(frozen=True)
class Stop:
    """The obstacle or refusal that this visit met, by name, with what its screen needs to say."""

    name: str
    facts: dict[str, str] = field(default_factory=dict)


@dataclass
class Visit:
    """One person's visit to the kiosk, from the first touch to the end.

    `actor` is who identified, `patient` who is to be seen; the held slot is the database's to know. `aloud` is what
    this person said to private sentences from the loudspeaker: yes, no, or empty for not asked yet. `presented` is a
    document that was read while its owner's consent is still awaited. `answered` says that this errand has had an
    answer of the standard's kind: booked, moved, cancelled, refused or no free time. `tried` is the IIN whose
    card met an obstacle: whether the next card is the same person's.
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
    presented: dict[str, Any] | None = None
    consent: Request | None = None
    consent_ref: str | None = None
    local: dict[str, Any] = field(default_factory=dict)
    correlation: str = field(default_factory=lambda: str(uuid4()))
    ticket: str | None = None
    calling: bool = False
    answered: bool = False
    aloud: str = ""
    tried: str = ""

    @property
    def by_card(self) -> bool:
        """Whether a document was presented, and not only its number typed."""
        return self.basis is not None and self.basis.kind != "number_typed"

    def seconds(self, now: datetime) -> int | None:
        """Seconds since identification: the standard's ten minutes (row 3) are counted from there."""
        return int((now - self.identified_at).total_seconds()) if self.identified_at else None

    @property
    def waiting_since(self) -> datetime | None:
        """When somebody identified who has no answer yet; None for everybody else."""
        return self.identified_at if self.actor is not None and not self.answered else None

    def forget_person(self) -> None:
        """Forget who is here and all that followed; language, preferences and the word on speaking aloud stay."""
        stays = {"correlation": self.correlation, "calling": self.calling, "aloud": self.aloud}
        fresh = Visit(self.language, self.preferences, **stays)  # type: ignore[arg-type]
        self.__dict__.update(fresh.__dict__)

    def forget_choice(self) -> None:
        """Forget patient, attachment and choice, and keep who identified: before another patient is chosen."""
        self.patient = self.attached = self.stop = None
        self.doctor_id = self.lost_slot = self.moving = self.ticket = None
        self.answered = False
        self.local.pop("attachment", None)

    @property
    def list_day(self) -> date | None:
        """The day of the clinic's own list where this visit rests on it, the oldest one; None where it does not."""
        days = [self.local[name] for name in ("identity", "attachment") if name in self.local]
        return date.fromisoformat(min(days)) if days else None

    def plain(self) -> dict[str, Any]:
        """As JSON, for sealing."""
        return _jsonable(asdict(self))  # type: ignore[no-any-return]


def visit_from(plain: dict[str, Any]) -> Visit:
    """The Visit that was sealed; what becomes of it leaves `plain` as it is."""
    values = deepcopy(plain)
    values["preferences"] = Preferences(**plain["preferences"])
    for name in ("actor", "patient"):
        values[name] = person_from(plain[name]) if plain[name] else None
    values["basis"] = _basis(plain["basis"]) if plain["basis"] else None
    values["identified_at"] = _instant(plain["identified_at"])
    values["stop"] = Stop(**values["stop"]) if plain["stop"] else None
    if plain["attached"]:
        attached = dict(plain["attached"])
        attached["since"] = date.fromisoformat(attached["since"]) if attached["since"] else None
        attached["as_of"] = date.fromisoformat(attached["as_of"]) if attached["as_of"] else None
        attached["received_at"] = _instant(attached["received_at"])
        values["attached"] = Attached(**attached)
    values["consent"] = _request(plain["consent"]) if plain["consent"] else None
    return Visit(**values)


def changed_between(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Which fields of a plain visit a request has changed; person and errand count as changed together."""
    changed = {name for name, value in after.items() if name not in before or value != before[name]}
    return changed | ERRAND if changed & ERRAND else changed


def laid_upon(stored: dict[str, Any], read: dict[str, Any], mine: dict[str, Any], written: set[str]) -> dict[str, Any]:
    """A plain visit as it is stored now, with the fields of `mine` that this request has `written`; wish by wish."""
    content = {**mine, **stored, **{name: mine[name] for name in written}}
    wishes = {name: wish for name, wish in mine["preferences"].items() if wish != read["preferences"].get(name)}
    return {**content, "preferences": {**stored["preferences"], **wishes}}


def default_preferences(settings: KioskSettings) -> Preferences:
    """How this kiosk looks before somebody says otherwise."""
    wanted = {"text_size": str(settings.text_size), "theme": settings.theme}
    return changed(Preferences(), wanted | ({"voice": settings.voice} if settings.voice != "off" else {}))


def idle_seconds(settings: KioskSettings, visit: Visit | None, listening: bool = False) -> int:
    """Seconds of silence after which this person is asked whether more time is needed; `listening`: with the voice."""
    mine = visit.preferences if visit else default_preferences(settings)
    if listening and mine.voice == "off":
        mine = replace(mine, voice="speaker")
    seconds = mine.idle(settings.idle, visit is not None and visit.calling)
    if visit is not None and visit.consent is not None and visit.consent.is_open:
        # The wait for the phone is cut short by no question: it has an end of its own.
        return max(seconds, 60 * settings.code_minutes + settings.idle_grace)
    return seconds


def life(settings: KioskSettings, visit: Visit | None) -> timedelta:
    """How long a visit lives after its last mark: the idle time of its mode, then the grace of the warning."""
    return timedelta(seconds=idle_seconds(settings, visit) + settings.idle_grace)


def _basis(plain: dict[str, Any]) -> Basis:
    return Basis(**{**plain, "expires_at": _instant(plain["expires_at"])})


def _request(plain: dict[str, Any]) -> Request:
    times = {name: _instant(plain[name]) for name in ("sent_at", "expires_at", "may_repeat_at")}
    lists = {name: tuple(plain[name]) for name in ("rejected", "messages")}
    return Request(**{**plain, **times, **lists})


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _jsonable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
