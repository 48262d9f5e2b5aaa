"""Russian: number words in the genders and cases that times, dates and places need."""

from datetime import date, time
from typing import Literal

Gender = Literal["m", "f", "n"]
Case = Literal["nominative", "accusative", "genitive"]
Form = Literal["m", "f", "n", "genitive", "genitive f", "dative", "prepositional"]

UNITS = ("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")
TEENS = (
    "десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать",
    "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать",
)  # fmt: skip
TENS = (
    "", "", "двадцать", "тридцать", "сорок", "пятьдесят",
    "шестьдесят", "семьдесят", "восемьдесят", "девяносто",
)  # fmt: skip
HUNDREDS = (
    "", "сто", "двести", "триста", "четыреста", "пятьсот",
    "шестьсот", "семьсот", "восемьсот", "девятьсот",
)  # fmt: skip
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
OF_WEEKDAYS = ("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья")
ON_WEEKDAYS = (
    "в понедельник", "во вторник", "в среду", "в четверг",
    "в пятницу", "в субботу", "в воскресенье",
)  # fmt: skip

_ORDINAL_UNITS = (
    "нулевой", "первый", "второй", "третий", "четвёртый",
    "пятый", "шестой", "седьмой", "восьмой", "девятый",
)  # fmt: skip
_ORDINAL_TENS = (
    "", "десятый", "двадцатый", "тридцатый", "сороковой", "пятидесятый",
    "шестидесятый", "семидесятый", "восьмидесятый", "девяностый",
)  # fmt: skip
_GENITIVE_UNITS = (
    "ноль", "одного", "двух", "трёх", "четырёх", "пяти", "шести", "семи", "восьми", "девяти",
)  # fmt: skip
_GENITIVE_TENS = (
    "", "", "двадцати", "тридцати", "сорока", "пятидесяти",
    "шестидесяти", "семидесяти", "восьмидесяти", "девяноста",
)  # fmt: skip
_HOURS = {
    "nominative": ("час", "часа", "часов"),
    "accusative": ("час", "часа", "часов"),
    "genitive": ("часа", "часов", "часов"),
}
_MINUTES = {
    "nominative": ("минута", "минуты", "минут"),
    "accusative": ("минуту", "минуты", "минут"),
    "genitive": ("минуты", "минут", "минут"),
}
_THOUSANDS = {
    "nominative": ("тысяча", "тысячи", "тысяч"),
    "accusative": ("тысячу", "тысячи", "тысяч"),
    "genitive": ("тысячи", "тысяч", "тысяч"),
}
_ONES = {"m": "один", "f": "одна", "n": "одно"}


def cardinal(number: int, gender: Gender = "m", case: Case = "nominative") -> str:
    """Say a whole number from 0 to 999,999 in the gender and case of what is counted."""
    thousands, rest = divmod(number, 1000)
    words = [*_thousands(thousands, case), *_below_thousand(rest, gender, case)]
    return " ".join(words) or _unit(0, gender, case)


def ordinal(number: int, form: Form = "m") -> str:
    """Say which one in a row, from 0 to 9,999: второй, двадцать пятого, двухтысячного."""
    head, last = _split_ordinal(number)
    return f"{head} {_decline(last, form)}".strip()


def plural(number: int) -> int:
    """Choose among one, few and many: 0 for 1 час, 1 for 2 часа, 2 for 5 часов."""
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


def clock(moment: time, case: Case = "nominative") -> str:
    """Say a time as it stands in a list: девять двадцать; a whole hour is девять часов."""
    if not moment.minute:
        return _whole_hour(moment.hour, case)
    minute = cardinal(moment.minute, "f", case)
    if not moment.hour:
        return f"{_whole_hour(0, case)} {minute} {_MINUTES[case][plural(moment.minute)]}"
    zero = "ноль " if moment.minute < 10 else ""
    return f"{hour_word(moment.hour, case)} {zero}{minute}"


def at(moment: time) -> str:
    """Say when: в девять двадцать, в девять часов."""
    return f"в {clock(moment, 'accusative')}"


def from_to(start: time, end: time) -> str:
    """Say opening hours: с восьми до двадцати часов."""
    first = clock(start, "genitive") if start.minute else hour_word(start.hour, "genitive")
    return f"с {first} до {clock(end, 'genitive')}"


def hour_word(hour: int, case: Case) -> str:
    """Say the hour without the word for hours; one o'clock is the word itself: час."""
    if hour == 1:
        return "часа" if case == "genitive" else "час"
    return cardinal(hour, "m", case)


def day_and_month(day: date, on: bool = False) -> str:
    """Say the day of the month: двадцать пятое ноября, or двадцать пятого ноября."""
    return f"{ordinal(day.day, 'genitive' if on else 'n')} {MONTHS[day.month - 1]}"


def weekday(day: date, on: bool = False) -> str:
    """Say the day of the week: среда, or в среду."""
    return (ON_WEEKDAYS if on else WEEKDAYS)[day.weekday()]


def year(number: int) -> str:
    """Say a year as the end of a date: две тысячи двадцать шестого года."""
    return f"{ordinal(number, 'genitive')} года"


def _whole_hour(hour: int, case: Case) -> str:
    if hour == 1:
        return hour_word(hour, case)
    number = "нуля" if case == "genitive" and not hour else cardinal(hour, "m", case)
    return f"{number} {_HOURS[case][plural(hour)]}"


def _thousands(count: int, case: Case) -> list[str]:
    if not count:
        return []
    many = _below_thousand(count, "f", case) if count > 1 else []
    return [*many, _THOUSANDS[case][plural(count)]]


def _below_thousand(number: int, gender: Gender, case: Case) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [_hundred(hundreds, case)] if hundreds else []
    if 10 <= rest < 20:
        teen = TEENS[rest - 10]
        return [*words, teen[:-1] + "и" if case == "genitive" else teen]
    tens, units = divmod(rest, 10)
    if tens:
        words.append((_GENITIVE_TENS if case == "genitive" else TENS)[tens])
    return [*words, _unit(units, gender, case)] if units else words


def _hundred(hundreds: int, case: Case) -> str:
    if case != "genitive":
        return HUNDREDS[hundreds]
    return "ста" if hundreds == 1 else _GENITIVE_UNITS[hundreds] + "сот"


def _unit(number: int, gender: Gender, case: Case) -> str:
    if case == "genitive":
        return "одной" if number == 1 and gender == "f" else _GENITIVE_UNITS[number]
    if number == 1:
        return "одну" if gender == "f" and case == "accusative" else _ONES[gender]
    return "две" if number == 2 and gender == "f" else UNITS[number]


def _split_ordinal(number: int) -> tuple[str, str]:
    """Part the words that stay as they are from the one last word that is declined."""
    if number and number % 1000 == 0:
        count = number // 1000
        return "", ("" if count == 1 else _GENITIVE_UNITS[count]) + "тысячный"
    if number and number % 100 == 0:
        hundreds = number % 1000 // 100
        last = "сотый" if hundreds == 1 else _GENITIVE_UNITS[hundreds] + "сотый"
        size = 1000
    elif 10 < number % 100 < 20:
        last, size = TEENS[number % 10][:-1] + "ый", 100
    elif number and number % 10 == 0:
        last, size = _ORDINAL_TENS[number % 100 // 10], 100
    else:
        last, size = _ORDINAL_UNITS[number % 10], 10
    head = number - number % size
    return cardinal(head) if head else "", last


def _decline(word: str, form: Form) -> str:
    stem = word[:-2] + ("ь" if word == "третий" else "")
    hard = {
        "f": "ая", "n": "ое", "genitive": "ого", "genitive f": "ой",
        "dative": "ому", "prepositional": "ом",
    }  # fmt: skip
    soft = {
        "f": "я", "n": "е", "genitive": "его", "genitive f": "ей",
        "dative": "ему", "prepositional": "ем",
    }  # fmt: skip
    return word if form == "m" else stem + (soft if word == "третий" else hard)[form]
