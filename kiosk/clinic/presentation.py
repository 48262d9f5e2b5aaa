"""What a phone shows to the scanner: six digits or an opaque text, which only the documents service can read."""

import re

LONGEST, SHORTEST = 2048, 16
_AIM_PREFIX = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
_CODE = re.compile(r"[0-9]{6}")
_PRINTABLE = re.compile(r"[\x20-\x7e]+")
_CARD = re.compile(r"(?:[IPAC][A-Z0-9<]KAZ|.*<<)", re.DOTALL)
_FRAMING = "".join(map(chr, range(33))) + "\x7f\ufeff"


def find_payload(raw: str) -> str | None:
    """What was presented, without the scanner's framing and otherwise unread; None for a card, even a damaged one."""
    text = _AIM_PREFIX.sub("", raw.strip(_FRAMING)).strip(_FRAMING)
    if _CODE.fullmatch(text):
        return text
    if not (SHORTEST <= len(text) <= LONGEST and _PRINTABLE.fullmatch(text)) or _CARD.match(text.upper()):
        return None
    return text
