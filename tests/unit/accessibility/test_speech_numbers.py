"""Numbers read aloud: every one from nought to 9,999, and the endings that follow from them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.accessibility.speech import (
    NOUNS,
    Noun,
    kk,
    pluralise,
    ru,
    spell_count,
    spell_digits,
    spell_fraction,
    spell_number,
    spell_ordinal,
)

LANGUAGES = ("kk", "ru", "en")
WORDS = {"kk": "[а-яәғқңөұүһі ]+", "ru": "[а-яё ]+", "en": "[a-z -]+"}
LOCATIVE = {
    "нөл": "де", "бір": "де", "екі": "де", "үш": "те", "төрт": "те", "бес": "те", "алты": "да",
    "жеті": "де", "сегіз": "де", "тоғыз": "да", "он": "да", "жиырма": "да", "отыз": "да",
    "қырық": "та", "елу": "де", "алпыс": "та", "жетпіс": "те", "сексен": "де", "тоқсан": "да",
    "жүз": "де", "мың": "да",
}  # fmt: skip
ORDINALS = {
    1: "бірінші", 2: "екінші", 3: "үшінші", 4: "төртінші", 5: "бесінші", 6: "алтыншы",
    7: "жетінші", 8: "сегізінші", 9: "тоғызыншы", 10: "оныншы", 20: "жиырмасыншы",
    30: "отызыншы", 40: "қырқыншы", 50: "елуінші", 60: "алпысыншы", 70: "жетпісінші",
    80: "сексенінші", 90: "тоқсаныншы", 100: "жүзінші", 1000: "мыңыншы",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spell", [spell_number, spell_ordinal])
def test_every_number_to_9999_has_words_of_its_own(spell, language):
    said = [spell(number, language) for number in range(10_000)]
    assert all(re.fullmatch(WORDS[language], words) for words in said)
    assert all(words == " ".join(words.split()) for words in said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.integers(0, 999_999))
def test_a_number_is_its_thousands_and_the_rest(language, number):
    thousands, rest = divmod(number, 1000)
    said = spell_number(number, language)
    if thousands and rest:
        assert said.startswith(spell_number(thousands * 1000, language) + " ")
        assert said.endswith(spell_number(rest, language))


def test_kazakh_endings_follow_the_last_word():
    for number in range(10_000):
        word = kk.cardinal(number).split()[-1]
        assert kk.with_case(kk.cardinal(number), "locative").endswith(word + LOCATIVE[word])


def test_kazakh_ordinals_decline_their_last_word_only():
    for number in range(1, 10_000):
        *head, last = kk.ordinal(number).split()
        assert head == kk.cardinal(number).split()[:-1]
        size = next(size for size in (10, 100, 1000, 10_000) if number % size)
        assert last == ORDINALS[number % size if size < 1000 else size // 10]


@pytest.mark.parametrize(
    ("word", "case", "said"),
    [
        ("он", "ablative", "оннан"),
        ("мың", "ablative", "мыңнан"),
        ("жиырма", "ablative", "жиырмадан"),
        ("қырық", "dative", "қырыққа"),
        ("бес", "dative", "беске"),
        ("екі", "accusative", "екіні"),
        ("он", "accusative", "онды"),
        ("үш", "genitive", "үштің"),
        ("он", "genitive", "онның"),
        ("жүз", "genitive", "жүздің"),
        ("алты", "genitive", "алтының"),
        ("бес", "instrumental", "беспен"),
        ("жүз", "instrumental", "жүзбен"),
        ("бір", "instrumental", "бірмен"),
        ("кабинет", "locative", "кабинетте"),
        ("қабат", "locative", "қабатта"),
        ("учаске", "locative", "учаскеде"),
        ("маусым", "locative", "маусымда"),
        ("қыркүйек", "locative", "қыркүйекте"),
    ],
)
def test_kazakh_cases(word, case, said):
    assert kk.with_case(word, case) == said


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("locative", "нөмірінде"),
        ("ablative", "нөмірінен"),
        ("dative", "нөміріне"),
        ("accusative", "нөмірін"),
        ("genitive", "нөмірінің"),
        ("instrumental", "нөмірімен"),
    ],
)
def test_kazakh_cases_of_what_belongs_to_someone(case, said):
    assert kk.with_possessed_case("нөмірі", case) == said


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        (0, "kk", "нөл"),
        (100, "kk", "жүз"),
        (205, "kk", "екі жүз бес"),
        (1500, "kk", "мың бес жүз"),
        (100_000, "kk", "жүз мың"),
        (21_000, "ru", "двадцать одна тысяча"),
        (2_002, "ru", "две тысячи два"),
        (111_011, "ru", "сто одиннадцать тысяч одиннадцать"),
        (205, "en", "two hundred and five"),
        (1_005, "en", "one thousand and five"),
        (999_999, "en", "nine hundred and ninety-nine thousand nine hundred and ninety-nine"),
        (-5, "ru", "минус пять"),
        (1_234_567, "en", "one two three, four five, six seven"),
    ],
)
def test_golden_numbers(number, language, said):
    assert spell_number(number, language) == said


@pytest.mark.parametrize(
    ("number", "form", "said"),
    [
        (3, "m", "третий"),
        (3, "f", "третья"),
        (3, "genitive", "третьего"),
        (3, "prepositional", "третьем"),
        (13, "n", "тринадцатое"),
        (25, "genitive", "двадцать пятого"),
        (40, "prepositional", "сороковом"),
        (2000, "genitive", "двухтысячного"),
        (1900, "genitive", "тысяча девятисотого"),
        (1985, "genitive", "тысяча девятьсот восемьдесят пятого"),
        (2026, "genitive", "две тысячи двадцать шестого"),
        (200, "m", "двухсотый"),
        (112, "dative", "сто двенадцатому"),
    ],
)
def test_russian_ordinals(number, form, said):
    assert ru.ordinal(number, form) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "одного"), (22, "двадцати двух"), (40, "сорока"), (100, "ста"), (256, "двухсот пятидесяти шести"),
     (1000, "тысячи"), (2500, "двух тысяч пятисот"), (12, "двенадцати"), (90, "девяноста")],
)  # fmt: skip
def test_russian_genitives(number, said):
    assert ru.cardinal(number, "m", "genitive") == said


@pytest.mark.parametrize(
    ("digits", "language", "said"),
    [
        ("850715300123", "kk", "сегіз бес, нөл жеті, бір бес, үш нөл нөл, бір екі үш"),
        ("850715 300123", "ru", "восемь пять, ноль семь, один пять, три ноль ноль, один два три"),
        ("8 800 080 7777", "en", "eight, eight zero zero, zero eight zero, seven seven seven seven"),
        ("+77001234567", "ru", "плюс семь, семь ноль ноль, один два три, четыре пять, шесть семь"),
        ("0042", "kk", "нөл нөл, төрт екі"),
        ("123456", "en", "one two three, four five six"),
        ("7", "en", "seven"),
        ("", "en", ""),
    ],
)
def test_golden_digits(digits, language, said):
    assert spell_digits(digits, language) == said


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.from_regex(r"[0-9]{1,20}", fullmatch=True))
def test_digits_are_all_said_in_order(language, digits):
    said = spell_digits(digits, language)
    one_by_one = [spell_number(int(digit), language) for digit in digits]
    assert said.replace(",", "").split() == one_by_one
    assert all(len(group.split()) <= 3 for group in said.split(","))


@pytest.mark.parametrize(
    ("whole", "decimals", "language", "said"),
    [
        (1, "5", "kk", "бір бүтін оннан бес"),
        (1, "5", "ru", "одна целая пять десятых"),
        (2, "01", "ru", "две целых одна сотая"),
        (3, "125", "ru", "три запятая один два пять"),
        (36, "6", "en", "thirty-six point six"),
        (4, "0", "kk", "төрт"),
    ],
)
def test_fractions(whole, decimals, language, said):
    assert spell_fraction(whole, decimals, language) == said


@pytest.mark.parametrize(
    ("count", "noun", "language", "said"),
    [
        (1, "minute", "kk", "бір минут"),
        (5, "minute", "kk", "бес минут"),
        (1, "minute", "ru", "одна минута"),
        (2, "minute", "ru", "две минуты"),
        (11, "minute", "ru", "одиннадцать минут"),
        (21, "second", "ru", "двадцать одна секунда"),
        (45, "second", "ru", "сорок пять секунд"),
        (3, "free_time", "ru", "три свободных варианта"),
        (1, "appointment", "en", "one appointment"),
        (0, "free_time", "en", "zero free times"),
    ],
)
def test_counts(count, noun, language, said):
    assert spell_count(count, noun, language) == said


def test_a_noun_of_ones_own_is_counted_too():
    step = Noun({"one": "ступенька", "few": "ступеньки", "many": "ступенек", "other": "ступеньки"}, "f")
    assert spell_count(1, step, "ru") == "одна ступенька"
    assert spell_count(12, step, "ru") == "двенадцать ступенек"


@pytest.mark.parametrize("count", range(0, 201))
def test_kazakh_nouns_stay_singular_and_russian_ones_follow_cldr(count):
    forms = {"one": "час", "few": "часа", "many": "часов", "other": "часа"}
    assert pluralise(count, forms, "ru") == ("час", "часа", "часов")[ru.plural(count)]
    assert pluralise(count, {"other": "сағат"}, "kk") == "сағат"


def test_every_noun_is_known_in_every_language():
    assert all(set(noun) == set(LANGUAGES) for noun in NOUNS.values())
