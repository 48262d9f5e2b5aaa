"""Settings: each wrong or missing one stops the start with a sentence that names it; the demo stays in the demo."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.config import ROOT, PanelSize, Settings, SettingWrong, from_environment, voice_sources

KEY = "a" * 43
REAL = {
    "DATABASE_URL": "postgresql://kiosk@database/kiosk",
    "KIOSK_KEY": KEY,
    "KIOSK_PERSONS_URL": "https://gateway/persons",
    "KIOSK_ATTACHMENTS_URL": "https://gateway/attachments",
}
DEMO = {"KIOSK_DEMO": "1", "KIOSK_KEY": KEY}


def wrong(environment: dict[str, str]) -> str:
    with pytest.raises(SettingWrong) as met:
        from_environment(environment)
    return str(met.value)


def test_a_real_installation_reads_its_settings() -> None:
    settings = from_environment(REAL)
    assert settings.database_url == "postgresql+psycopg://kiosk@database/kiosk"
    assert (settings.persons_url, settings.attachments_url) == (
        "https://gateway/persons",
        "https://gateway/attachments",
    )
    assert len(settings.master_key) >= 32
    assert (settings.port, settings.behind_proxy) == (8000, False)


def test_nothing_of_the_demo_outside_the_demo() -> None:
    settings = from_environment(REAL)
    assert not settings.demo
    assert (settings.panel, settings.people, settings.starts_at) == (None, None, None)
    assert "127.0.0.1" not in settings.persons_url + settings.attachments_url + settings.database_url


@pytest.mark.parametrize(
    ("name", "value"),
    [("KIOSK_NOW", "2031-03-12T09:00"), ("KIOSK_PANEL", "21.5:1080x1920:600"), ("KIOSK_SIMULATOR_PEOPLE", __file__)],
)
def test_what_belongs_to_the_demo_stops_a_real_start(name: str, value: str) -> None:
    assert name in wrong({**REAL, name: value})
    assert "KIOSK_DEMO=1" in wrong({**REAL, name: value})
    from_environment({**DEMO, name: value})


@pytest.mark.parametrize("name", REAL)
def test_each_missing_setting_is_named(name: str) -> None:
    without = {key: value for key, value in REAL.items() if key != name}
    assert name in wrong(without)
    assert name in wrong({**without, name: ""})


def test_a_real_start_finds_no_key_of_a_demo(tmp_path: Path) -> None:
    (tmp_path / "demo-key").write_text(KEY)
    without = {key: value for key, value in REAL.items() if key != "KIOSK_KEY"}
    assert "KIOSK_KEY" in wrong({**without, "KIOSK_VAR": str(tmp_path)})
    assert from_environment({"KIOSK_DEMO": "1", "KIOSK_VAR": str(tmp_path)}).master_key


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KIOSK_DEMO", "yes"),
        ("KIOSK_BEHIND_PROXY", "true"),
        *(("PORT", port) for port in ("0", "65536", "-1", "http", "80.5", "٨٠")),
        ("SIMULATOR_PORT", "0"),
        *(("DATABASE_URL", url) for url in ("mysql://x", "kiosk.sqlite3", "sqlite:x", " ")),
        *(("KIOSK_KEY", key) for key in ("short", "!" * 50, "a" * 41, "ключ" * 20)),
        ("KIOSK_KEY_FILE", "/no/such/file"),
        *(("KIOSK_PERSONS_URL", url) for url in ("gateway", "ftp://gateway", "http:///path")),
        ("KIOSK_ATTACHMENTS_URL", "gateway"),
        *(("KIOSK_OUTSIDE_TIMEOUT", seconds) for seconds in ("0", "-1", "61", "soon", "nan", "inf")),
        *(("KIOSK_NOW", moment) for moment in ("tomorrow", "2031-13-01", "2031-03-12T25:00")),
        *(("KIOSK_PANEL", size) for size in ("21.5", "21.5:1080:1920:600", "1:1080x1920:600", "21.5:10x10:600", "x")),
        ("KIOSK_SIMULATOR_PEOPLE", "/no/such/file"),
    ],
)
def test_each_wrong_setting_is_named_in_a_sentence(name: str, value: str) -> None:
    environment = {**DEMO, name: value}
    if name == "KIOSK_KEY_FILE":
        del environment["KIOSK_KEY"]
    said = wrong(environment)
    assert said.startswith(name)
    assert said.endswith(".") and "\n" not in said
    assert name != "KIOSK_KEY" or value not in said


def test_a_demo_needs_its_key_only(tmp_path: Path) -> None:
    settings = from_environment({**DEMO, "KIOSK_VAR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path / 'kiosk.sqlite3'}"
    assert settings.persons_url == "http://127.0.0.1:8001/persons"
    assert settings.panel == PanelSize(21.5, 1080, 1920, 600)
    assert from_environment(DEMO).var == ROOT / "var"


def test_the_simulator_follows_its_port() -> None:
    settings = from_environment({**DEMO, "SIMULATOR_PORT": "9001"})
    assert settings.attachments_url == "http://127.0.0.1:9001/attachments"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2031-03-12T09:00", datetime(2031, 3, 12, 4, 0, tzinfo=UTC)),
        ("2031-03-12T09:00+05:00", datetime(2031, 3, 12, 4, 0, tzinfo=UTC)),
        ("2031-03-12T04:00Z", datetime(2031, 3, 12, 4, 0, tzinfo=UTC)),
        ("2031-03-12", datetime(2031, 3, 11, 19, 0, tzinfo=UTC)),
    ],
)
def test_the_demos_beginning_is_almatys_unless_it_names_a_zone(text: str, moment: datetime) -> None:
    assert from_environment({**DEMO, "KIOSK_NOW": text}).starts_at == moment


def test_a_key_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    without = {key: value for key, value in REAL.items() if key != "KIOSK_KEY"}
    assert from_environment({**without, "KIOSK_KEY_FILE": str(tmp_path / "key")}) == from_environment(REAL)


def test_settings_are_one_frozen_value() -> None:
    settings: Settings = from_environment(REAL)
    with pytest.raises(FrozenInstanceError):
        settings.port = 1  # type: ignore[misc]


def test_voices_are_recordings_then_piper(tmp_path: Path) -> None:
    (tmp_path / "kk.onnx").touch()
    assert voice_sources({}) == (None, {})
    env = {"KIOSK_RECORDED": str(tmp_path), "KIOSK_PIPER": f"kk={tmp_path}/kk.onnx"}
    assert voice_sources(env) == (tmp_path, {"kk": tmp_path / "kk.onnx"})
    for wrong in ({"KIOSK_RECORDED": f"{tmp_path}/none"}, {"KIOSK_PIPER": "kk=none"}, {"KIOSK_PIPER": "de=x"}):
        with pytest.raises(SettingWrong, match=next(iter(wrong))):
            voice_sources(wrong)
