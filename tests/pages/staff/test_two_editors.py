"""Two who edit the same thing at once: on every form that could overwrite, the second is told and loses nothing."""

from typing import Any

import pytest
from flask import Flask

from tests.client import words
from tests.desk import Desk, shown_values

# The page, and two fields that two people change: each saves what the other has not seen.
FORMS = {
    "/staff/buildings": ("phones", "8 727 111 11 11", "phones", "8 727 222 22 22"),
    "/staff/buildings/1": ("phones", "8 727 111 11 11", "names_ru", "Дом у реки"),
    "/staff/kiosks/1": ("names_ru", "У входа", "names_en", "By the door"),
    "/staff/settings/organisation/1": ("idle", "130", "help_window", "12"),
    "/staff/settings/building/1": ("idle", "130", "help_window", "12"),
    "/staff/settings/kiosk/1": ("idle", "130", "help_window", "12"),
    "/staff/doctors/1": ("room", "101", "floor", "7"),
    "/staff/buildings/samples/1": ("titles_ru", "Образец заявления", "titles_en", "A sample"),
}


@pytest.mark.parametrize("path", FORMS)
def test_the_second_is_told_and_what_was_typed_is_kept(app: Flask, path: str) -> None:
    first, typed, second, otherwise = FORMS[path]
    one, other = Desk(app, "organisation"), Desk(app, "organisation")
    assert one.get(path).status == other.get(path).status == 200
    assert one.fill(**{first: typed}).status == 200
    late = other.fill(**{second: otherwise})
    assert late.status in (400, 409) and late.by_id("notice") is not None
    assert shown_values(late.form_of("next"))[second] == otherwise
    assert stored(one, path)[first] == typed and stored(one, path)[second] != otherwise
    assert other.fill().status == 200  # having seen the notice, they may still mean it
    assert stored(one, path)[second] == otherwise


def stored(desk: Desk, path: str) -> dict[str, Any]:
    page = desk.get(path)
    assert words(page.all("h1")[0])
    return shown_values(page.form_of("next"))
