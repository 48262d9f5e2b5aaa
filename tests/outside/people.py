"""People for the simulator's population files, made here with valid numbers."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.clinic.identity import iin_check_digit
from tests.factories import Somebody
from tests.population import plain

ISSUED, EXPIRES, SINCE = date(2022, 5, 17), date(2052, 5, 17), date(2023, 9, 4)
HERE, ELSEWHERE = "almaty-02", "almaty-09"


def make_iin(born: date, sex: str, running: int) -> str:
    """A valid IIN, from the given running number on."""
    century = {19: 3, 20: 5}[born.year // 100] + (sex == "female")
    while (digit := iin_check_digit(f"{born:%y%m%d}{century}{running:04}")) is None:
        running += 1
    return f"{born:%y%m%d}{century}{running:04}{digit}"


def person(running: int, born: date = date(1973, 2, 14), sex: str = "female", **changes: Any) -> dict[str, Any]:
    """One entry of a population file."""
    plain: dict[str, Any] = {
        "iin": make_iin(born, sex, running),
        "surname": f"Өтегенова{running}",
        "name": "Ғазиза",
        "patronymic": "Ілиясқызы",
        "birth_date": born.isoformat(),
        "sex": sex,
        "alive": True,
        "phone": f"+7711222{running:04}",
        "in_mobile_base": True,
        "documents": [document(f"31415{running:04}")],
        "children": [],
        "attachment": attachment(),
        "note": "made by a test",
    }
    return plain | changes


def document(number: str, kind: str = "identity_card", **changes: Any) -> dict[str, Any]:
    """One document of an entry."""
    return {
        "type": kind,
        "number": number,
        "issued": ISSUED.isoformat(),
        "expires": EXPIRES.isoformat(),
        "status": "valid",
        "mrz": ["I<ONE", "TWO", "THREE"],
    } | changes


def attachment(organisation: str = HERE, **changes: Any) -> dict[str, Any]:
    """The attachment of an entry."""
    return {"status": "active", "organisation": organisation, "district": "11", "since": SINCE.isoformat()} | changes


CHILD = person(2, date(2017, 11, 23), "male", documents=[document("20-777-17-0001123", "birth_certificate", mrz=None)])
GROWN_UP = person(14, date(1996, 2, 20))
PLAIN = person(1, children=[CHILD["iin"], GROWN_UP["iin"]])
NEVER_ATTACHED = person(3, attachment=None)
REQUESTED = person(4, attachment=attachment(status="requested"))
TWICE_ATTACHED = person(5, attachment=attachment(duplicate_of=ELSEWHERE))
DECEASED = person(6, alive=False)
REPLACED = person(7, documents=[document("314150007", status="replaced")])
EXPIRED = person(8, documents=[document("314150008", status="expired", expires="2024-12-05")])
WITHOUT_BASE = person(9, in_mobile_base=False)
PASSPORT = person(10, documents=[document("N31415010", "passport")])
PAPERLESS = person(11, documents=[])
FOREIGN_STATUS = person(12, documents=[document("314150012", status="something else")])
SPARSE = {
    "iin": make_iin(date(1988, 6, 19), "male", 13),
    "surname": "Қоңыр",
    "name": "Һамит",
    "patronymic": None,
    "birth_date": "1988-06-19",
    "sex": "male",
    "documents": [{"type": "identity_card", "number": "314150013"}],
    "attachment": None,
}
NOBODY = make_iin(date(1966, 8, 27), "male", 1)
PEOPLE = [
    PLAIN, CHILD, GROWN_UP, NEVER_ATTACHED, REQUESTED, TWICE_ATTACHED, DECEASED, REPLACED, EXPIRED, WITHOUT_BASE,
    PASSPORT, PAPERLESS, FOREIGN_STATUS, SPARSE,
]  # fmt: skip


# Those of whom every implementation of a port is asked the same, the fakes of the page tests included.
SON = Somebody(name="Ерсұлтан", born=date(2020, 6, 8), running=710, number="314170710", kind="birth_certificate")
MOTHER = Somebody(name="Ғазиза", sex="female", running=700, number="314170700", children=(SON.iin,))
TRAVELLER = Somebody(running=720, number="N31417072", kind="passport")
SETTLER = Somebody(running=730, number="314170730", kind="residence_permit")
OFF_LINE = Somebody(running=740, number="314170740", in_mobile_base=False)
GONE = Somebody(running=750, number="314170750", alive=False)
UNATTACHED = Somebody(running=760, number="314170760", attachments=())
ASKED_ABOUT = (MOTHER, SON, TRAVELLER, SETTLER, OFF_LINE, GONE, UNATTACHED)
UNHEARD_OF = Somebody(running=790)
PEOPLE += [plain(one) for one in ASKED_ABOUT]


def write(path: Path, people: list[dict[str, Any]]) -> Path:
    """A population file."""
    path.write_text(json.dumps(people, ensure_ascii=False), encoding="utf-8")
    return path
