"""Which column is which: the fields of a list, the headings people give them, and the mapping between."""

import re
from collections.abc import Mapping, Sequence

from kiosk.clinic.local_list.refused import FileRefused

REQUIRED = ("iin", "surname", "name", "district")
FIELDS = {
    "iin": ("жсн", "иин", "iin", "жеке сәйкестендіру нөмірі"),
    "surname": ("тегі", "фамилия", "surname", "last name"),
    "name": ("аты", "имя", "name", "first name"),
    "patronymic": ("әкесінің аты", "отчество", "patronymic", "second name"),
    "birth_date": ("туған күні", "дата рождения", "birth date", "birthdate"),
    "sex": ("жынысы", "пол", "sex", "gender"),
    "phone": ("телефон", "телефоны", "phone", "номер телефона"),
    "card_number": ("жеке куәлік нөмірі", "номер удостоверения", "card number", "удостоверение"),
    "card_expires": ("жеке куәлік мерзімі", "срок удостоверения", "card expires"),
    "passport_number": ("паспорт нөмірі", "номер паспорта", "passport number", "паспорт"),
    "passport_expires": ("паспорт мерзімі", "срок паспорта", "passport expires"),
    "district": ("учаске", "участок", "district", "учаске нөмірі", "номер участка"),
    "since": ("бекітілген күні", "дата прикрепления", "attached since", "since"),
}


def guess(header: Sequence[str], remembered: Mapping[str, str] | None = None) -> dict[str, str]:
    """Field -> heading, by what was named last time, else by the headings that are usual."""
    tidy = {_tidy(one): one for one in header if one}
    found = {}
    for field, usual in FIELDS.items():
        last = (remembered or {}).get(field, "")
        names = [name for name in (_tidy(last), *usual) if name in tidy]
        if names:
            found[field] = tidy[names[0]]
    return found


def places(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Field -> place of its column; raises FileRefused unless every required field has a column of its own."""
    found = {field: header.index(name) for field, name in mapping.items() if field in FIELDS and name in header}
    if any(field not in found for field in REQUIRED) or any(name not in header for name in mapping.values()):
        raise FileRefused("no_columns")
    if len(set(found.values())) < len(found):
        raise FileRefused("same_column")
    return found


def template() -> str:
    """An empty list with the usual headings in Russian, for a clinic to fill in: CSV with a byte order mark."""
    return "\ufeff" + ";".join(usual[1] for usual in FIELDS.values()) + "\r\n"


def _tidy(heading: str) -> str:
    return re.sub(r"[\s_.:*]+", " ", heading).strip().casefold()
