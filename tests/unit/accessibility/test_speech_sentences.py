"""Visible sentences as they are said: nothing left that an engine would swallow or misread."""

import re
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.accessibility.speech import speakable, spell_time

ALPHABETS = {"kk": "а-яёәғқңөұүһі", "ru": "а-яё", "en": "a-z"}
SEEN = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("0123456789.:-–/№%*+ ()«»₸абвАБВәҚіabcABCIVXг'’\"_\n"),
    ),
    max_size=60,
)
GOLDEN = {
    "kk": {
        "№ 205 кабинет, 2-қабат, № 07 учаске": "екі жүз бесінші кабинет, екінші қабат, жетінші учаске",
        "3-терезеге барыңыз": "үшінші терезеге барыңыз",
        "оның ЖСН-і, балаларының ЖСН-іне": "оның жеке сәйкестендіру нөмірі, балаларының жеке сәйкестендіру нөміріне",
        "Дүйсенбі – Жұма: 08:00–20:00": "Дүйсенбіден жұмаға дейін: сағат сегізден жиырмаға дейін",
        "№ 205а кабинет": "екі жүз бесінші а кабинеті",
        "2026 жылғы 25 қараша, сәрсенбі": "екі мың жиырма алтыншы жылғы жиырма бесінші қараша, сәрсенбі",
        "2026 ж. 16 желтоқсан": "екі мың жиырма алтыншы жылғы он алтыншы желтоқсан",
        "Сәрсенбі, 25 қараша, сағат 09:20": "Сәрсенбі, жиырма бесінші қараша, сағат тоғыз жиырма",
        "Уақыты: 09:00": "Уақыты: сағат тоғыз",
        "09:20-да келіңіз": "сағат тоғыз жиырмада келіңіз",
        "сағат 08:00-ден 20:00-ге дейін": "сағат сегізден жиырмаға дейін",
        "Жұмыс уақыты 08:00–20:00": "Жұмыс уақыты сағат сегізден жиырмаға дейін",
        "ЖСН-ді енгізіңіз": "жеке сәйкестендіру нөмірін енгізіңіз",
        "ЖСН-іңізді енгізіңіз (12 сан)": "жеке сәйкестендіру нөміріңізді енгізіңіз, он екі сан",
        "ЖСН: 850715******": "жеке сәйкестендіру нөмірі: сегіз бес, нөл жеті, бір бес, алты жұлдызша",
        "850715300123": "сегіз бес, нөл жеті, бір бес, үш нөл нөл, бір екі үш",
        "ЖПД-ға жазылу": "жалпы практикалық дәрігерге жазылу",
        "МСАК ұйымы": "медициналық-санитариялық алғашқы көмек ұйымы",
        "ҚР заңы": "Қазақстан Республикасы заңы",
        "№ 5 қалалық емхана": "бесінші қалалық емхана",
        "«№ 14 Қалалық емхана»": "он төртінші Қалалық емхана",
        "сағат 8.00-ден 20.00-ге дейін": "сағат сегізден жиырмаға дейін",
        "ЖСН енгізіңіз": "жеке сәйкестендіру нөмірін енгізіңіз",
        "ЖСН (жеке сәйкестендіру нөмірі)": "жеке сәйкестендіру нөмірі",
        "жалпы практикалық дәрігер (ЖПД)": "жалпы практикалық дәрігер",
        "ЖПД-іңізге": "жалпы практикалық дәрігеріңізге",
        "«Ақсай -4» ы.а., 17 үй": "Ақсай төрт ықшам ауданы, он жеті үй",
        "-1 қабат": "минус бір қабат",
        "1 500 ₸": "мың бес жүз теңге",
        "50 %-ға дейін": "елу пайызға дейін",
        "103 немесе 1414 нөмірі": "жүз үш немесе он төрт он төрт нөмірі",
        "5 қадамның 2-қадамы": "бес қадамның екінші қадамы",
        "5-тен 3-ке": "бестен үшке",
        "2-ші, 6-шы": "екінші, алтыншы",
        "10–15 минут": "он-он бес минут",
        "QR-код, SMS-ті": "кью-ар код, эс-эм-эсті",
        "eGov mobile": "и-гов мобайл",
        "Ахметов А. Б., «Нұр» емханасы": "Ахметов а бе, Нұр емханасы",
        "Код: 123456": "Код: бір екі үш, төрт бес алты",
        "+7 (727) 123-45-67": "плюс жеті, жеті екі жеті, бір екі үш, төрт бес, алты жеті",
        "II топ": "екінші топ",
    },
    "ru": {
        "Кабинет № 205, 2 этаж, участок № 07": "Кабинет двести пять, второй этаж, участок семь",
        "в кабинете 205а на 2 этаже": "в кабинете двести пять а на втором этаже",
        "Среда, 25 ноября 2026 г.": "Среда, двадцать пятое ноября две тысячи двадцать шестого года",
        "в среду, 25 ноября, в 09:20": "в среду, двадцать пятого ноября, в девять двадцать",
        "25.11.2026": "двадцать пятое ноября две тысячи двадцать шестого года",
        "до 25.11.2026": "до двадцать пятого ноября две тысячи двадцать шестого года",
        "Введите ИИН (12 цифр)": "Введите и-и-эн, двенадцать цифр",
        "Запись к ВОП": "Запись к врачу общей практики",
        "организация ПМСП": "организация первичной медико-санитарной помощи",
        "Законы РК": "Законы Республики Казахстан",
        "Поликлиника № 5 г. Алматы": "Поликлиника номер пять город Алматы",
        "ул. Абая, д. 12/3": "улица Абая, дом двенадцать дробь три",
        "скидка 21 %": "скидка двадцать один процент",
        "1 500 ₸": "тысяча пятьсот тенге",
        "Звоните 103 или 1414": "Звоните сто три или четырнадцать четырнадцать",
        "8 800 080 7777": "восемь, восемь ноль ноль, ноль восемь ноль, семь семь семь семь",
        "Шаг 2 из 5": "Шаг два из пяти",
        "с 09:30 до 18:00": "с девяти тридцати до восемнадцати часов",
        "08:00–20:00": "с восьми до двадцати часов",
        "с 8.00 до 20.00 часов": "с восьми часов до двадцати часов",
        "врач общей практики (ВОП)": "врач общей практики",
        "Осталась 1 минута": "Осталась одна минута",
        "через 21 минуту": "через двадцать одну минуту",
        "1–2 минуты": "одна-две минуты",
        "до 10–15 минут": "до десяти-пятнадцати минут",
        "1 место": "одно место",
        "3-я попытка": "третья попытка",
        "в 2026 году": "в две тысячи двадцать шестом году",
        "QR, SMS, KZ, ID": "кью-ар, эс-эм-эс, Казахстан, ай-ди",
        "Врач Құрманғали Ә. Б.": "Врач Курмангали а бэ.",
        "талон A-017": "талон а ноль один семь",
        "1,5 часа": "одна целая пять десятых часа",
        "II группа": "вторая группа",
        "850715******": "восемь пять, ноль семь, один пять, шесть звёздочек",
    },
    "en": {
        "Room 205, floor 2, district № 07": "Room two hundred and five, floor two, district seven",
        "Wednesday, 25 November 2026 at 09:20": (
            "Wednesday, the twenty-fifth of November twenty twenty-six at nine twenty"
        ),
        "December 16, 2026": "the sixteenth of December twenty twenty-six",
        "IIN (12 digits)": "I I N, twelve digits",
        "Step 2 of 5": "Step two of five",
        "Call 103 or 1414": "Call one zero three or fourteen fourteen",
        "Room 103": "Room one hundred and three",
        "08:00–20:00": "from eight o'clock to twenty hundred",
        "1 500 ₸, 50%, 1.5 hours": "one thousand five hundred tenge, fifty percent, one point five hours",
        "Dr. Ахметов А. Б.": "Doctor Akhmetov A B.",
        "«Нұр» clinic – № 5": "Nur clinic, number five",
        "10–15 minutes": "ten to fifteen minutes",
        "2nd floor": "second floor",
        "don’t stop": "don't stop",
    },
}


@pytest.mark.parametrize(
    ("language", "seen", "said"),
    [(language, seen, said) for language, pairs in GOLDEN.items() for seen, said in pairs.items()],
)
def test_golden_sentences(language, seen, said):
    assert speakable(seen, language) == said
    assert speakable(said, language) == said


@pytest.mark.parametrize("language", ALPHABETS)
@settings(deadline=None, max_examples=400)
@given(SEEN)
def test_only_words_are_left_of_any_text_and_twice_is_once(language, seen):
    said = speakable(seen, language)
    assert re.fullmatch(rf"[{ALPHABETS[language]} .,;:!?'-]*", said.lower())
    assert said == " ".join(said.split())
    assert speakable(said, language) == said


@pytest.mark.parametrize("language", ALPHABETS)
def test_every_visible_time_is_said_as_the_grammar_says_it(language):
    at = {"kk": "сағат {}", "ru": "в {}", "en": "at {}"}[language]
    for hour in range(24):
        for minute in range(60):
            shown = at.format(f"{hour:02}:{minute:02}") + ("-да" if language == "kk" else "")
            assert speakable(shown, language) == spell_time(time(hour, minute), language)


@pytest.mark.parametrize("language", ALPHABETS)
@given(st.from_regex(r"[0-9]{1,16}", fullmatch=True))
def test_numbers_are_never_lost(language, digits):
    assert speakable(digits, language)


@pytest.mark.parametrize("sign", "№₸%+&=@#°§")
@pytest.mark.parametrize("language", ALPHABETS)
def test_signs_with_a_meaning_become_words(language, sign):
    assert speakable(sign, language).isalpha()


@pytest.mark.parametrize("sign", '«»“”„"()[]{}|•…→_^~©™😀‑')
@pytest.mark.parametrize("language", ALPHABETS)
def test_other_signs_leave_no_trace_in_a_sentence(language, sign):
    word = {"kk": "сөз", "ru": "слово", "en": "word"}[language]
    left = speakable(f"{word} {sign} {word}", language)
    assert re.fullmatch(rf"{word}[.,]? ((about|шамамен|примерно) )?{word}", left)


def test_new_lines_end_sentences():
    assert speakable("Тақырып\n\nМәтін.\nСоңы", "kk") == "Тақырып. Мәтін. Соңы"
