"""Voices: clips that can be heard, at an even pace, under names that never lie."""

import io
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.accessibility.voices import (
    TextTooLong,
    VoiceTable,
    build_prompts,
    clip_hash,
    espeak,
    find_clip,
    missing_prompts,
    sounds,
)
from kiosk.accessibility.voices.recorded import file_name

SENTENCES = {
    "kk": [
        "Сіз жазылдыңыз: сәрсенбі, жиырма бесінші қараша, сағат тоғыз жиырмада.",
        "Дәрігерді таңдаңыз. Келесісіне өту үшін төмен пернесін басыңыз.",
        "Екі жүз бесінші кабинет, екінші қабат.",
        "Жеке куәлігіңізді оқырманға қойыңыз немесе жеке сәйкестендіру нөміріңізді теріңіз.",
        "Бос уақыттар: тоғыз жиырма, тоғыз қырық, сағат он.",
        "Құжаттағы деректер расталмады. Тіркеу бөліміне барыңыз.",
        "Сіз осы емханаға бекітілгенсіз.",
        "Көмек шақыру үшін таңдау пернесін басыңыз.",
    ],
    "ru": [
        "Вы записаны: среда, двадцать пятое ноября, девять двадцать.",
        "Выберите врача. Чтобы перейти к следующему, нажмите кнопку вниз.",
        "Кабинет двести пять, второй этаж.",
        "Положите удостоверение на считыватель или наберите индивидуальный номер.",
        "Свободное время: девять двадцать, девять сорок, десять часов.",
        "Данные документа не подтвердились. Подойдите в регистратуру.",
        "Вы прикреплены к этой поликлинике.",
        "Чтобы позвать на помощь, нажмите кнопку выбора.",
    ],
    "en": [
        "You are booked: Wednesday, the twenty-fifth of November, at nine twenty.",
        "Choose a doctor. Press down to move to the next one.",
        "Room two hundred and five, floor two.",
        "Put your identity card on the reader, or type your personal number.",
        "Free times: nine twenty, nine forty, ten o'clock.",
        "The data in the document could not be confirmed. Please go to the desk.",
        "You are attached to this clinic.",
        "To call for help, press Select.",
    ],
}
EACH = [(language, text) for language, texts in SENTENCES.items() for text in texts]


@pytest.mark.row("A6")
@pytest.mark.parametrize("language", SENTENCES)
def test_the_default_pace_is_12_to_14_characters_a_second(language):
    texts = SENTENCES[language]
    seconds = sum(espeak.speak(language, text).seconds for text in texts)
    assert 12 <= sum(map(len, texts)) / seconds <= 14


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize(("language", "text"), EACH)
def test_a_clip_is_louder_than_silence_and_as_long_as_its_words(language, text, small):
    clip = VoiceTable().speak(language, text, small)
    samples, rate = soundfile.read(io.BytesIO(clip.data))
    assert samples.ndim == 1
    assert np.sqrt(np.mean(samples**2)) > 0.03
    assert np.abs(samples).max() < 1
    assert 9 < len(text) / (len(samples) / rate) < 18


def test_small_clips_are_opus_and_quick_ones_are_wav():
    small = VoiceTable().speak("kk", SENTENCES["kk"][0], small=True)
    quick = VoiceTable().speak("kk", SENTENCES["kk"][0])
    assert (small.media_type, small.data[:4]) == ("audio/ogg", b"OggS")
    assert (quick.media_type, quick.data[:4]) == ("audio/wav", b"RIFF")
    assert len(small.data) * 10 < len(quick.data)
    with wave.open(io.BytesIO(quick.data)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (22_050, 1, 2)


def test_without_the_library_small_clips_are_wav_too(monkeypatch):
    monkeypatch.setattr(sounds, "_opus_library", lambda: None)
    assert VoiceTable().speak("ru", "да", small=True).media_type == "audio/wav"


@pytest.mark.row("A6")
def test_changing_the_rate_keeps_the_tone():
    tone = np.sin(np.arange(22_050) * 2 * np.pi * 440 / 22_050) * 10_000
    changed = sounds._for_opus(sounds.Sound(tone.astype(np.int16), 22_050))
    assert len(changed) == 24_000
    assert np.argmax(np.abs(np.fft.rfft(changed))) == 440
    assert abs(np.sqrt(np.mean(changed.astype(float) ** 2)) - 10_000 / np.sqrt(2)) < 100


@pytest.mark.row("A24")  # under the guard of every test: nothing beyond loopback is reached
@pytest.mark.parametrize("language", SENTENCES)
@settings(deadline=None, max_examples=60)
@given(st.text(max_size=120))
def test_any_text_is_a_sound(language, text):
    sound = espeak.speak(language, text)
    assert 0 < sound.seconds < 240
    assert sound.rate == 22_050


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "сөз " * 900, "<speak>a</speak>", "[[a]]"])
def test_odd_texts_are_sounds_too(text):
    assert VoiceTable().speak("kk", text).data[:4] == b"RIFF"


def test_too_long_and_unknown_are_refused():
    with pytest.raises(TextTooLong):
        VoiceTable().speak("kk", "а" * 4001)
    with pytest.raises(KeyError):
        VoiceTable().speak("xx", "а")


def test_a_clip_is_named_by_voice_language_and_text():
    keys = [("v", "kk", "а"), ("w", "kk", "а"), ("v", "ru", "а"), ("v", "kk", "б"), ("v", "k", "kа")]
    names = {clip_hash(*key) for key in keys}
    assert len(names) == len(keys)
    assert all(len(name) == 32 and set(name) <= set("0123456789abcdef") for name in names)
    assert clip_hash(*keys[0]) == clip_hash(*keys[0])
    assert clip_hash("v", "kk", "\ud800")


def test_the_voice_settings_are_part_of_the_name(monkeypatch):
    before = VoiceTable().clip_hash("kk", "сөз")
    monkeypatch.setitem(espeak.MANNERS, "kk", espeak.MANNERS["kk"]._replace(rate=160))
    assert VoiceTable().clip_hash("kk", "сөз") != before


def test_a_recording_replaces_one_prompt_only(tmp_path: Path):
    (tmp_path / "kk").mkdir()
    (tmp_path / "kk" / f"{file_name('kk', 'сәлем')}.mp3").write_bytes(b"a person")
    table, plain = VoiceTable(recorded=tmp_path), VoiceTable()
    assert table.speak("kk", "сәлем").data == b"a person"
    assert table.speak("kk", "сәлем").media_type == "audio/mpeg"
    assert table.clip_hash("kk", "сәлем") != plain.clip_hash("kk", "сәлем")
    assert table.clip_hash("kk", "рақмет") == plain.clip_hash("kk", "рақмет")
    assert table.speak("kk", "рақмет").media_type == "audio/wav"


def test_a_piper_voice_has_a_name_of_its_own():
    table = VoiceTable(piper={"kk": Path("/voices/kk_KZ-issai-high.onnx")})
    assert table.voice_name("kk", "сөз") == "piper-kk_KZ-issai-high"
    assert table.voice_name("ru", "слово").startswith("espeak-")


def test_prompts_are_built_once_and_never_changed(tmp_path: Path):
    texts = {"kk": ["сәлем", "рақмет", "сәлем"], "ru": ["привет"]}
    assert len(missing_prompts(texts, tmp_path)) == 3
    first = build_prompts(texts, tmp_path)
    assert (first.written, first.kept, first.missing) == (3, 0, ())
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(before) == 3
    second = build_prompts({**texts, "en": ["hello"]}, tmp_path)
    assert (second.written, second.kept) == (1, 3)
    assert all(path.read_bytes() == data for path, data in before.items())
    assert not missing_prompts(texts, tmp_path)


def test_a_prompt_that_cannot_be_made_is_reported(tmp_path: Path):
    report = build_prompts({"xx": ["a"], "en": ["yes", "a" * 5000]}, tmp_path)
    assert report.written == 1
    assert report.missing == (("xx", "a"), ("en", "a" * 5000))


def test_only_a_hash_finds_a_clip(tmp_path: Path):
    build_prompts({"en": ["yes"]}, tmp_path)
    name = VoiceTable().clip_hash("en", "yes")
    assert find_clip(tmp_path, name)
    (tmp_path / "secret.wav").write_bytes(b"")
    for other in ("secret", "../secret", "0" * 32, "", name.upper()):
        assert find_clip(tmp_path, other) is None or other == name
