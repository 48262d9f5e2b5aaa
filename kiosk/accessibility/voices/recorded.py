"""Sentences read by a person: files that replace the made voice one by one."""

from pathlib import Path

from kiosk.accessibility.voices.sounds import MEDIA_TYPES, Clip, clip_hash

VOICE = "recorded"


def file_name(language: str, text: str) -> str:
    """Name the file, without its suffix, under which a recording of this text is looked up."""
    return clip_hash(VOICE, language, text)


def find_recording(directory: Path, language: str, text: str) -> Path | None:
    """Find the recording of a text in directory/language, if someone has made it."""
    stem = directory / language / file_name(language, text)
    paths = (stem.with_suffix(suffix) for suffix in MEDIA_TYPES)
    return next((path for path in paths if path.is_file()), None)


def read_recording(path: Path) -> Clip:
    """Read a recording as it is."""
    return Clip(path.suffix, path.read_bytes())
