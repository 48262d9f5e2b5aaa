"""What the voice says: numbers, dates, times, places and whole sentences, in words."""

from kiosk.accessibility.speech.counts import NOUNS, Noun, pluralise, spell_count
from kiosk.accessibility.speech.letters import letter_name, spell_letters
from kiosk.accessibility.speech.numbers import (
    spell_digits,
    spell_fraction,
    spell_number,
    spell_ordinal,
)
from kiosk.accessibility.speech.places import spell_district, spell_floor, spell_room
from kiosk.accessibility.speech.sentence import speakable
from kiosk.accessibility.speech.times import spell_date, spell_hours, spell_moment, spell_time

__all__ = [
    "NOUNS",
    "Noun",
    "letter_name",
    "pluralise",
    "speakable",
    "spell_count",
    "spell_date",
    "spell_digits",
    "spell_district",
    "spell_floor",
    "spell_fraction",
    "spell_hours",
    "spell_letters",
    "spell_moment",
    "spell_number",
    "spell_ordinal",
    "spell_room",
    "spell_time",
]
