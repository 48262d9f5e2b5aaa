"""A Piper voice from a model file, for a clinic that has one; the package is optional."""

import importlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.accessibility.voices.sounds import Sound


def voice_name(model: Path) -> str:
    """Name the voice by its model file."""
    return f"piper-{model.stem}"


def speak(model: Path, text: str) -> Sound:
    """Say a text with the voice in this model file."""
    voice = _load(model)
    chunks = list(voice.synthesize(text))
    samples = np.frombuffer(b"".join(chunk.audio_int16_bytes for chunk in chunks), np.int16)
    rate: int = voice.config.sample_rate
    return Sound(samples if len(samples) else np.zeros(rate // 20, np.int16), rate)


@cache
def _load(model: Path) -> Any:
    return importlib.import_module("piper").PiperVoice.load(model)
