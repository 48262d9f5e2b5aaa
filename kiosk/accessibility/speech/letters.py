"""Letters read aloud by name, and words carried from one script into another."""

import re
import unicodedata

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_KAZAKH = "әғқңөұүһі"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS = {"kk": _CYRILLIC + _KAZAKH, "ru": _CYRILLIC, "en": _LATIN}
PUNCTUATION = " .,;:!?'-"


def _table(letters: str, sounds: str) -> dict[str, str]:
    """Pair each letter with its sound; a dot is silence."""
    return {letter: sound.strip(".") for letter, sound in zip(letters, sounds.split(), strict=True)}


_RU_NAMES = _table(
    _CYRILLIC,
    "а бэ вэ гэ дэ е ё жэ зэ и . ка эль эм эн о пэ эр эс тэ у эф ха цэ че ша ща . ы . э ю я",
) | {"й": "и краткое", "ъ": "твёрдый знак", "ь": "мягкий знак"}
_KK_NAMES = (
    _RU_NAMES
    | _table("бвгджзптц", "бе ве ге де же зе пе те це")
    | _table(_KAZAKH, "ә ғе қа ың ө ұ ү һа і")
    | {"й": "қысқа и", "ъ": "айыру белгісі", "ь": "жіңішкелік белгісі"}
)
# A single Latin letter is named as at school, an abbreviation as in English: а, бэ, but ай-ди.
_LATIN_NAMES = _table(
    _LATIN,
    "а бэ цэ дэ е эф гэ аш и йот ка эль эм эн о пэ ку эр эс тэ у вэ дубль-вэ икс игрек зет",
)
_ENGLISH_NAMES = _table(
    _LATIN,
    "эй би си ди и эф джи эйч ай джей кей эл эм эн оу пи кью ар эс ти ю ви дабл-ю икс уай зед",
)

_TO_LATIN = _table(_CYRILLIC, "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya") | _table(
    _KAZAKH, "a g k ng o u u h i"
)
_TO_CYRILLIC = _table(_LATIN, "а б к д е ф г х и дж к л м н о п к р с т у в в кс й з") | {
    "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ts": "ц", "yu": "ю", "ya": "я", "yo": "ё",
    "ee": "и", "oo": "у", "ph": "ф", "th": "т", "ck": "к",
}  # fmt: skip
_KAZAKH_TO_RUSSIAN = _table(_KAZAKH, "а г к н о у у х и")
_LOOK_ALIKES = str.maketrans("aceopxyiABCEHKMOPTXYI", "асеорхуіАВСЕНКМОРТХУІ")

_KNOWN = {
    "kz": "Қазақстан", "qr": "кью-ар", "sms": "эс-эм-эс", "pin": "пин",
    "egov": "и-гов", "mobile": "мобайл", "e-mail": "и-мейл", "email": "и-мейл",
    "whatsapp": "ватсап", "telegram": "телеграм", "english": "инглиш", "wi-fi": "вай-фай",
    "wifi": "вай-фай", "online": "онлайн", "qabyldau": "қабылдау", "kaspi": "каспи",
    "halyk": "халық", "ok": "окей", "braille": "брайль", "select": "селект",
}  # fmt: skip

_RUSSIAN_KNOWN = {"kz": "Казахстан"}


def letter_name(letter: str, language: str) -> str:
    """Say the name of one letter as the language calls it; English keeps it as a capital."""
    small = letter.lower()
    if language == "en":
        return _TO_LATIN.get(small, small if small in _LATIN else "").capitalize()
    names = _KK_NAMES if language == "kk" else _RU_NAMES | _kazakh_names_in_russian()
    return names.get(small) or _LATIN_NAMES.get(small, "")


def spell_letters(word: str, language: str) -> str:
    """Say an abbreviation letter by letter: эс-эм-эс."""
    names = [letter_name(letter, language) for letter in word]
    return (" " if language == "en" else "-").join(name for name in names if name)


def in_script(text: str, language: str) -> str:
    """Carry every word into the script of the language and drop what its voice cannot say."""
    text = re.sub(r"[^\W\d_]+(?:-[^\W\d_]+)*", lambda found: _carry(found[0], language), text)
    kept = _ALPHABETS[language] + PUNCTUATION
    return "".join(sign if sign.lower() in kept else " " for sign in text)


def _carry(word: str, language: str) -> str:
    if all(letter.lower() in _ALPHABETS[language] + "-" for letter in word):
        return word
    word = _bare(word, language)
    if language == "en":
        return _replace(word, _TO_LATIN)
    has_cyrillic = any(letter.lower() in _CYRILLIC + _KAZAKH for letter in word)
    if has_cyrillic and "-" not in word:
        word = word.translate(_LOOK_ALIKES)
    known = _KNOWN | _RUSSIAN_KNOWN if language == "ru" else _KNOWN
    parts = [known.get(part.lower()) or _foreign(part) for part in word.split("-")]
    said = known.get(word.lower()) or "-".join(parts)
    return said if language == "kk" else _replace(said, _KAZAKH_TO_RUSSIAN)


def _foreign(part: str) -> str:
    """Say one Latin word in Cyrillic: short capitals by letter, the rest by sound."""
    small = part.lower()
    if part.isupper() and len(part) <= 4 and all(letter in _LATIN for letter in small):
        names = _LATIN_NAMES if len(part) == 1 else _ENGLISH_NAMES
        return "-".join(names[letter] for letter in small)
    return _replace(part, _TO_CYRILLIC)


def _bare(word: str, language: str) -> str:
    """Take the accents off letters that are foreign to the language: é becomes e."""
    own = _ALPHABETS[language] + _CYRILLIC + _KAZAKH + "-"
    return "".join(letter if letter.lower() in own else unicodedata.normalize("NFKD", letter)[0] for letter in word)


def _replace(word: str, table: dict[str, str]) -> str:
    said, at = "", 0
    while at < len(word):
        pair = word[at : at + 2]
        source = pair if pair.lower() in table else pair[0]
        sound = table.get(source.lower(), source)
        said += sound.capitalize() if source[0].isupper() else sound
        at += len(source)
    return said


def _kazakh_names_in_russian() -> dict[str, str]:
    sounds = _KAZAKH_TO_RUSSIAN
    return {letter: _RU_NAMES[sounds[letter]] for letter in _KAZAKH}
