"""Rooms, floors and districts read aloud, as names and as places to be in."""

import pytest

from kiosk.accessibility.speech import spell_district, spell_floor, spell_room

LANGUAGES = ("kk", "ru", "en")


@pytest.mark.parametrize(
    ("room", "language", "name", "at"),
    [
        ("205", "kk", "екі жүз бесінші кабинет", "екі жүз бесінші кабинетте"),
        ("205а", "kk", "екі жүз бесінші а кабинеті", "екі жүз бесінші а кабинетінде"),
        ("205", "ru", "кабинет двести пять", "в кабинете двести пять"),
        ("12 Б", "ru", "кабинет двенадцать бэ", "в кабинете двенадцать бэ"),
        ("205", "en", "room two hundred and five", "in room two hundred and five"),
        ("205а", "en", "room two hundred and five A", "in room two hundred and five A"),
        ("7", "en", "room seven", "in room seven"),
    ],
)
def test_rooms(room, language, name, at):
    assert spell_room(room, language) == name
    assert spell_room(room, language, at=True) == at


@pytest.mark.parametrize(
    ("floor", "language", "name", "at"),
    [
        (2, "kk", "екінші қабат", "екінші қабатта"),
        (3, "ru", "третий этаж", "на третьем этаже"),
        (2, "ru", "второй этаж", "на втором этаже"),
        (2, "en", "floor two", "on floor two"),
        (0, "kk", "жертөле қабаты", "жертөле қабатында"),
        (-1, "ru", "цокольный этаж", "на цокольном этаже"),
        (0, "en", "basement", "in the basement"),
    ],
)
def test_floors(floor, language, name, at):
    assert spell_floor(floor, language) == name
    assert spell_floor(floor, language, at=True) == at


@pytest.mark.parametrize(
    ("district", "language", "said"),
    [
        ("07", "kk", "жетінші учаске"),
        ("07", "ru", "участок семь"),
        ("07", "en", "district seven"),
        ("12", "kk", "он екінші учаске"),
        ("3б", "kk", "үшінші бе учаскесі"),
    ],
)
def test_districts(district, language, said):
    assert spell_district(district, language) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_room_of_a_large_clinic_has_words_of_its_own(language):
    rooms = [f"{number}{letter}" for number in range(1, 1000) for letter in ("", "а", "б")]
    said = [spell_room(room, language) for room in rooms]
    assert len(set(said)) == len(rooms)
    assert not any(sign.isdigit() for words in said for sign in words)
