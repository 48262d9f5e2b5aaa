"""Organisation, building and kiosk each speak; the nearest voice holds, and its origin is known."""

from dataclasses import FrozenInstanceError, fields

import pytest

from kiosk.clinic.kiosk_settings import KioskSettings, merge


def test_without_overrides_everything_is_the_houses_default() -> None:
    settings, origins = merge({}, {}, {})
    assert settings == KioskSettings()
    assert set(origins) == {field.name for field in fields(KioskSettings)}
    assert set(origins.values()) == {"default"}


def test_the_nearest_voice_holds_and_is_named() -> None:
    settings, origins = merge(
        {"idle": 100, "horizon_days": 10, "paper": False}, {"idle": 90, "horizon_days": 7}, {"idle": 80}
    )
    assert (settings.idle, settings.horizon_days, settings.paper) == (80, 7, False)
    assert (origins["idle"], origins["horizon_days"], origins["paper"]) == ("kiosk", "building", "organisation")
    assert origins["notice_minutes"] == "default"


def test_an_override_that_equals_the_default_is_still_the_layers_word() -> None:
    settings, origins = merge({"idle": 60}, {}, {"idle": KioskSettings().idle})
    assert (settings.idle, origins["idle"]) == (KioskSettings().idle, "kiosk")


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_a_misspelt_name_is_never_lost(layer: int) -> None:
    layers: list[dict[str, object]] = [{}, {}, {}]
    layers[layer] = {"idel": 60}
    with pytest.raises(KeyError, match="idel"):
        merge(*layers)


def test_lists_from_json_become_values() -> None:
    settings, _ = merge({"languages": ["ru", "kk"]}, {}, {})
    assert settings.languages == ("ru", "kk")
    hash(settings)
    with pytest.raises(FrozenInstanceError):
        settings.idle = 1  # type: ignore[misc]


def test_merging_changes_no_layer() -> None:
    layers = ({"idle": 100}, {"languages": ["kk"]}, {"idle": 80})
    merge(*layers)
    assert layers == ({"idle": 100}, {"languages": ["kk"]}, {"idle": 80})
