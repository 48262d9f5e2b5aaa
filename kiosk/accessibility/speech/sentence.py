"""Any visible sentence turned into the words that the voice should say."""

import re
import unicodedata
from collections.abc import Callable

from kiosk.accessibility.speech import sentence_en, sentence_kk, sentence_ru
from kiosk.accessibility.speech.abbreviations import expand
from kiosk.accessibility.speech.letters import in_script, letter_name
from kiosk.accessibility.speech.numbers import spell_digits, spell_number
from kiosk.accessibility.speech.quantities import say_quantities
from kiosk.accessibility.speech.sentence_ru import RANGE

_SIGNS = {
    "kk": {"№": "нөмірі", "%": "пайыз", "₸": "теңге", "+": "плюс", "=": "тең", "&": "және",
           "@": "эт", "#": "тор", "°": "градус", "§": "параграф", "≈": "шамамен",
           "~": "шамамен", "$": "доллар", "€": "еуро", "₽": "рубль", "*": "жұлдызша"},
    "ru": {"№": "номер", "%": "процентов", "₸": "тенге", "+": "плюс", "=": "равно", "&": "и",
           "@": "собака", "#": "решётка", "°": "градусов", "§": "параграф", "≈": "примерно",
           "~": "примерно", "$": "долларов", "€": "евро", "₽": "рублей", "*": "звёздочка"},
    "en": {"№": "number", "%": "percent", "₸": "tenge", "+": "plus", "=": "equals", "&": "and",
           "@": "at", "#": "hash", "°": "degrees", "§": "section", "≈": "about",
           "~": "about", "$": "dollars", "€": "euros", "₽": "roubles", "*": "star"},
}  # fmt: skip
_LANGUAGE_RULES: dict[str, Callable[[str], str]] = {
    "kk": sentence_kk.say_numbers,
    "ru": sentence_ru.say_numbers,
    "en": sentence_en.say_numbers,
}


def speakable(text: str, language: str) -> str:
    """Say a visible sentence in words alone: no digit or sign is left, and twice is once."""
    # A sign taken away may uncover another abbreviation, so look again while words change.
    for _ in range(8):
        before, text = text, _say(text, language)
        if text == before:
            break
    return text


def _say(text: str, language: str) -> str:
    text = expand(_unify(text), language)
    text = say_quantities(text, language)
    text = _LANGUAGE_RULES[language](text)
    text = _remaining_numbers(text, language)
    for sign, word in _SIGNS[language].items():
        text = text.replace(sign, f" {word} ")
    text = re.sub(rf"\s*{RANGE}\s*", "-", text)
    text = re.sub(r"[()\[\]{}/|•·—–→←]|\s-\s|--+", ", ", text)
    return _tidy(in_script(text, language))


def _unify(text: str) -> str:
    """Bring look-alike digits, spaces, dashes and apostrophes to one shape."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[‐‑−]", "-", text)
    text = re.sub(r"[’ʼ`]", "'", text).replace("…", ".")
    text = re.sub(r"(?<=[^\s.,;:!?])[^\S\n]*\n\s*", ". ", text)
    return "".join(_plain(sign) for sign in re.sub(r"\s+", " ", text))


def _plain(sign: str) -> str:
    if sign.isascii() or not unicodedata.category(sign).startswith("N"):
        return sign
    shape = unicodedata.normalize("NFKC", sign)
    return "".join(str(unicodedata.digit(each)) if each.isdigit() else "/" if each == "⁄" else each for each in shape)


def _remaining_numbers(text: str, language: str) -> str:
    """Say what no rule of the language has claimed: codes with letters, ranges, bare numbers."""

    def letter(name: str) -> str:
        return letter_name(name, language)

    text = re.sub(r"\b([^\W\d_])-?(?=[0-9])", lambda found: f"{letter(found[1])} ", text)
    text = re.sub(r"(?<=[0-9])-?([^\W\d_])\b", lambda found: f" {letter(found[1])}", text)
    text = re.sub(r"(?<=[^\W\d_])-?(?=[0-9])|(?<=[0-9])-?(?=[^\W\d_])", " ", text)
    return re.sub(r"[0-9]+", lambda found: f" {_number(found[0], language)} ", text)


def _number(digits: str, language: str) -> str:
    if len(digits) > 6 or (digits[0] == "0" and len(digits) > 1):
        return spell_digits(digits, language)
    return spell_number(int(digits), language)


def _tidy(text: str) -> str:
    """Leave single spaces, one stop at a time, and no hyphen or apostrophe on its own."""
    text = re.sub(r"(?<![^\W\d_])['-]+|['-]+(?![^\W\d_])", " ", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" (?=[.,;:!?])", "", text)
    text = re.sub(r"[.,;:!?](?:\s?[.,;:!?])+", _strongest, text)
    text = re.sub(r"(?<=[.,;:!?])(?=[^\W\d_])", " ", text)
    return text.strip(" ,;:'-").lstrip(".!? ,;:'-")


def _strongest(found: re.Match[str]) -> str:
    return next((stop for stop in "?!.;:" if stop in found[0]), ",")
