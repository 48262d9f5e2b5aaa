"""How long one listens from the card to the booking: the golden transcript, spoken at the usual pace."""

import io
from collections.abc import Callable
from datetime import timedelta
from functools import reduce

import pytest
import soundfile

from kiosk.accessibility.speech import speakable, spell_date, spell_moment, spell_number
from kiosk.accessibility.voices import VoiceTable
from tests.factories import NOW
from tests.walks.golden import TODAY, TRANSCRIPTS

LANGUAGES = pytest.mark.parametrize("language", ["kk", "ru", "en"])
ATTACHED = {
    "kk": "Сіз осы емханаға бекітілгенсіз",
    "ru": "Вы прикреплены к этой поликлинике",
    "en": "You are attached to this clinic",
}
BOOKED = {"kk": "Сіз жазылдыңыз", "ru": "Вы записаны", "en": "You are booked"}
MOST, EXPERT = 150, 45


def from_card_to_booked(language: str) -> list[str]:
    """What is said in between, with the longest day of the coming weeks in the places of days and times."""
    lines = (TRANSCRIPTS / f"book.{language}.txt").read_text(encoding="utf-8").splitlines()
    days = [TODAY + timedelta(ahead) for ahead in range(1, 15)]
    longest = max(days, key=lambda day: len(spell_date(day, language)))
    moment = spell_moment(NOW.replace(year=longest.year, month=longest.month, day=longest.day, minute=55), language)
    name = speakable("Мұхаммедғали", language)
    number = spell_number(999, language)
    hidden = {"{day}, {time}": moment, "{name}": name, "{number}": number}
    said = [reduce(lambda text, one: text.replace(*one), hidden.items(), line) for line in lines]
    return said[said.index(ATTACHED[language]) :]


def seconds(sentences: list[str], language: str) -> float:
    sounds = (soundfile.read(io.BytesIO(VoiceTable().speak(language, one).data)) for one in sentences)
    return sum(len(samples) / rate for samples, rate in sounds)


@pytest.mark.row("F7")
@LANGUAGES
def test_nobody_must_listen_longer_than_150_seconds(
    language: str, record_property: Callable[[str, object], None]
) -> None:
    took = seconds(from_card_to_booked(language), language)
    record_property(f"seconds of mandatory listening, {language}", round(took))
    assert 20 < took <= MOST


@pytest.mark.row("F7")
@LANGUAGES
def test_an_expert_who_goes_on_at_the_needed_word_listens_45_seconds_at_most(
    language: str, record_property: Callable[[str, object], None]
) -> None:
    """Attached here, who, the earliest time; the doctor and the time once more; booked."""
    said = from_card_to_booked(language)
    booked = said.index(BOOKED[language])
    needed = [said[0], said[1], said[3], *said[6:booked][2:4], said[booked]]
    took = seconds(needed, language)
    record_property(f"seconds of an expert's listening, {language}", round(took))
    assert 5 < took <= EXPERT
