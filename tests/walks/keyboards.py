"""Keyboards as a wedge scanner finds them: it strikes US places, and the layout that is set makes other letters of them."""

from typing import Any

US = {
    **{f"Digit{plain}": plain + shifted for plain, shifted in zip("1234567890", "!@#$%^&*()", strict=True)},
    **{f"Key{letter}": letter.lower() + letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{"Minus": "-_", "Equal": "=+", "BracketLeft": "[{", "BracketRight": "]}", "Backslash": "\\|", "Semicolon": ";:"},
    **{"Quote": "'\"", "Comma": ",<", "Period": ".>", "Slash": "/?", "Backquote": "`~", "Space": "  "},
}
_LETTERS = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM", "йцукенгшщзфывапролдячсмить", strict=True))
_CYRILLIC = {f"Key{place}": letter + letter.upper() for place, letter in _LETTERS.items()} | {
    **{"BracketLeft": "хХ", "BracketRight": "ъЪ", "Semicolon": "жЖ", "Quote": "эЭ", "Comma": "бБ", "Period": "юЮ"},
    **{"Slash": ".,", "Backquote": "ёЁ", "Backslash": "\\/"},
}
RUSSIAN = (
    US
    | _CYRILLIC
    | dict(zip([f"Digit{n}" for n in "234567890"], ['2"', "3№", "4;", "5%", "6:", "7?", "8*", "9(", "0)"], strict=True))
)
_KAZAKH_ROW = ['"!', "әӘ", "іІ", "ңҢ", "ғҒ", ",;", ".:", "үҮ", "ұҰ", "қҚ", "өӨ", "һҺ"]
KAZAKH = RUSSIAN | dict(zip([*(f"Digit{n}" for n in "1234567890"), "Minus", "Equal"], _KAZAKH_ROW, strict=True))
LAYOUTS = {"us": US, "ru": RUSSIAN, "kk": KAZAKH}
_PLACES = {sign: (code, sign != pair[0]) for code, pair in US.items() for sign in pair[::-1]}


def struck(sign: str, layout: str = "us") -> dict[str, Any]:
    """What Chromium is told of the key that a scanner strikes for `sign`, under the layout that is set."""
    if sign in "\r\n":
        return {"key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": 13}
    code, shift = _PLACES[sign]
    if layout == "printed":  # some drivers, and browsers' robots, send the sign and tell of no Shift
        return {"key": sign, "code": code, "text": sign}
    key = LAYOUTS[layout][code][shift]
    number = {"windowsVirtualKeyCode": ord(code[-1])} if code[:-1] in ("Key", "Digit") else {}
    return {"key": key, "code": code, "text": key, "modifiers": 8 if shift else 0, **number}
