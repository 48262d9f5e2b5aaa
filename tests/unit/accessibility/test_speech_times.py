"""Dates and times read aloud: every minute of the day, every date of two years."""

import re
from datetime import date, datetime, time, timedelta

import pytest

from kiosk.accessibility.speech import spell_date, spell_hours, spell_moment, spell_time

LANGUAGES = ("kk", "ru", "en")
MINUTES = [time(hour, minute) for hour in range(24) for minute in range(60)]
DATES = [date(2026, 1, 1) + timedelta(days) for days in range(730)]
WORDS = {"kk": "[а-яәғқңөұүһі, ]+", "ru": "[а-яё, ]+", "en": "[A-Za-z', -]+"}
LOCATIVE = re.compile(
    r".*(нөлде|бірде|екіде|үште|төртте|бесте|алтыда|жетіде|сегізде|тоғызда|онда|жиырмада|отызда|қырықта|елуде)"
)
MONTHS_IN = (
    "қаңтарда", "ақпанда", "наурызда", "сәуірде", "мамырда", "маусымда",
    "шілдеде", "тамызда", "қыркүйекте", "қазанда", "қарашада", "желтоқсанда",
)  # fmt: skip


@pytest.mark.row("A23")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", [True, False])
def test_every_minute_of_the_day_has_words_of_its_own(language, at):
    said = [spell_time(moment, language, at) for moment in MINUTES]
    assert all(re.fullmatch(WORDS[language], words) for words in said)
    assert all(words == " ".join(words.split()) for words in said)
    assert len(set(said)) == 1440


def test_every_minute_answers_when():
    for moment in MINUTES:
        kazakh = spell_time(moment, "kk")
        assert kazakh.startswith("сағат ") and LOCATIVE.fullmatch(kazakh), kazakh
        assert spell_time(moment, "kk", at=False).removeprefix("сағат ") == kazakh[len("сағат ") : -2]
        assert spell_time(moment, "ru").startswith("в ")
        assert not spell_time(moment, "ru").endswith(("одна", "минута"))
        assert spell_time(moment, "en") == "at " + spell_time(moment, "en", at=False)


@pytest.mark.parametrize(
    ("moment", "kk", "ru", "en"),
    [
        (time(0, 0), "сағат нөлде", "в ноль часов", "at midnight"),
        (time(0, 1), "сағат нөл нөл бірде", "в ноль часов одну минуту", "at zero oh one"),
        (time(0, 22), "сағат нөл жиырма екіде", "в ноль часов двадцать две минуты", "at zero twenty-two"),
        (time(1, 0), "сағат бірде", "в час", "at one o'clock"),
        (time(1, 30), "сағат бір отызда", "в час тридцать", "at one thirty"),
        (time(2, 0), "сағат екіде", "в два часа", "at two o'clock"),
        (time(8, 40), "сағат сегіз қырықта", "в восемь сорок", "at eight forty"),
        (time(9, 1), "сағат тоғыз нөл бірде", "в девять ноль одну", "at nine oh one"),
        (time(9, 5), "сағат тоғыз нөл бесте", "в девять ноль пять", "at nine oh five"),
        (time(9, 20), "сағат тоғыз жиырмада", "в девять двадцать", "at nine twenty"),
        (time(11, 0), "сағат он бірде", "в одиннадцать часов", "at eleven o'clock"),
        (time(12, 0), "сағат он екіде", "в двенадцать часов", "at twelve noon"),
        (time(14, 50), "сағат он төрт елуде", "в четырнадцать пятьдесят", "at fourteen fifty"),
        (time(20, 5), "сағат жиырма нөл бесте", "в двадцать ноль пять", "at twenty oh five"),
        (time(21, 0), "сағат жиырма бірде", "в двадцать один час", "at twenty-one hundred"),
        (time(22, 0), "сағат жиырма екіде", "в двадцать два часа", "at twenty-two hundred"),
    ],
)
def test_golden_times(moment, kk, ru, en):
    assert [spell_time(moment, language) for language in LANGUAGES] == [kk, ru, en]


def test_times_in_a_list():
    listed = [time(9), time(9, 20), time(9, 41)]
    assert [spell_time(each, "kk", at=False) for each in listed] == [
        "сағат тоғыз",
        "тоғыз жиырма",
        "тоғыз қырық бір",
    ]
    assert [spell_time(each, "ru", at=False) for each in listed] == [
        "девять часов",
        "девять двадцать",
        "девять сорок одна",
    ]


@pytest.mark.parametrize(
    ("start", "end", "language", "said"),
    [
        (time(8), time(20), "kk", "сағат сегізден жиырмаға дейін"),
        (time(9, 30), time(18), "kk", "сағат тоғыз отыздан он сегізге дейін"),
        (time(9), time(14, 40), "kk", "сағат тоғыздан он төрт қырыққа дейін"),
        (time(8), time(20), "ru", "с восьми до двадцати часов"),
        (time(9, 30), time(21), "ru", "с девяти тридцати до двадцати одного часа"),
        (time(9), time(14, 1), "ru", "с девяти до четырнадцати ноль одной"),
        (time(8), time(20), "en", "from eight o'clock to twenty hundred"),
    ],
)
def test_opening_hours(start, end, language, said):
    assert spell_hours(start, end, language) == said


@pytest.mark.row("A23")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("on", [True, False])
def test_every_date_of_two_years_has_words_of_its_own(language, on):
    said = [spell_date(day, language, on=on, with_year=True) for day in DATES]
    assert all(re.fullmatch(WORDS[language], words) for words in said)
    assert len(set(said)) == len(DATES)
    assert len({spell_date(day, language, with_weekday=False) for day in DATES}) == 365


def test_every_date_has_its_endings():
    for day in DATES:
        assert spell_date(day, "kk", on=True).endswith(" " + MONTHS_IN[day.month - 1])
        assert re.search(r" (\S+ )?\S+(ншы|нші) \S+$", spell_date(day, "kk"))
        assert re.fullmatch(r"\S+, (\S+ )?\S+(ое|ье) \S+[яа]", spell_date(day, "ru"))
        assert re.fullmatch(r"во? \S+, (\S+ )?\S+[ое]го \S+[яа]", spell_date(day, "ru", on=True))
        assert re.fullmatch(r"on \w+day, the [\w-]+(st|nd|rd|th) of \w+", spell_date(day, "en", on=True))


@pytest.mark.parametrize(
    ("day", "ru"),
    [
        (23, "в понедельник, двадцать третьего ноября"),
        (24, "во вторник, двадцать четвёртого ноября"),
        (25, "в среду, двадцать пятого ноября"),
        (26, "в четверг, двадцать шестого ноября"),
        (27, "в пятницу, двадцать седьмого ноября"),
        (28, "в субботу, двадцать восьмого ноября"),
        (29, "в воскресенье, двадцать девятого ноября"),
    ],
)
def test_on_each_weekday_in_russian(day, ru):
    assert spell_date(date(2026, 11, day), "ru", on=True) == ru


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "сәрсенбі, жиырма бесінші қараша, сағат тоғыз жиырмада"),
        ("ru", "в среду, двадцать пятого ноября, в девять двадцать"),
        ("en", "on Wednesday, the twenty-fifth of November, at nine twenty"),
    ],
)
def test_the_moment_of_an_appointment(language, said):
    assert spell_moment(datetime(2026, 11, 25, 9, 20), language) == said


@pytest.mark.parametrize(
    ("language", "name", "on", "year"),
    [
        (
            "kk",
            "сәрсенбі, жиырма бесінші қараша",
            "сәрсенбі күні, жиырма бесінші қарашада",
            "сәрсенбі, екі мың жиырма алтыншы жылғы жиырма бесінші қараша",
        ),
        (
            "ru",
            "среда, двадцать пятое ноября",
            "в среду, двадцать пятого ноября",
            "среда, двадцать пятое ноября две тысячи двадцать шестого года",
        ),
        (
            "en",
            "Wednesday, the twenty-fifth of November",
            "on Wednesday, the twenty-fifth of November",
            "Wednesday, the twenty-fifth of November twenty twenty-six",
        ),
    ],
)
def test_golden_dates(language, name, on, year):
    day = date(2026, 11, 25)
    assert spell_date(day, language) == name
    assert spell_date(day, language, on=True) == on
    assert spell_date(day, language, with_year=True) == year


@pytest.mark.parametrize(
    ("language", "today", "tomorrow"),
    [("kk", "бүгін", "ертең"), ("ru", "сегодня", "завтра"), ("en", "today", "tomorrow")],
)
def test_today_and_tomorrow_only_when_true(language, today, tomorrow):
    now = date(2026, 12, 31)
    for days, word in ((0, today), (1, tomorrow)):
        assert spell_date(now + timedelta(days), language, now).startswith(word + ", ")
    for days in (-1, 2, 7):
        assert spell_date(now + timedelta(days), language, now) == spell_date(now + timedelta(days), language)


def test_english_years():
    years = {1985: "nineteen eighty-five", 1905: "nineteen oh five", 1900: "nineteen hundred",
             2000: "two thousand", 2006: "two thousand and six", 2010: "twenty ten"}  # fmt: skip
    for year, said in years.items():
        assert spell_date(date(year, 1, 1), "en", with_year=True).endswith(f"January {said}")
