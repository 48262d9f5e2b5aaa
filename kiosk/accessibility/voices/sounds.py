"""Sound as numbers and as a file: Opus where the library is there, else WAV."""

import hashlib
import importlib
import io
import wave
from dataclasses import dataclass
from functools import cache
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

MEDIA_TYPES = {
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
}
_OPUS_RATE = 24_000
# About 20 kbit/s: clear speech in a seventeenth of the WAV.
_OPUS_LEVEL = 0.95
# 22,050 samples to 24,000 is 147 to 160; times 64, so that the transform has small factors.
_BLOCK = 147 * 64


@dataclass(frozen=True)
class Sound:
    """Mono sound: 16-bit samples and how many of them make a second."""

    samples: NDArray[np.int16]
    rate: int

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate


@dataclass(frozen=True)
class Clip:
    """A sound file in memory, with the suffix that names its kind."""

    suffix: str
    data: bytes

    @property
    def media_type(self) -> str:
        """The Content-Type under which a browser plays it."""
        return MEDIA_TYPES[self.suffix]


def clip_hash(voice: str, language: str, text: str) -> str:
    """Name a clip by all that decides how it sounds: 32 hexadecimal digits."""
    key = "\x1f".join((voice, language, text)).encode("utf-8", "replace")
    return hashlib.sha256(key).hexdigest()[:32]


def encode(sound: Sound, small: bool) -> Clip:
    """Make a file of a sound: Opus if it is to be kept small and can be, else WAV at once."""
    library = _opus_library() if small else None
    if library is None:
        return Clip(".wav", _wav(sound))
    file = io.BytesIO()
    samples = _for_opus(sound)
    library.write(file, samples, _OPUS_RATE, format="OGG", subtype="OPUS", compression_level=_OPUS_LEVEL)
    return Clip(".ogg", file.getvalue())


@cache
def _opus_library() -> ModuleType | None:
    try:
        library = importlib.import_module("soundfile")
    except (ImportError, OSError):
        return None
    return library if "OPUS" in library.available_subtypes("OGG") else None


def _wav(sound: Sound) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(sound.rate)
        writer.writeframes(sound.samples.astype("<i2").tobytes())
    return file.getvalue()


def _for_opus(sound: Sound) -> NDArray[np.int16]:
    """Change the rate without new tones: the spectrum is kept and given more or less room."""
    if sound.rate == _OPUS_RATE:
        return sound.samples
    padded = np.pad(sound.samples, (0, -len(sound.samples) % _BLOCK))
    ratio = _OPUS_RATE / sound.rate
    stretched = np.fft.irfft(np.fft.rfft(padded), round(len(padded) * ratio)) * ratio
    length = round(len(sound.samples) * ratio)
    return np.clip(stretched[:length], -32768, 32767).astype(np.int16)
