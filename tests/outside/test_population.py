"""Any population file of the agreed form loads; another is refused with a sentence that names the place."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.clinic.identity import is_iin, read_scan
from kiosk.simulator.population import BUNDLED, PopulationWrong, load
from tests.outside import people


def test_the_bundled_population_loads_and_scans() -> None:
    population = load(BUNDLED)
    assert population.people
    for one in population.people:
        assert is_iin(one.iin)
        assert all(population.find(child) for child in one.children)
        for paper in one.documents:
            assert not paper.mrz or read_scan(paper.as_scanned, one.birth_date).iin == one.iin


def test_missing_fields_are_nothing(tmp_path: Path) -> None:
    (sparse,) = load(people.write(tmp_path / "people.json", [people.SPARSE])).people
    assert (sparse.patronymic, sparse.phone, sparse.children, sparse.attachment) == ("", "", (), None)
    assert sparse.alive and not sparse.has_app
    assert sparse.documents[0].status == "valid" and sparse.documents[0].mrz == ()


def test_an_empty_population_is_one(tmp_path: Path) -> None:
    assert load(people.write(tmp_path / "people.json", [])).people == ()


@pytest.mark.parametrize("content", ["", "{}", "null", "[", "\x00"])
def test_a_file_that_holds_no_list(tmp_path: Path, content: str) -> None:
    path = tmp_path / "people.json"
    path.write_text(content)
    with pytest.raises(PopulationWrong, match=r"people\.json"):
        load(path)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(PopulationWrong, match="none"):
        load(tmp_path / "none.json")


@pytest.mark.parametrize(
    "entry",
    [
        {},
        [],
        "somebody",
        people.PLAIN | {"birth_date": "yesterday"},
        people.PLAIN | {"documents": [{}]},
        people.PLAIN | {"attachment": {"status": "active"}},
        people.PLAIN | {"attachment": "here"},
    ],
)
def test_a_person_in_another_form_is_named_by_place(tmp_path: Path, entry: Any) -> None:
    path = tmp_path / "people.json"
    path.write_text(json.dumps([people.PLAIN, entry]))
    with pytest.raises(PopulationWrong, match="person 2"):
        load(path)
