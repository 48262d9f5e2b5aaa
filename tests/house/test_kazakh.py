"""The letters of each language: no Latin in Kazakh and Russian but names, no Kazakh letter in Russian, no mixing."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import force_locale

from kiosk.config import ROOT
from kiosk.patient.apologies import APOLOGIES, PROBLEMS, Apology

LATIN_NAMES = {
    "QR",
    "N",
    "eGov",
    "Mobile",
    "A4",
    "CSV",
    "JSON",
    "Excel",
    "XLSX",
    "PNG",
    "JPEG",
    "TXT",
    "PDF",
    "UTF-8",
    "Windows-1251",
    "SMS",
    "select",
    "F18",
}
KAZAKH_ONLY = "әғқңөұүһі"
PLAIN_KAZAKH = {"Booked at the kiosk by the parent on %(day)s"}  # Kazakh, though each letter is Russian too


def said(language: str) -> Iterator[tuple[str, str]]:
    with (ROOT / f"translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        for message in read_po(file, locale=language):
            if message.id:
                forms = [message.string] if isinstance(message.string, str) else message.string
                asked = message.id if isinstance(message.id, str) else message.id[0]
                yield from ((asked, form) for form in forms)


def bare(text: str) -> str:
    return re.sub(r"%\(\w+\)[sd]|<[^>]+>|&\w+;", " ", text)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_latin_word_but_names(language: str) -> None:
    for asked, text in said(language):
        foreign = set(re.findall(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*", bare(text))) - LATIN_NAMES
        assert not foreign, f"{language} {asked!r}: {foreign}"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_word_mixes_two_alphabets(language: str) -> None:
    for asked, text in said(language):
        mixed = re.findall(r"\b(?=\w*[A-Za-z])(?=\w*[А-Яа-яЁёӘ-ӿ])\w+", bare(text))
        assert not mixed, f"{language} {asked!r}: {mixed}"


def test_russian_has_no_kazakh_letter() -> None:
    for asked, text in said("ru"):
        assert not set(text.lower()) & set(KAZAKH_ONLY) or "«" in text, f"{asked!r}: {text}"


def test_english_has_no_cyrillic() -> None:
    for asked, text in said("en"):
        assert not re.search(r"[А-Яа-яЁёӘ-ӿ]", text), f"{asked!r}: {text}"


def test_a_kazakh_sentence_is_not_the_russian_one() -> None:
    russian = dict(said("ru"))
    same = {asked for asked, text in said("kk") if len(text.split()) > 1 and text == russian[asked]}
    assert {one for one in same if re.search(r"[А-Яа-я]{3,}\s+[а-я]{3,}", russian[one])} == set()


def test_every_sentence_of_more_than_a_word_has_a_kazakh_letter_somewhere() -> None:
    long = [(asked, text) for asked, text in said("kk") if len(re.findall(r"[а-яё]{3,}", text.lower())) > 3]
    russian = [asked for asked, text in long if not set(text.lower()) & set(KAZAKH_ONLY)]
    assert set(russian) <= PLAIN_KAZAKH


@pytest.mark.parametrize("apology", [*APOLOGIES.values(), *PROBLEMS.values()], ids=lambda one: one.title._args[0])
def test_every_no_is_said_in_three_languages(app: Flask, apology: Apology) -> None:
    with app.test_request_context("/"):
        for sentence in (apology.title, *apology.text):
            ways = []
            for language in ("kk", "ru", "en"):
                with force_locale(language):
                    ways.append(str(sentence))
            assert len(set(ways)) == 3, ways


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_kiosk_has_one_name(language: str) -> None:
    """The glossary's word is терминал: staff and patients shall not wonder whether a киоск is something else."""
    assert [text for _, text in said(language) if "киоск" in text.lower()] == []
