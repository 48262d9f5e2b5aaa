"""Golden transcripts: all that a journey says, with names, days and times hidden; reviewed like code."""

import os
import re
from datetime import date, datetime, time, timedelta
from difflib import unified_diff
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.accessibility.speech import speakable, spell_date, spell_moment, spell_time
from tests.factories import NOW

TRANSCRIPTS = Path(__file__).parent / "transcripts"
ENTRY = {"kk": "Жазба нөмірі", "ru": "Номер записи", "en": "Entry number"}
TODAY = NOW.astimezone(ZoneInfo("Asia/Almaty")).date()


def golden(name: str, language: str, said: list[str], person: str) -> None:
    """Compare with the reviewed transcript; KIOSK_WRITE_TRANSCRIPTS=1 writes it anew."""
    text = "\n".join(_hidden(one, language, person) for one in said) + "\n"
    path = TRANSCRIPTS / f"{name}.{language}.txt"
    if os.environ.get("KIOSK_WRITE_TRANSCRIPTS"):
        path.write_text(text, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    assert text == kept, "\n".join(
        unified_diff(kept.splitlines(), text.splitlines(), "reviewed", "said now", lineterm="")
    )


def _hidden(sentence: str, language: str, person: str) -> str:
    """The sentence without what another day or another walk would change: the person's name, entry, days and times."""
    head, colon, last = sentence.rstrip(".").rpartition(": ")
    if head == ENTRY[language]:
        return head + colon + "{number}."
    if last in _names_of_times(language):
        return head + colon + "{time}" + "." * sentence.endswith(".")
    text = sentence.replace(speakable(person, language), "{name}")
    return _pattern(language).sub(lambda found: "{day}" if found[0] in _day_words(language) else "{time}", text)


@cache
def _names_of_times(language: str) -> set[str]:
    """Every minute of the day, as it is named by itself."""
    return {spell_time(time(minute // 60, minute % 60), language, at=False) for minute in range(24 * 60)}


@cache
def _day_words(language: str) -> set[str]:
    return {form for ahead in range(40) for form in _days(TODAY + timedelta(ahead), language)}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Words of days, then of times at which a visit may begin; the longest first."""
    times = {spell_time(time(minute // 60, minute % 60), language) for minute in range(0, 24 * 60, 5)}
    longest = [*sorted(_day_words(language), key=len, reverse=True), *sorted(times, key=len, reverse=True)]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")


def _days(day: date, language: str) -> set[str]:
    noon = time(12, 30)
    ending = ", " + spell_time(noon, language)
    moments = {spell_moment(datetime.combine(day, noon), language, today) for today in (TODAY, None)}
    return {one.removesuffix(ending) for one in moments} | {spell_date(day, language, one) for one in (TODAY, None)}
