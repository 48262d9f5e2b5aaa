"""What a listener makes of spoken words: numbers, days and times, by a vocabulary of its own."""

from dataclasses import dataclass


def _numbered(pairs: str) -> dict[str, int]:
    words = pairs.split()
    return {word: int(number) for word, number in zip(words[::2], words[1::2], strict=True)}


NUMBERS = {
    "kk": _numbered(
        "нөл 0  бір 1  екі 2  үш 3  төрт 4  бес 5  алты 6  жеті 7  сегіз 8  тоғыз 9  он 10 "
        "жиырма 20  отыз 30  қырық 40  қырқ 40  елу 50  алпыс 60  жетпіс 70  сексен 80  тоқсан 90 "
        "жүз 100"
    ),
    "ru": _numbered(
        "ноль 0  перв 1  втор 2  трет 3  четверт 4  пят 5  шест 6  сед 7  восьм 8  девят 9  один 1 "
        "одна 1  два 2  две 2  три 3  четыре 4  сем 7  восем 8  десят 10  одиннадцат 11 "
        "двенадцат 12  тринадцат 13  четырнадцат 14  пятнадцат 15  шестнадцат 16  семнадцат 17 "
        "восемнадцат 18  девятнадцат 19  двадцат 20  тридцат 30  четвёрт 4  сорок 40  пятьдесят 50 "
        "шестьдесят 60  семьдесят 70  восемьдесят 80  девяносто 90  сто 100  двести 200  триста 300 "
        "четыреста 400"
    ),
}
WEEKDAYS = {
    "kk": ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "ru": ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень"),
}
MONTHS = {
    "kk": (
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ),
    "ru": ("январ", "феврал", "март", "апрел", "мая", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"),
}


@dataclass(frozen=True)
class Moment:
    """A day and a time as they were heard; the weekday counts from Monday, 0."""

    weekday: int
    day: int
    month: int
    hour: int
    minute: int


def numbers(text: str, language: str) -> list[int]:
    """The whole numbers that were said, in order, whatever their endings."""
    found: list[int] = []
    for word in text.lower().replace(",", " ").replace(".", " ").split():
        value = _value(word, NUMBERS[language])
        if value is None:
            continue
        if value == 100 and found and 0 < found[-1] < 10:
            found[-1] *= 100
        elif found and _goes_on(found[-1], value):
            found[-1] += value
        else:
            found.append(value)
    return found


def moment(text: str, language: str) -> Moment | None:
    """The moment that was said, or None where no month was heard."""
    parts = [part.strip() for part in text.lower().rstrip(".").split(",")]
    months = [(at, part) for at, part in enumerate(parts) if _first(MONTHS[language], part.split()) is not None]
    if not months or months[0][0] + 1 >= len(parts):
        return None
    at, day = months[0]
    weekday = _first(WEEKDAYS[language], parts[at - 1].split())
    month = _first(MONTHS[language], day.split())
    said = [*numbers(parts[at + 1], language), 0, 0]
    if weekday is None or month is None:
        return None
    return Moment(weekday, numbers(day, language)[0], month + 1, said[0], said[1])


def _value(word: str, vocabulary: dict[str, int]) -> int | None:
    stems = sorted((stem for stem in vocabulary if word.startswith(stem)), key=len)
    return vocabulary[stems[-1]] if stems else None


def _goes_on(before: int, value: int) -> bool:
    if value == 0:
        return False
    if before >= 100 and before % 100 == 0:
        return value < 100
    return before % 10 == 0 and value < 10


def _first(stems: tuple[str, ...], words: list[str]) -> int | None:
    return next((at for at, stem in enumerate(stems) if any(word.startswith(stem) for word in words)), None)
