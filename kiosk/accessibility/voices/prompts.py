"""Fixed prompts made once into files that are named by what they say."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kiosk.accessibility.voices.espeak import EspeakFailed
from kiosk.accessibility.voices.sounds import MEDIA_TYPES
from kiosk.accessibility.voices.table import VoiceTable

Texts = Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class PromptReport:
    """What building did: clips written, clips that were there, and (language, text) not made."""

    written: int
    kept: int
    missing: tuple[tuple[str, str], ...]


def build_prompts(
    texts: Texts,
    directory: Path,
    table: VoiceTable | None = None,
    tell: Callable[[int, int], None] = lambda done, whole: None,
) -> PromptReport:
    """Make the clip of every text that has none yet; clips are never changed or removed.

    `tell` hears how many of the whole are done, after each of them.
    """
    table = table or VoiceTable()
    directory.mkdir(parents=True, exist_ok=True)
    written = kept = 0
    missing: list[tuple[str, str]] = []
    each = list(_each(texts))
    # Encoding leaves Python alone, so threads use every core.
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for one, made in zip(each, workers.map(partial(_try_to_build, directory, table), each), strict=True):
            if made is None:
                missing.append(one)
            else:
                written, kept = written + made, kept + (not made)
            tell(written + kept + len(missing), len(each))
    return PromptReport(written, kept, tuple(missing))


def missing_prompts(texts: Texts, directory: Path, table: VoiceTable | None = None) -> list[tuple[str, str]]:
    """List the texts, with their language, that have no clip in the directory."""
    table = table or VoiceTable()
    return [
        (language, text)
        for language, text in _each(texts)
        if find_clip(directory, table.clip_hash(language, text)) is None
    ]


def find_clip(directory: Path, name: str) -> Path | None:
    """Find a clip by its hash; anything that is not a hash finds nothing."""
    if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
        return None
    paths = (directory / f"{name}{suffix}" for suffix in MEDIA_TYPES)
    return next((path for path in paths if path.is_file()), None)


def _each(texts: Texts) -> Iterator[tuple[str, str]]:
    for language, sentences in texts.items():
        for text in dict.fromkeys(sentences):
            yield language, text


def _try_to_build(directory: Path, table: VoiceTable, one: tuple[str, str]) -> bool | None:
    try:
        return _build(*one, directory, table)
    except (EspeakFailed, OSError, KeyError, ValueError):
        return None


def _build(language: str, text: str, directory: Path, table: VoiceTable) -> bool:
    name = table.clip_hash(language, text)
    if find_clip(directory, name):
        return False
    clip = table.speak(language, text, small=True)
    # Written aside and renamed: a reader never meets half a clip.
    half = directory / f".{name}.{os.getpid()}"
    half.write_bytes(clip.data)
    half.replace(directory / f"{name}{clip.suffix}")
    return True
