"""Voices: from words to sound files, whoever speaks them."""

from kiosk.accessibility.voices.client import VoiceClient, VoiceUnavailable, start_voice_process
from kiosk.accessibility.voices.prompts import (
    PromptReport,
    build_prompts,
    find_clip,
    missing_prompts,
)
from kiosk.accessibility.voices.sounds import MEDIA_TYPES, Clip, clip_hash
from kiosk.accessibility.voices.table import TextTooLong, VoiceTable

__all__ = [
    "MEDIA_TYPES",
    "Clip",
    "PromptReport",
    "TextTooLong",
    "VoiceClient",
    "VoiceTable",
    "VoiceUnavailable",
    "build_prompts",
    "clip_hash",
    "find_clip",
    "missing_prompts",
    "start_voice_process",
]
