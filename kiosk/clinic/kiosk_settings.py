"""Settings of a kiosk: one frozen value, merged from organisation, building and kiosk, each knowing its origin."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

GATEWAY, LOCAL, FALLBACK = "gateway", "local", "gateway_with_fallback"
FREE_TIMES, BOOK, CHANGE, ATTACHMENT = SERVICES = ("free_times", "book", "change", "attachment")
DEFAULT, LAYERS = "default", ("organisation", "building", "kiosk")


@dataclass(frozen=True)
class KioskSettings:
    """Everything a clinic may set; times in seconds unless named, sizes in inches, pixels and millimetres.

    `services` is what this kiosk offers; `doctors` are the ids of those it offers, empty for all of the clinic;
    `speaker_level` and `headphones_level` are dB that raise or lower the sound of this kiosk to the usual loudness;
    `panel_mounting` is the height of the middle of the glass above the floor, 0 where nobody has measured it.
    """

    panel_inches: float = 21.5
    panel_width: int = 1080
    panel_height: int = 1920
    panel_distance: int = 600
    panel_mounting: int = 0
    languages: tuple[str, ...] = ("kk", "ru", "en")
    default_language: str = "kk"
    idle: int = 120
    idle_grace: int = 45
    horizon_days: int = 14
    notice_minutes: int = 15
    age_border: int = 14
    help_escalation: int = 60
    help_patience: int = 120
    help_window: str = "3"
    print_format: str = "slip"
    paper: bool = True
    consent_on_every_path: bool = False
    number_may_change_earlier: bool = False
    tries_per_ten_minutes: int = 30
    bring: str = "identity_document"
    registers: str = GATEWAY
    digital_documents: bool = True
    code_digits: int = 6
    code_minutes: int = 5
    code_tries: int = 3
    code_resend_seconds: int = 60
    code_sends: int = 3
    operator_bin: str = ""

    @property
    def asks_gateway(self) -> bool:
        """Whether this clinic is connected to the state gateway at all."""
        return self.registers != LOCAL

    text_size: int = 2
    theme: str = "default"
    out_of_service: bool = False
    out_of_service_kk: str = ""
    out_of_service_ru: str = ""
    out_of_service_en: str = ""
    closed_outside_hours: bool = False
    keypad: str = "standard"
    keypad_keys: str = ""
    invite: bool = False
    voice: str = "off"
    speaker_level: int = 0
    headphones_level: int = 0
    services: tuple[str, ...] = SERVICES
    doctors: tuple[int, ...] = ()

    def offers(self, service: str) -> bool:
        """Whether this kiosk offers one of SERVICES."""
        return service in self.services

    def serves(self, doctor_id: int) -> bool:
        """Whether this kiosk offers the times of this doctor."""
        return not self.doctors or doctor_id in self.doctors

    def out_of_service_in(self, language: str) -> str:
        """What staff say to patients while this kiosk is out of service; empty where they say nothing."""
        said: str = getattr(self, f"out_of_service_{language}")
        return said


def merge(*layers: Mapping[str, Any]) -> tuple[KioskSettings, dict[str, str]]:
    """The settings that hold after organisation, building and kiosk spoke, and where each value came from.

    Raises KeyError for a name that is no setting: an override must never be lost to a misspelling.
    """
    origins = {one.name: DEFAULT for one in fields(KioskSettings)}
    values: dict[str, Any] = {}
    for layer, overrides in zip(LAYERS, layers, strict=False):
        for name, value in overrides.items():
            if name not in origins:
                raise KeyError(name)
            values[name] = tuple(value) if isinstance(value, list) else value
            origins[name] = layer
    return KioskSettings(**values), origins
