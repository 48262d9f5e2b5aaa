"""espeak-ng in this process: the voice that is always there, in every language."""

import ctypes
from functools import cache
from threading import Lock
from typing import NamedTuple

import espeakng_loader
import numpy as np

from kiosk.accessibility.voices.sounds import Sound

_SYNCHRONOUS, _NO_EXIT, _UTF8 = 2, 0x8000, 1
_BY_CHARACTER = 1
_RATE, _VOLUME, _PITCH = 1, 2, 3
_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Manner(NamedTuple):
    """How espeak speaks one language: its voice, words a minute, and pitch from 0 to 99."""

    voice: str
    rate: int
    pitch: int


# The rates give 12 to 14 characters a second in each language; a test measures it.
MANNERS = {
    "kk": Manner("kk", 154, 45),
    "ru": Manner("ru", 116, 45),
    "en": Manner("gmw/en", 130, 45),
}
# Full volume clips the loudest Russian vowels.
_LOUDNESS = 85
# Two threads that start the library at once would crash the process.
_STARTING = Lock()


class EspeakFailed(RuntimeError):
    """The library could not be started or would not speak."""


def voice_name(language: str) -> str:
    """Name the voice with its settings, so that changing them renames the clips."""
    manner = MANNERS[language]
    return f"espeak-{manner.voice}-{manner.rate}-{manner.pitch}-{_LOUDNESS}"


def speak(language: str, text: str) -> Sound:
    """Say a text; an empty one is a moment of silence."""
    with _STARTING:
        engine = _engine()
    return engine.speak(MANNERS[language], text)


@cache
def _engine() -> "_Engine":
    return _Engine()


class _Engine:
    """The library as loaded: one for the process, one sentence at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pieces: list[bytes] = []
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        self._rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, data, _NO_EXIT)
        if self._rate <= 0:
            raise EspeakFailed("espeak-ng did not start")
        # Kept on self: the library holds no reference of its own to the callback.
        self._callback = _Callback(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, manner: Manner, text: str) -> Sound:
        words = text.replace("\0", " ").encode("utf-8", "replace") + b"\0"
        with self._lock:
            self._pieces.clear()
            self._set(manner)
            size = ctypes.c_size_t(len(words))
            failed = self._library.espeak_Synth(words, size, 0, _BY_CHARACTER, 0, _UTF8, None, None)
            if failed:
                raise EspeakFailed("espeak-ng refused a text")
            samples = np.frombuffer(b"".join(self._pieces), np.int16)
        if not len(samples):
            samples = np.zeros(self._rate // 20, np.int16)
        return Sound(samples, self._rate)

    def _set(self, manner: Manner) -> None:
        if self._library.espeak_SetVoiceByName(manner.voice.encode()):
            raise EspeakFailed(f"espeak-ng has no voice {manner.voice}")
        for setting, value in ((_RATE, manner.rate), (_PITCH, manner.pitch), (_VOLUME, _LOUDNESS)):
            self._library.espeak_SetParameter(setting, value, 0)

    def _collect(self, samples: object, count: int, _events: object) -> int:
        if samples and count > 0:
            self._pieces.append(ctypes.string_at(samples, count * 2))  # type: ignore[arg-type]
        return 0
