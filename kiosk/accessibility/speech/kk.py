"""Kazakh: number words, sound harmony, and the endings that follow from it."""

from datetime import date, time
from typing import Literal

Case = Literal["locative", "ablative", "dative", "accusative", "genitive", "instrumental"]

UNITS = ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
TENS = ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")
MONTHS = (
    "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
    "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
)  # fmt: skip
WEEKDAYS = ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі")

_BACK, _FRONT, _NEUTRAL = "аоұыяюё", "әөүіеэ", "иу"
_VOWELS = _BACK + _FRONT + _NEUTRAL
_VOICELESS = "пфкқтсшщчцхһбвгд"
_NASALS = "мнң"
_SONORANTS = "рлйуимнң"
_IRREGULAR_ORDINALS = {"жиырма": "жиырмасыншы", "қырық": "қырқыншы", "елу": "елуінші"}


def cardinal(number: int) -> str:
    """Say a whole number from 0 to 999,999."""
    if number < 10:
        return UNITS[number]
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    tens, units = divmod(rest, 10)
    return " ".join(
        [
            *([cardinal(thousands)] if thousands > 1 else []),
            *(["мың"] if thousands else []),
            *([UNITS[hundreds]] if hundreds > 1 else []),
            *(["жүз"] if hundreds else []),
            *([TENS[tens]] if tens else []),
            *([UNITS[units]] if units else []),
        ]
    )


def ordinal(number: int) -> str:
    """Say which one in a row: бірінші, жиырмасыншы, екі жүз бесінші."""
    first, _, last = cardinal(number).rpartition(" ")
    return f"{first} {_ordinal_word(last)}".strip()


def is_back(word: str) -> bool:
    """Tell whether the word takes the hard endings (-да, -ға), by its last telling vowel."""
    vowels = [letter for letter in word.lower() if letter in _VOWELS]
    telling = [letter for letter in vowels if letter not in _NEUTRAL]
    return (telling or vowels or ["ы"])[-1] in _BACK + "у"


def with_case(word: str, case: Case) -> str:
    """Add the ending of a case to a word as it sounds: үш -> үште, он -> оннан."""
    return word + _ending(word, case)


def with_possessed_case(word: str, case: Case) -> str:
    """Add the ending of a case to a word that already means his or its: нөмірі -> нөмірін."""
    back = is_back(word)
    endings = {
        "locative": ("нда", "нде"),
        "ablative": ("нан", "нен"),
        "dative": ("на", "не"),
        "accusative": ("н", "н"),
        "genitive": ("ның", "нің"),
        "instrumental": ("мен", "мен"),
    }
    return word + endings[case][0 if back else 1]


def yours(word: str, possessed: bool) -> str:
    """Say that a thing is the listener's, politely: нөмірі -> нөміріңіз, дәрігер -> дәрігеріңіз."""
    stem = word[:-1] if possessed else word
    hard = is_back(word)
    link = "" if stem[-1] in _VOWELS else "ы" if hard else "і"
    return stem + link + ("ңыз" if hard else "ңіз")


def clock(moment: time) -> str:
    """Say a time as it stands in a list: тоғыз жиырма; a whole hour is сағат тоғыз."""
    return _clock(moment) if moment.minute else f"сағат {_clock(moment)}"


def at(moment: time) -> str:
    """Say when: сағат тоғыз жиырмада."""
    return f"сағат {with_case(_clock(moment), 'locative')}"


def from_to(start: time, end: time) -> str:
    """Say opening hours: сағат сегізден жиырмаға дейін."""
    first, last = with_case(_clock(start), "ablative"), with_case(_clock(end), "dative")
    return f"сағат {first} {last} дейін"


def day_and_month(day: date, on: bool = False) -> str:
    """Say the day of the month: жиырма бесінші қараша, or жиырма бесінші қарашада."""
    month = MONTHS[day.month - 1]
    return f"{ordinal(day.day)} {with_case(month, 'locative') if on else month}"


def weekday(day: date, on: bool = False) -> str:
    """Say the day of the week: сәрсенбі, or сәрсенбі күні."""
    return WEEKDAYS[day.weekday()] + (" күні" if on else "")


def year(number: int) -> str:
    """Say a year as the beginning of a date: екі мың жиырма алтыншы жылғы."""
    return f"{ordinal(number)} жылғы"


def _clock(moment: time) -> str:
    hour = cardinal(moment.hour)
    if not moment.minute:
        return hour
    zero = "нөл " if moment.minute < 10 else ""
    return f"{hour} {zero}{cardinal(moment.minute)}"


def _ordinal_word(word: str) -> str:
    if word in _IRREGULAR_ORDINALS:
        return _IRREGULAR_ORDINALS[word]
    soft, hard = ("нші", "ншы") if word[-1] in _VOWELS else ("інші", "ыншы")
    return word + (hard if is_back(word) else soft)


def _ending(word: str, case: Case) -> str:
    last = word[-1].lower()
    voiceless, nasal, vowel = last in _VOICELESS, last in _NASALS, last in _VOWELS
    if case == "instrumental":
        if voiceless:
            return "пен"
        return "мен" if vowel or last in _SONORANTS else "бен"
    hard = is_back(word)
    if case == "locative":
        return ("та" if voiceless else "да") if hard else ("те" if voiceless else "де")
    if case == "dative":
        return ("қа" if voiceless else "ға") if hard else ("ке" if voiceless else "ге")
    tail = {"ablative": ("ан", "ен"), "accusative": ("ы", "і"), "genitive": ("ың", "ің")}
    soft_nasal = nasal and case != "accusative"
    open_word = vowel and case != "ablative"
    first = "т" if voiceless else "н" if soft_nasal or open_word else "д"
    return first + tail[case][0 if hard else 1]
