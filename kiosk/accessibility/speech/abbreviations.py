"""Abbreviations said in full, with the case that the sentence asks of them."""

import re

from kiosk.accessibility.speech import kk
from kiosk.accessibility.speech.letters import letter_name, spell_letters

# Kazakh: the full words, and whether they already carry "his or its" (нөмірі, Республикасы).
_KK = {
    "ЖСН": ("жеке сәйкестендіру нөмірі", True),
    "БСН": ("бизнес сәйкестендіру нөмірі", True),
    "ҚР": ("Қазақстан Республикасы", True),
    "ЖПД": ("жалпы практикалық дәрігер", False),
    "МСАК": ("медициналық-санитариялық алғашқы көмек", False),
    "МӘМС": ("міндетті әлеуметтік медициналық сақтандыру", False),
    "МАБ": ("мобильдік азаматтар базасы", True),
    "ЭҮП": ("электрондық үкімет порталы", True),
    "ЭЦҚ": ("электрондық цифрлық қолтаңба", False),
}
_KK_CASES: dict[kk.Case, str] = {
    "locative": "да де та те нда нде",
    "ablative": "дан ден тан тен нан нен",
    "dative": "ға ге қа ке на не",
    "accusative": "ны ні ды ді ты ті н",
    "genitive": "ның нің дың дің тың тің",
    "instrumental": "мен бен пен",
}
_KK_ENDINGS = {ending: case for case, endings in _KK_CASES.items() for ending in endings.split()}

# Russian: nominative, genitive, dative and prepositional.
_RU = {
    "РК": (
        "Республика Казахстан", "Республики Казахстан",
        "Республике Казахстан", "Республике Казахстан",
    ),
    "ПМСП": (
        "первичная медико-санитарная помощь", "первичной медико-санитарной помощи",
        "первичной медико-санитарной помощи", "первичной медико-санитарной помощи",
    ),
    "ВОП": (
        "врач общей практики", "врача общей практики",
        "врачу общей практики", "враче общей практики",
    ),
}  # fmt: skip
_RU_GENITIVE_AFTER_NOUN = ("РК", "ПМСП")
_RU_CASES = (
    (1, "от до из для без у после около кроме против согласно"),
    (2, "к ко по"),
    (3, "в во на о об при"),
)
_RU_SPELT = {"ИИН": "и-и-эн", "БИН": "бин", "ОСМС": "о-эс-эм-эс", "ЭЦП": "э-цэ-пэ"}
_RU_SHORT = {
    r"\bг\.(?=\s*[А-ЯЁӘҒҚҢӨҰҮҺІ])": "город",
    r"\bул\.": "улица", r"\bпр\.": "проспект", r"\bкаб\.": "кабинет", r"\bэт\.": "этаж",
    r"\bд\.(?=\s*[0-9])": "дом", r"\bкв\.(?=\s*[0-9])": "квартира", r"\bтел\.": "телефон",
    r"\bт\.\s?е\.": "то есть", r"\bи т\.\s?д\.": "и так далее", r"\bи др\.": "и другие",
}  # fmt: skip
_KK_SHORT = {
    r"\bқ\.": "қаласы", r"\bы\.\s?а\.": "ықшам ауданы",
    r"\bкөш\.": "көшесі", r"\bкаб\.": "кабинет", r"\bтел\.": "телефон",
    r"\bт\.\s?б\.": "тағы басқалар",
}  # fmt: skip
_EN_SHORT = {
    r"\bDr\.": "Doctor", r"\bSt\.": "Street", r"\bNo\.(?=\s*[0-9])": "number",
    r"\be\.g\.": "for example", r"\bi\.e\.": "that is", r"\bKZ\b": "Kazakhstan",
    r"\bIIN\b": "I I N", r"\bPHC\b": "primary health care", r"\bGP\b": "G P",
    r"\bSMS\b": "S M S", r"\bQR\b": "Q R", r"\bID\b": "I D",
}  # fmt: skip
_SHORT = {"kk": _KK_SHORT, "ru": _RU_SHORT, "en": _EN_SHORT}
_UPPER = "А-ЯЁӘҒҚҢӨҰҮҺІ"
_NO_VOWELS = "БВГДЖЗЙКЛМНПРСТФХЦЧШЩҒҚҢҺ"


def expand(text: str, language: str) -> str:
    """Write out initials, shortened words and capital-letter abbreviations."""
    for short, full in _SHORT[language].items():
        text = re.sub(short, full, text)
    text = _initials(text, language)
    if language == "kk":
        text = re.sub(rf"\b({'|'.join(_KK)})\b(?:-([а-яәғқңөұүһі]+))?", _kazakh, text)
        # «ЖСН енгізіңіз»: what one is told to enter is an object, though the paper hides the ending.
        text = re.sub(r"(сәйкестендіру нөмірі)(?= \w+[іы]ңі?ы?з\b)", r"\1н", text)
    if language == "ru":
        text = re.sub(rf"\b({'|'.join(_RU)})\b", _russian, text)
        text = re.sub(rf"\b({'|'.join(_RU_SPELT)})\b", lambda found: _RU_SPELT[found[0]], text)
    # «ЖСН (жеке сәйкестендіру нөмірі)» has said the same twice by now.
    text = re.sub(r"\b([^()]{5,90}) \(\1\)", r"\1", text)
    if language == "en":
        return text
    text = re.sub(r"\b(QR|SMS)\b(?:-(\w+))?", lambda found: _foreign(found, language), text)
    return re.sub(
        rf"\b([{_NO_VOWELS}]{{2,5}})\b(?:-([а-яәғқңөұүһі]{{1,3}})\b)?",
        lambda found: spell_letters(found[1], language) + (found[2] or ""),
        text,
    )


def kazakh_case(ending: str) -> kk.Case | None:
    """Find which case a written Kazakh ending stands for, whichever of its sounds was typed."""
    return _KK_ENDINGS.get(ending)


def _initials(text: str, language: str) -> str:
    def say(found: re.Match[str]) -> str:
        name = letter_name(found[1], language)
        return f"{name}." if not text[found.end() :].strip() else f"{name} "

    return re.sub(rf"(?<![\w'])([{_UPPER}A-Z])\.", say, text)


def _kazakh(found: re.Match[str]) -> str:
    words, owned = _KK[found[1]]
    ending = found[2] or ""
    yours = re.fullmatch(r"[іы]?ң[іы]з(.*)", ending)
    if yours:
        words, owned, ending = kk.yours(words, owned), False, yours[1]
    if owned:
        ending = re.sub(r"^с?[іы](?=н|$)", "", ending)  # «ЖСН-і» writes what the full words have already
    case = kazakh_case(ending)
    if not case:
        return f"{words} {ending}".strip()
    return kk.with_possessed_case(words, case) if owned else kk.with_case(words, case)


def _russian(found: re.Match[str]) -> str:
    before = re.search(r"([\w-]+) $", found.string[: found.start()])
    if not before:
        return _RU[found[1]][0]
    cases = (case for case, words in _RU_CASES if before[1].lower() in words.split())
    return _RU[found[1]][next(cases, int(found[1] in _RU_GENITIVE_AFTER_NOUN))]


def _foreign(found: re.Match[str], language: str) -> str:
    said = {"QR": "кью-ар", "SMS": "эс-эм-эс"}[found[1]]
    ending = found[2] or ""
    joined = language == "kk" and kazakh_case(ending)
    return said + ("" if joined or not ending else " ") + ending
