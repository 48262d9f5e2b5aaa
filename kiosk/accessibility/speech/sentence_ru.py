"""Russian sentences: the gender and case that each number takes from the words around it."""

import re

from kiosk.accessibility.speech import ru

RANGE = "\N{NON-BREAKING HYPHEN}"
_GENITIVE = (
    "до", "от", "из", "с", "со", "без", "у", "для", "после", "около", "против", "более", "менее",
    "больше", "меньше", "свыше", "старше", "младше", "моложе", "раньше", "ранее", "позже", "позднее",
)  # fmt: skip
_ACCUSATIVE = ("в", "во", "на", "за", "через", "по")
_MONTH = "|".join(ru.MONTHS)
_WEEKDAY = "|".join(ru.WEEKDAYS)
_YEAR_FORMS: dict[str, ru.Form] = {"год": "m", "году": "prepositional"}
_ORDINAL_ENDINGS: dict[str, ru.Form] = {
    "й": "m", "ый": "m", "ой": "m", "ий": "m", "я": "f", "ая": "f", "е": "n", "ое": "n",
    "го": "genitive", "ого": "genitive", "его": "genitive", "му": "dative", "ому": "dative",
    "м": "prepositional", "ом": "prepositional", "ем": "prepositional",
}  # fmt: skip
_PLACES: dict[str, ru.Form] = {"": "m", "е": "prepositional", "у": "dative"}
_FEMININE = (
    r"(?:минут|секунд|недел|попыт|кноп|клавиш|букв|цифр|строк|тысяч|копе|страниц|запис|заяв"
    r"|карт|звёздоч|очеред|справк|услуг|смен)"
)
_NEUTER = r"(?:мест|окн|врем|нажати|числ|слов|лекарств|обращени)"
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}


def say_numbers(text: str) -> str:
    """Say numbers by the words around them: 2 этаж, 25 ноября, 21 минуту, шаг 2 из 5."""
    text = re.sub(rf"\b({_WEEKDAY})\s?[-–—]\s?({_WEEKDAY})\b", _week, text, flags=re.IGNORECASE)
    text = re.sub(r"((?:[Кк]абинет|[Уу]част)[а-я]*) №\s?0*(?=[0-9])", r"\1 ", text)
    year = r"(?:\s([0-9]{4})(?![0-9])(?:\s?(?:г\.|года\b))?)?"
    text = re.sub(rf"\b([0-9]{{1,2}})(?:-?го|-?е)?\s({_MONTH})\b{year}", _day, text)
    text = re.sub(r"\b([0-9]{4})\s?(г\.|год[ау]?\b)", _year, text)
    text = re.sub(r"\b([0-9]{1,4})-?([а-я]{1,3})\b", _ordinal, text)
    text = re.sub(r"\b([0-9]{1,4})\s(этаж|кабинет|участ(?:ок|к))(е|у|)\b", _place, text)
    text = re.sub(r"\b([IVX]{1,4})\s([а-яё]+)", _roman, text)
    # In a range both numbers agree with the noun after it: одна-две минуты.
    number = rf"(?<![0-9])(?!0[0-9])([0-9]{{1,6}})(?![\w-])(?=(?:{RANGE}[0-9]+)?(?:\s([а-яё]+))?)"
    return re.sub(number, _count, text)


def names_the_date(found: re.Match[str]) -> bool:
    """Tell whether the date at this place is a name (среда, 25 ноября) or says when."""
    before = found.string[: found.start()].rstrip()
    if not before or before[-1] in ".:!?—–(«":
        return True
    when = rf"(?:{'|'.join(ru.ON_WEEKDAYS)}),?$"
    if re.search(when, before, re.IGNORECASE):
        return False
    named = rf"(?:\b(?:на|по|за|это|сегодня|завтра|{'|'.join(ru.WEEKDAYS)}),?|\bдата)$"
    return bool(re.search(named, before, re.IGNORECASE))


def preposition_case(found: re.Match[str], otherwise: ru.Case) -> ru.Case:
    """Find the case that the word just before this place asks for."""
    word = re.search(rf"([а-яё]+) (?:[0-9]+{RANGE})?$", found.string[: found.start()], re.IGNORECASE)
    if word and word[1].lower() in _GENITIVE:
        return "genitive"
    return "accusative" if word and word[1].lower() in _ACCUSATIVE else otherwise


def _week(found: re.Match[str]) -> str:
    first, last = (ru.WEEKDAYS.index(found[place].lower()) for place in (1, 2))
    since = "со" if first in (1, 2) else "с"  # со вторника, со среды
    return f"{since} {ru.OF_WEEKDAYS[first]} по {ru.ON_WEEKDAYS[last].split()[1]}"


def _day(found: re.Match[str]) -> str:
    day = ru.ordinal(int(found[1]), "n" if names_the_date(found) else "genitive")
    year = f" {ru.year(int(found[3]))}" if found[3] else ""
    return f"{day} {found[2]}{year}"


def _year(found: re.Match[str]) -> str:
    noun = "года" if found[2] == "г." else found[2]
    return f"{ru.ordinal(int(found[1]), _YEAR_FORMS.get(noun, 'genitive'))} {noun}"


def _ordinal(found: re.Match[str]) -> str:
    form = _ORDINAL_ENDINGS.get(found[2])
    # "205а" is a room with a letter, "2-я" is second: one letter needs its hyphen.
    if not form or (len(found[2]) == 1 and "-" not in found[0]):
        return found[0]
    return ru.ordinal(int(found[1]), form)


def _place(found: re.Match[str]) -> str:
    return f"{ru.ordinal(int(found[1]), _PLACES[found[3]])} {found[2]}{found[3]}"


def _roman(found: re.Match[str]) -> str:
    if found[1] not in _ROMAN:
        return found[0]
    form: ru.Form = "m"
    if found[2].endswith(("а", "я")):
        form = "f"
    if found[2].endswith(("ы", "и")):
        form = "genitive f"
    return f"{ru.ordinal(_ROMAN[found[1]], form)} {found[2]}"


def _count(found: re.Match[str]) -> str:
    noun = found[2] or ""
    gender: ru.Gender = "m"
    if re.match(_FEMININE, noun):
        gender = "f"
    elif re.match(_NEUTER, noun):
        gender = "n"
    case = preposition_case(found, "nominative")
    if case != "genitive" and noun.endswith(("у", "ю")):
        case = "accusative"
    return ru.cardinal(int(found[1]), gender, case)
