"""The IIN, the machine-readable zone and what a scanner sends: pure arithmetic (ICAO 9303, decree 406/2007)."""

import re
from dataclasses import dataclass
from datetime import date

from kiosk.clinic.obstacles import CardUnreadable

_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
_FRAMING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_AIM_PREFIX = re.compile(r"^\s*\][A-Za-z][0-9A-Za-z]")
IDENTITY_CARD, PASSPORT, BARCODE = "identity_card", "passport", "barcode"


@dataclass(frozen=True)
class Reading:
    """What a scanned document said: `document_number` and `expires` are None for the bare IIN barcode."""

    kind: str
    iin: str
    document_number: str | None
    expires: date | None


def iin_check_digit(first_eleven: str) -> int | None:
    """The twelfth digit for eleven digits, or None for a running number that is never issued."""
    digits = [int(digit) for digit in first_eleven]
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def is_iin(text: str) -> bool:
    """Whether `text` is twelve digits with a right check digit and, if it names one, a real birth date."""
    if not re.fullmatch(r"[0-9]{12}", text) or iin_check_digit(text[:11]) != int(text[11]):
        return False
    return names_no_century(text) or birth_date(text) is not None


def names_no_century(iin: str) -> bool:
    """Whether the seventh digit is 0, as said to be used for foreigners: a matter for staff, never an error."""
    return re.fullmatch(r"[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])0[0-9]{5}", iin) is not None


def birth_date(iin: str) -> date | None:
    """The date in digits 1-7, or None where they name none."""
    century = _CENTURIES.get(iin[6])
    if century is None:
        return None
    try:
        return date(century + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        return None


def mask_iin(iin: str) -> str:
    """The IIN as a screen may show it: six digits, six stars."""
    return f"{iin[:6]}******"


def clean_number(text: str) -> str:
    """A number as typed, without the spaces, hyphens and brackets that people put in."""
    return re.sub(r"[\s\-\u2010-\u2015().]", "", text).upper()


def mrz_check_digit(text: str) -> int:
    """ICAO 9303: weights 7, 3, 1; digits as they are, A-Z from 10, `<` as 0."""
    values = (0 if sign == "<" else int(sign, 36) for sign in text)
    return sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10


def read_scan(raw: str, today: date) -> Reading:
    """The Reading in one raw burst of a scanner; raises CardUnreadable when it is none.

    `today` settles the century of a two-digit expiry year: at most 50 years ahead.
    """
    text = clean_scan(raw)
    if len(text) == 90:
        return _td1(text, today)
    if len(text) == 88:
        return _td3(text, today)
    iin = read_barcode(raw)
    if iin is None:
        raise CardUnreadable
    return Reading(BARCODE, iin, None, None)


def read_barcode(raw: str) -> str | None:
    """The IIN in the barcode of a card, None where a burst is none."""
    text = clean_scan(raw)
    return text if is_iin(text) or names_no_century(text) else None


def clean_scan(raw: str) -> str:
    """A burst without framing, AIM prefix, terminators and case: only A-Z, 0-9 and `<` stay."""
    unframed = _AIM_PREFIX.sub("", _FRAMING.sub("", raw))
    return re.sub(r"[^A-Z0-9<]", "", unframed.upper())


def _td1(text: str, today: date) -> Reading:
    one, two = text[:30], text[30:60]
    composite = one[5:30] + two[0:7] + two[8:15] + two[18:29]
    _demand(one[0] == "I" and one[2:5] == "KAZ")
    _demand_digits((one[5:14], one[14]), (two[0:6], two[6]), (two[8:14], two[14]), (composite, two[29]))
    iin = one[15:27]
    _demand(is_iin(iin))
    return Reading(IDENTITY_CARD, iin, one[5:14].rstrip("<"), _expiry(two[8:14], today))


def _td3(text: str, today: date) -> Reading:
    one, two = text[:44], text[44:]
    composite = two[0:10] + two[13:20] + two[21:43]
    _demand(one[0] == "P" and one[2:5] == "KAZ")
    personal = "0" if two[42] == "<" else two[42]
    _demand_digits((two[0:9], two[9]), (two[13:19], two[19]), (two[21:27], two[27]))
    _demand_digits((two[28:42], personal), (composite, two[43]))
    iin = two[28:40]
    _demand(is_iin(iin))
    return Reading(PASSPORT, iin, two[0:9].rstrip("<"), _expiry(two[21:27], today))


def _demand_digits(*pairs: tuple[str, str]) -> None:
    for text, digit in pairs:
        _demand(digit.isdigit() and mrz_check_digit(text) == int(digit))


def _expiry(text: str, today: date) -> date:
    try:
        short = date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
        return short if short.year <= today.year + 50 else short.replace(year=short.year - 100)
    except ValueError:
        raise CardUnreadable from None


def _demand(right: bool) -> None:
    if not right:
        raise CardUnreadable
