"""What each language says of itself, whatever language the page is in; spoken as fixed prompts."""

from kiosk.accessibility.speech import spell_number

OWN_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
CHOOSE = {
    "kk": "Қазақша. Таңдау: қазақша сөйлесу.",
    "ru": "Русский. Выбор: говорить по-русски.",
    "en": "English. Select: speak English.",
}
FIND = {
    "kk": "Қазақша сөйлесу үшін төмен пернесін баса беріңіз.",
    "ru": "Чтобы говорить по-русски, нажимайте клавишу вниз.",
    "en": "To speak English, keep pressing Down.",
}
INVITE = {
    "kk": "Терминал қазақша сөйлей алады. Құлаққапты қосыңыз немесе кез келген пернені басыңыз.",
    "ru": "Терминал умеет говорить по-русски. Вставьте наушники или нажмите любую клавишу.",
    "en": "This kiosk can speak English. Plug in headphones or press any key.",
}
DIGITS = tuple({code: spell_number(digit, code) for code in OWN_NAMES} for digit in range(10))
EVERY = (CHOOSE, FIND, INVITE, *DIGITS)
