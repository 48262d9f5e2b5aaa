"""English: number words, and the way a clinic's loudspeaker would say times and dates."""

from datetime import date, time

SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_IRREGULAR_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth",
    "eight": "eighth", "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip


def cardinal(number: int) -> str:
    """Say a whole number from 0 to 999,999, with the British and."""
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _below_thousand(rest)
    head = f"{_below_thousand(thousands)} thousand"
    if not rest:
        return head
    return f"{head}{' and' if rest < 100 else ''} {_below_thousand(rest)}"


def ordinal(number: int) -> str:
    """Say which one in a row: first, twenty-fifth, two hundred and fifth."""
    words = cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    regular = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return words[:cut] + _IRREGULAR_ORDINALS.get(last, regular)


def clock(moment: time) -> str:
    """Say a time on the twenty-four hour clock: nine twenty, nine oh five, fourteen hundred."""
    hour, minute = moment.hour, moment.minute
    if minute:
        return f"{cardinal(hour)} {'oh ' if minute < 10 else ''}{cardinal(minute)}"
    if hour in (0, 12):
        return "twelve noon" if hour else "midnight"
    return cardinal(hour) + (" o'clock" if hour < 12 else " hundred")


def at(moment: time) -> str:
    """Say when: at nine twenty."""
    return f"at {clock(moment)}"


def from_to(start: time, end: time) -> str:
    """Say opening hours: from eight o'clock to twenty hundred."""
    return f"from {clock(start)} to {clock(end)}"


def day_and_month(day: date, on: bool = False) -> str:
    """Say the day of the month: the twenty-fifth of November, with on if asked."""
    return f"{'on ' if on else ''}the {ordinal(day.day)} of {MONTHS[day.month - 1]}"


def weekday(day: date, on: bool = False) -> str:
    """Say the day of the week: Wednesday, or on Wednesday."""
    return ("on " if on else "") + WEEKDAYS[day.weekday()]


def year(number: int) -> str:
    """Say a year in pairs where people do: twenty twenty-six, two thousand and six."""
    century, rest = divmod(number, 100)
    if number < 1000 or (century % 10 == 0 and rest < 10):
        return cardinal(number)
    if not rest:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    head = f"{SMALL[hundreds]} hundred"
    return f"{head} and {_below_hundred(rest)}" if rest else head


def _below_hundred(number: int) -> str:
    if number < 20:
        return SMALL[number]
    tens, units = divmod(number, 10)
    return TENS[tens] + (f"-{SMALL[units]}" if units else "")
