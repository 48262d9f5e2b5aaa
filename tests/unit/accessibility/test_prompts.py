"""Every fixed sentence: words in three languages, short, without jargon or sight, and a clip that can be heard."""

import io
import re
from pathlib import Path

import numpy as np
import pytest
import soundfile
from babel.support import Translations

from kiosk.accessibility import own_words, prompts
from kiosk.accessibility.voices import VoiceTable, missing_prompts
from kiosk.config import ROOT

LANGUAGES = ("kk", "ru", "en")
LONGEST = 15
# Words for the eye and for programmers; key names such as "Down" are for the hand.
BANNED = {
    "kk": r"экран\w*|батырма\w*|түйме\w*|сілтеме\w*|төменде|жоғарыда|сурет\w*|жасыл|қызыл|көк|қараңыз|көріңіз|түрт\w*",
    "ru": r"экран\w*|кнопк\w*|ссылк\w*|ниже|выше|картинк\w*|рисун\w*|зел[её]н\w*|красн\w*|посмотрите|смотрите|"
    r"коснитесь|кликните|клик",
    "en": r"screens?|buttons?|links?|below|above|pictures?|green|red|look|see|click|tap|touch",
}


def spoken_messages() -> list[str]:
    found = prompts._messages(ROOT / "templates", ROOT), prompts._messages(ROOT / "kiosk", ROOT)
    return sorted({message for each in found for context, message in each if context == "spoken"})


def script(language: str) -> list[str]:
    """What is written for the voice alone."""
    words = Translations.load(ROOT / "translations", [language])
    own = [table[language] for table in own_words.EVERY]
    return [*(words.upgettext("spoken", message) for message in spoken_messages()), *own]


def test_the_collection_finds_templates_components_and_code() -> None:
    texts = prompts.fixed_texts()["en"]
    assert "You are booked" in texts
    assert "The card could not be read" in texts
    assert "Select: go one step back." in texts
    assert own_words.INVITE["en"] in texts
    assert not any("%(" in text for text in texts)


def test_nothing_of_the_staff_door_is_read_to_patients() -> None:
    assert "Calls for help" not in prompts.fixed_texts()["en"]


def test_every_spoken_sentence_has_words_in_every_language() -> None:
    catalogues = {code: Translations.load(ROOT / "translations", [code]) for code in ("kk", "ru")}
    for code, words in catalogues.items():
        without = [one for one in spoken_messages() if words.upgettext("spoken", one) == one]
        assert not without, f"{code} has no words for {without}"


@pytest.mark.row("A19", "A22")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_is_neither_for_the_eye_nor_for_programmers(language: str) -> None:
    wrong = [text for text in script(language) if re.search(rf"\b({BANNED[language]})\b", text.lower())]
    assert not wrong


@pytest.mark.row("E6")
@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_of_the_script_are_short(language: str) -> None:
    for text in script(language):
        for sentence in re.split(r"(?<=[.?!])\s", text):
            assert len(sentence.split()) <= LONGEST, sentence


@pytest.mark.row("A23")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_prompt_has_its_clip(language: str) -> None:
    built = prompts.Prompts.load()
    texts = prompts.fixed_texts()[language]
    assert [text for text in texts if built.find(language, text) is None] == []
    spoken = [words for code, words, _clip in built.all() if code == language]
    assert missing_prompts({language: spoken}, built.directory) == []


@pytest.mark.row("A23")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clip_is_louder_than_silence_and_as_long_as_its_words(language: str) -> None:
    built = prompts.Prompts.load()
    heard = 0
    for code, words, clip in built.all():
        if code != language:
            continue
        path = next(built.directory.glob(f"{clip}.*"))
        samples, rate = soundfile.read(io.BytesIO(path.read_bytes()))
        assert np.sqrt(np.mean(samples**2)) > 0.02, words
        assert 5 < (len(words) + 2) / (len(samples) / rate) < 28, words
        heard += 1
    assert heard > 100


def test_a_sentence_without_a_voice_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompts, "fixed_texts", lambda root=ROOT: {"en": ["yes", "a" * 4001]})
    report = prompts.build(tmp_path, VoiceTable())
    assert (report.written, len(report.missing)) == (1, 1)
