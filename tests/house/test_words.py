"""Every sentence exists in Kazakh, Russian and English, with the same gaps, and no language borrows by accident."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kiosk.clinic import obstacles, refusals
from kiosk.config import ROOT
from kiosk.patient.apologies import APOLOGIES

GAPS = re.compile(r"%\((\w+)\)s")
SAME_IN_EVERY_LANGUAGE = re.compile(r"^(?:%\(\w+\)s|[\W\d])*$")


def catalogue(language: str) -> Catalog:
    with (ROOT / f"translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_sentence_is_there_with_its_gaps(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            said = message.string if isinstance(message.string, str) else message.string[0]
            asked = message.id if isinstance(message.id, str) else message.id[0]
            assert said, f"{language}: {asked!r} has no words"
            assert not message.fuzzy, f"{language}: {asked!r} is a guess"
            assert set(GAPS.findall(said)) == set(GAPS.findall(asked)), f"{language}: the gaps of {asked!r}"
            strange = GAPS.sub("", said).replace("%%", "") if GAPS.search(asked) else ""
            assert "%" not in strange, f"{language}: the page of {said!r} would break at its percent sign"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_sentence_is_english_by_accident(language: str) -> None:
    for message in catalogue(language):
        if isinstance(message.id, str) and message.id and not SAME_IN_EVERY_LANGUAGE.match(message.id):
            assert message.string != message.id, f"{language}: {message.id!r}"


def test_the_catalogues_know_every_sentence_of_the_sources(tmp_path: Path) -> None:
    fresh = tmp_path / "messages.pot"
    words = [
        "extract",
        "-F",
        "translations/babel.ini",
        "-k",
        "_",
        "-k",
        "lazy_gettext",
        "-k",
        "lazy_pgettext:1c,2",
        "-o",
        str(fresh),
        ".",
    ]
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", *words], cwd=ROOT, check=True, capture_output=True
    )
    with fresh.open("rb") as file:
        wanted = {(one.context, one.id) for one in read_po(file) if one.id}
    for language in ("kk", "ru", "en"):
        known = {(one.context, one.id) for one in catalogue(language) if one.id}
        assert wanted - known == set(), f"{language}: run make translations"
        assert known - wanted == set(), f"{language}: words that nobody says any more"


def test_every_no_has_a_sentence() -> None:
    every = {
        kind
        for room, parent in ((obstacles, obstacles.Obstacle), (refusals, refusals.Refusal))
        for kind in vars(room).values()
        if isinstance(kind, type) and issubclass(kind, parent) and kind is not parent
    }
    assert every - set(APOLOGIES) == set()
    assert all(apology.text or apology.way == "refusal" for apology in APOLOGIES.values())
