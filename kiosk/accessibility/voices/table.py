"""Which voice speaks which language: a recording first, then Piper, then espeak-ng."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.accessibility.voices import espeak, piper
from kiosk.accessibility.voices.recorded import (
    VOICE,
    find_recording,
    read_recording,
)
from kiosk.accessibility.voices.sounds import Clip, clip_hash, encode
from kiosk.config import voice_sources

LONGEST = 4000


class TextTooLong(ValueError):
    """Nobody listens to more than 4,000 characters in one breath."""


@dataclass(frozen=True)
class VoiceTable:
    """The back end for each language; without settings every language is espeak-ng's."""

    recorded: Path | None = None
    piper: Mapping[str, Path] = field(default_factory=dict)

    @classmethod
    def of_settings(cls) -> "VoiceTable":
        """As the environment says: KIOSK_RECORDED, KIOSK_PIPER."""
        return cls(*voice_sources())

    def voice_name(self, language: str, text: str) -> str:
        """Name the voice that will say this text."""
        if self._recording(language, text):
            return VOICE
        if language in self.piper:
            return piper.voice_name(self.piper[language])
        return espeak.voice_name(language)

    def clip_hash(self, language: str, text: str) -> str:
        """Name the clip of this text in the voice that will say it."""
        return clip_hash(self.voice_name(language, text), language, text)

    def speak(self, language: str, text: str, small: bool = False) -> Clip:
        """Say a text as a sound file, at once or small; KeyError for a language nobody speaks.

        Opus takes 36 ms for a second of speech, which a listener would notice; WAV takes none.
        """
        if len(text) > LONGEST:
            raise TextTooLong(f"{len(text)} characters")
        recording = self._recording(language, text)
        if recording:
            return read_recording(recording)
        if language in self.piper:
            return encode(piper.speak(self.piper[language], text), small)
        return encode(espeak.speak(language, text), small)

    def _recording(self, language: str, text: str) -> Path | None:
        return find_recording(self.recorded, language, text) if self.recorded else None
