"""Kazakh first; switched on any screen, without losing what was chosen or where one stood."""

import pytest
from flask import Flask

from tests.client import Patient
from tests.factories import Registers, Somebody


def language(patient: Patient) -> str | None:
    return patient.page.all("html")[0].get("lang")


def test_kazakh_is_the_default_and_names_stand_in_their_own_language(patient: Patient) -> None:
    patient.get("/")
    assert language(patient) == "kk"
    for code, name in (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")):
        (control,) = [one for one in patient.page.all("button") if one.get("lang") == code]
        assert "".join(control.itertext()).strip() == name


@pytest.mark.parametrize(
    "path",
    ["/identify", "/identify?kind=passport", "/attachment", "/doctor", "/slot?part=day", "/appointments", "/help"],
)
def test_the_screen_stays_where_it_was(patient: Patient, registers: Registers, path: str) -> None:
    me = registers.add(Somebody())
    patient.scan(me.scan)
    patient.press_text("Басқа күн немесе уақыт")
    patient.get(path)
    before = patient.page.response.request.full_path
    patient.press_value("language", "ru")
    assert language(patient) == "ru"
    assert sorted(patient.page.response.request.full_path.split("?")) == sorted(before.split("?"))


def test_an_unknown_language_changes_nothing(patient: Patient) -> None:
    patient.get("/")
    for wrong in ("de", "", "../kk", "kk\r\nX: y"):
        patient.post("/language", {"language": wrong, "page": "welcome"})
        assert language(patient) == "kk"


def test_the_language_of_the_next_person_is_the_default(app: Flask, patient: Patient, registers: Registers) -> None:
    me = registers.add(Somebody())
    patient.get("/")
    patient.press_value("language", "en")
    patient.scan(me.scan)
    patient.press_text("Finish")
    assert patient.get("/").path == "/" and language(patient) == "kk"
