"""Golden transcripts: all that a journey says, with names, days and times hidden; reviewed like code."""

import os
import re
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.accessibility.speech import speakable, spell_date, spell_moment, spell_time
from tests.factories import NOW

TRANSCRIPTS = Path(__file__).parent / "transcripts"
TODAY = NOW.astimezone(ZoneInfo("Asia/Almaty")).date()


def golden(name: str, language: str, said: list[str], person: str) -> None:
    """Compare with the reviewed transcript; KIOSK_WRITE_TRANSCRIPTS=1 writes it anew."""
    text = "\n".join(_hidden(one, language, person) for one in said) + "\n"
    path = TRANSCRIPTS / f"{name}.{language}.txt"
    if os.environ.get("KIOSK_WRITE_TRANSCRIPTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def _hidden(sentence: str, language: str, person: str) -> str:
    if sentence.rstrip(".") in {spell_time(one, language, at=False) for one in _times()}:
        return "{time}"
    text = sentence.replace(speakable(person, language), "{name}")
    for words, sign in _table(language):
        text = re.sub(rf"\b{re.escape(words)}\b", sign, text)
    return text


@cache
def _table(language: str) -> list[tuple[str, str]]:
    """Words of days and times, the longest first."""
    days = {form for ahead in range(40) for form in _days(TODAY + timedelta(ahead), language)}
    times = {spell_time(one, language) for one in _times()}
    longest = lambda words: sorted(words, key=len, reverse=True)  # noqa: E731
    return [*((one, "{day}") for one in longest(days)), *((one, "{time}") for one in longest(times))]


def _days(day: date, language: str) -> set[str]:
    noon = time(12, 30)
    ending = ", " + spell_time(noon, language)
    moments = {spell_moment(datetime.combine(day, noon), language, today) for today in (TODAY, None)}
    return {one.removesuffix(ending) for one in moments} | {spell_date(day, language, one) for one in (TODAY, None)}


def _times() -> list[time]:
    return [time(minute // 60, minute % 60) for minute in range(0, 24 * 60, 5)]
