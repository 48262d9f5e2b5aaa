"""Settings: one frozen value read from the environment; a wrong or missing one stops the start."""

import os
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
HOME_ZONE = "Asia/Almaty"


class SettingWrong(Exception):
    """A setting is missing or cannot be read; the text names it."""


@dataclass(frozen=True)
class PanelSize:
    """A kiosk's glass: diagonal in inches, pixels, viewing distance in millimetres."""

    inches: float
    width: int
    height: int
    distance: int


@dataclass(frozen=True)
class StateAccess:
    """How this clinic is known to the state systems: addresses, services, keys and credentials (state_systems)."""

    consent_url: str
    documents_url: str
    gateway_sender: str
    gateway_password: str
    company: str
    company_bin: str
    persons_service: str
    family_service: str
    consent_service: str
    citizens_base_service: str
    documents_service: str
    signing_key: Path | None
    trusted_certificates: Path | None
    json_signed: bool
    attachments_token: str
    documents_token: str
    signer_url: str | None
    signer_key: Path | None
    signer_password: str


@dataclass(frozen=True)
class Settings:
    """What the start of a server needs to know, and nothing that a clinic changes later."""

    demo: bool
    database_url: str
    master_key: bytes
    var: Path
    port: int
    simulator_port: int
    persons_url: str
    attachments_url: str
    state: StateAccess
    outside_timeout: float
    behind_proxy: bool
    panel: PanelSize | None
    people: Path | None
    starts_at: datetime | None

    @property
    def clock_file(self) -> Path:
        """Where a demo's workers and its simulator share the clock's offset."""
        return self.var / "clock"

    @property
    def voice_socket(self) -> Path:
        """Where the helper process that speaks is asked."""
        return self.var / "voice.sock"


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read Settings from `environment` (the process's own by default); raises SettingWrong with a sentence."""
    env = os.environ if environment is None else environment
    voice_sources(env)  # read by the helper and by `make voice`; what is wrong in them is said here, at the start
    demo = _flag(env, "KIOSK_DEMO")
    var = Path(env.get("KIOSK_VAR") or ROOT / "var")
    simulator_port = _port(env, "SIMULATOR_PORT", 8001)
    simulator = f"http://127.0.0.1:{simulator_port}" if demo else None
    _only_in_demo(env, demo)
    return Settings(
        demo=demo,
        database_url=_database_url(env, demo, var),
        master_key=_master_key(env, demo, var),
        var=var,
        port=_port(env, "PORT", 8000),
        simulator_port=simulator_port,
        persons_url=_address(env, "KIOSK_PERSONS_URL", simulator and f"{simulator}/persons"),
        attachments_url=_address(env, "KIOSK_ATTACHMENTS_URL", simulator and f"{simulator}/attachments"),
        state=_state(env, simulator),
        outside_timeout=_number(env, "KIOSK_OUTSIDE_TIMEOUT", 4.0),
        behind_proxy=_flag(env, "KIOSK_BEHIND_PROXY"),
        panel=_panel(env.get("KIOSK_PANEL", "21.5:1080x1920:600")) if demo else None,
        people=_existing(env, "KIOSK_SIMULATOR_PEOPLE"),
        starts_at=_instant(env, "KIOSK_NOW"),
    )


def voice_sources(env: Mapping[str, str] | None = None) -> tuple[Path | None, dict[str, Path]]:
    """The folder of recorded sentences and each language's Piper model; SettingWrong for what is not there."""
    env = os.environ if env is None else env
    models = {}
    for each in env.get("KIOSK_PIPER", "").split():
        language, _, path = each.partition("=")
        if language not in ("kk", "ru", "en") or not Path(path).is_file():
            raise SettingWrong(f"KIOSK_PIPER must be kk=, ru= or en= and the path of a model, each: {each}")
        models[language] = Path(path)
    recorded = Path(env["KIOSK_RECORDED"]) if env.get("KIOSK_RECORDED") else None
    if recorded is not None and not recorded.is_dir():
        raise SettingWrong(f"KIOSK_RECORDED must be a folder: {recorded}")
    return recorded, models


def _state(env: Mapping[str, str], simulator: str | None) -> StateAccess:
    """The demo speaks to its simulator; elsewhere what is not set is empty, and that system stays silent."""

    def text(name: str, demo_value: str = "", usual: str = "") -> str:
        return env.get(f"KIOSK_{name}") or (demo_value if simulator else "") or usual

    return StateAccess(
        consent_url=text("CONSENT_URL", f"{simulator}/consent"),
        documents_url=text("DOCUMENTS_URL", f"{simulator}/documents"),
        gateway_sender=text("GATEWAY_SENDER", "qabyldau"),
        gateway_password=text("GATEWAY_PASSWORD", "demo"),
        company=text("COMPANY", "Qabyldau"),
        company_bin=text("COMPANY_BIN", "000000000000"),
        persons_service=text("PERSONS_SERVICE", usual="GBDFLUniversal_token"),
        family_service=text("FAMILY_SERVICE", usual="GBDFL_FamilyInfoToken"),
        consent_service=text("CONSENT_SERVICE", usual="KDP_SERVICE"),
        citizens_base_service=text("CITIZENS_BASE_SERVICE", usual="MCDB_SERVICE"),
        documents_service=text("DOCUMENTS_SERVICE", usual="DIGITAL_DOCUMENTS"),
        signing_key=_existing(env, "KIOSK_SIGNING_KEY"),
        trusted_certificates=_existing(env, "KIOSK_TRUSTED_CERTIFICATES"),
        json_signed=_flag(env, "KIOSK_JSON_SIGNED") or simulator is not None,
        attachments_token=text("ATTACHMENTS_TOKEN", "demo"),
        documents_token=text("DOCUMENTS_TOKEN", "demo"),
        signer_url=env.get("KIOSK_SIGNER_URL") or None,
        signer_key=_existing(env, "KIOSK_SIGNER_KEY"),
        signer_password=env.get("KIOSK_SIGNER_PASSWORD", ""),
    )


def _only_in_demo(env: Mapping[str, str], demo: bool) -> None:
    for name in ("KIOSK_NOW", "KIOSK_SIMULATOR_PEOPLE", "KIOSK_PANEL"):
        if env.get(name) and not demo:
            raise SettingWrong(f"{name} belongs to the demo: unset it, or set KIOSK_DEMO=1.")


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "")
    if value not in ("", "0", "1"):
        raise SettingWrong(f"{name} must be 1, 0 or unset.")
    return value == "1"


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name) or str(default)
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 65536:
        raise SettingWrong(f"{name} must be a port number from 1 to 65535.")
    return int(value)


def _number(env: Mapping[str, str], name: str, default: float) -> float:
    try:
        value = float(env.get(name) or default)
    except ValueError:
        raise SettingWrong(f"{name} must be a number of seconds.") from None
    if not 0 < value <= 60:
        raise SettingWrong(f"{name} must be more than 0 and at most 60 seconds.")
    return value


def _address(env: Mapping[str, str], name: str, default: str | None) -> str:
    value = env.get(name) or default
    if not value:
        raise SettingWrong(f"{name} is missing: the address of the state register it names.")
    if not re.match(r"https?://[^/]", value):
        raise SettingWrong(f"{name} must begin with http:// or https://.")
    return value


def _database_url(env: Mapping[str, str], demo: bool, var: Path) -> str:
    value = env.get("DATABASE_URL") or (f"sqlite:///{var / 'kiosk.sqlite3'}" if demo else "")
    if not value:
        raise SettingWrong("DATABASE_URL is missing: for example sqlite:////var/lib/qabyldau/kiosk.sqlite3.")
    if not re.match(r"(sqlite|postgresql(\+psycopg)?)://", value):
        raise SettingWrong("DATABASE_URL must begin with sqlite:// or postgresql://.")
    return re.sub(r"^postgresql://", "postgresql+psycopg://", value)


def _master_key(env: Mapping[str, str], demo: bool, var: Path) -> bytes:
    text = env.get("KIOSK_KEY", "")
    path = Path(env["KIOSK_KEY_FILE"]) if env.get("KIOSK_KEY_FILE") else var / "demo-key" if demo else None
    if not text and path is not None:
        if not path.is_file():
            raise SettingWrong(f"KIOSK_KEY_FILE names no file: {path}.")
        text = path.read_text().strip()
    if not text:
        raise SettingWrong("KIOSK_KEY or KIOSK_KEY_FILE is missing: 32 random bytes in URL-safe base64.")
    try:
        key = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        key = b""
    if len(key) < 32:
        raise SettingWrong("KIOSK_KEY must be at least 32 bytes in URL-safe base64.")
    return key


def _panel(text: str) -> PanelSize:
    match = re.fullmatch(r"(\d+(?:\.\d+)?):(\d+)x(\d+):(\d+)", text)
    if match is None:
        raise SettingWrong("KIOSK_PANEL must look like 21.5:1080x1920:600 (inches:pixels:distance in mm).")
    inches, width, height, distance = match.groups()
    size = PanelSize(float(inches), int(width), int(height), int(distance))
    if not (5 <= size.inches <= 100 and size.width >= 320 and size.height >= 320 and 200 <= size.distance <= 3000):
        raise SettingWrong("KIOSK_PANEL is not a kiosk's glass: 5-100 inches, 320 pixels and more, 200-3000 mm.")
    return size


def _existing(env: Mapping[str, str], name: str) -> Path | None:
    if not env.get(name):
        return None
    path = Path(env[name])
    if not path.is_file():
        raise SettingWrong(f"{name} names no file: {path}.")
    return path


def _instant(env: Mapping[str, str], name: str) -> datetime | None:
    if not env.get(name):
        return None
    try:
        moment = datetime.fromisoformat(env[name])
    except ValueError:
        raise SettingWrong(f"{name} must be an ISO time such as 2026-11-20T09:00.") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(HOME_ZONE))
    return moment.astimezone(UTC)
