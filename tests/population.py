"""A population file in the simulator's form, of people made by the factories."""

import json
from pathlib import Path

from tests.factories import Somebody


def plain(one: Somebody) -> dict[str, object]:
    """One person as a population file describes them."""
    document: dict[str, object] = {"type": one.kind, "number": one.number, "status": one.status}
    document |= {"issued": "2025-06-01", "expires": one.expires.isoformat(), "mrz": list(one.mrz)}
    attachment: dict[str, str] | None = None
    if one.attachments:
        status, organisation, district = one.attachments[0]
        attachment = {"status": status, "organisation": organisation, "district": district, "since": "2024-02-01"}
        if len(one.attachments) > 1:
            attachment["duplicate_of"] = one.attachments[1][1]
    return {
        "iin": one.iin,
        "surname": one.surname,
        "name": one.name,
        "patronymic": "",
        "birth_date": one.born.isoformat(),
        "sex": one.sex,
        "alive": one.alive,
        "phone": one.phone,
        "in_mobile_base": one.in_mobile_base,
        "documents": [document],
        "children": list(one.children),
        "attachment": attachment,
        "note": "made by a test",
    }


def write(path: Path, people: list[Somebody]) -> None:
    """Write the population file."""
    path.write_text(json.dumps([plain(one) for one in people], ensure_ascii=False))
