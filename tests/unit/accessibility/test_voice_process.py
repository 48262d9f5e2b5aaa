"""The helper process: shared by many askers, alive again after every death."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.accessibility.voices import VoiceClient, VoiceTable, VoiceUnavailable, start_voice_process
from kiosk.accessibility.voices.wire import BrokenFrame, receive_message, send_frame

PATIENCE = 60.0


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("voice") / "voice.sock"


@pytest.fixture(scope="module")
def helper(place: Path) -> Iterator[subprocess.Popen[bytes]]:
    helper = start_voice_process(place)
    yield helper
    _end(helper)


@pytest.fixture
def client(place: Path, helper: subprocess.Popen[bytes]) -> VoiceClient:
    return VoiceClient(place, PATIENCE)


def _end(helper: subprocess.Popen[bytes]) -> int:
    for stream in (helper.stdin, helper.stdout):
        if stream:
            stream.close()
    return helper.wait()


@pytest.mark.parametrize(
    ("language", "text"), [("kk", "сәлеметсіз бе"), ("ru", "здравствуйте"), ("en", "hello"), ("kk", "")]
)
def test_a_sentence_in_a_sound_out(client, language, text):
    clip = client.speak(language, text)
    assert clip.media_type == "audio/wav"
    assert clip.data[:4] == b"RIFF"


def test_many_ask_at_once_and_each_gets_its_own(client):
    texts = [f"{'сөз ' * length}" for length in range(1, 25)]
    alone = [len(client.speak("kk", text).data) for text in texts]
    with ThreadPoolExecutor(8) as askers:
        together = list(askers.map(lambda text: len(client.speak("kk", text).data), texts))
    # The breath in espeak's consonants is random, so a clip's length may differ by a hair.
    assert all(abs(one - other) < 2000 for one, other in zip(alone, together, strict=True))
    assert together == sorted(together)


@pytest.mark.row("F9")
def test_it_speaks_again_after_every_death(client):
    for _ in range(2):
        dead = client.ping()
        os.kill(dead, signal.SIGKILL)
        assert client.speak("kk", "қайтадан").data
        assert client.ping() != dead


def test_what_it_cannot_say_is_an_answer(client):
    with pytest.raises(VoiceUnavailable, match="no such language"):
        client.speak("xx", "a")
    with pytest.raises(VoiceUnavailable, match="too long"):
        client.speak("kk", "а" * 5000)
    assert client.speak("kk", "тағы").data


def test_the_failure_never_repeats_the_sentence(client):
    with pytest.raises(VoiceUnavailable) as failure:
        client.speak("xx", "850715300123")
    assert "850715300123" not in str(failure.value)


@pytest.mark.parametrize("sent", [b"", b"not json", b"[1]", b"\xff\xfe"])
def test_nonsense_is_dropped_and_harms_nobody(place, client, sent):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(str(place))
        send_frame(connection, sent)
        with pytest.raises(BrokenFrame):
            receive_message(connection)
    assert client.ping()


def test_one_who_says_nothing_does_not_hold_up_the_others(place, client):
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(str(place))
        assert client.ping()


def test_only_its_own_user_may_ask(place, helper):
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_second_helper_leaves_the_first_in_place(place, client):
    before = client.ping()
    second = start_voice_process(place)
    assert _end(second) == 0
    assert client.ping() == before


def test_a_socket_left_behind_is_taken_over(tmp_path):
    place = tmp_path / "voice.sock"
    with socket.socket(socket.AF_UNIX) as gone:
        gone.bind(str(place))
    helper = start_voice_process(place)
    assert VoiceClient(place, PATIENCE).ping()
    _end(helper)


def test_it_ends_with_the_one_who_started_it(tmp_path):
    place = tmp_path / "voice.sock"
    helper = start_voice_process(place)
    assert VoiceClient(place, PATIENCE).ping()
    assert _end(helper) == 0
    assert not place.exists()
    with pytest.raises(VoiceUnavailable):
        VoiceClient(place, PATIENCE).speak("kk", "сөз")


def test_recordings_are_spoken_by_the_helper_too(tmp_path):
    from kiosk.accessibility.voices.recorded import file_name

    (tmp_path / "recorded" / "kk").mkdir(parents=True)
    (tmp_path / "recorded" / "kk" / f"{file_name('kk', 'сәлем')}.ogg").write_bytes(b"a person")
    helper = start_voice_process(tmp_path / "voice.sock", recorded=tmp_path / "recorded")
    assert VoiceClient(tmp_path / "voice.sock", PATIENCE).speak("kk", "сәлем").data == b"a person"
    _end(helper)


def test_recordings_named_in_the_environment_are_spoken_and_built_in(tmp_path, monkeypatch):
    from kiosk.accessibility.voices.recorded import file_name

    (tmp_path / "recorded" / "kk").mkdir(parents=True)
    (tmp_path / "recorded" / "kk" / f"{file_name('kk', 'сәлем')}.ogg").write_bytes(b"a person")
    monkeypatch.setenv("KIOSK_RECORDED", str(tmp_path / "recorded"))
    assert VoiceTable.of_settings().speak("kk", "сәлем").data == b"a person"
    helper = start_voice_process(tmp_path / "voice.sock")
    assert VoiceClient(tmp_path / "voice.sock", PATIENCE).speak("kk", "сәлем").data == b"a person"
    _end(helper)
