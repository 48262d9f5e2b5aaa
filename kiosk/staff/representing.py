"""/staff/window/represented : open the visit of a person whose representative is at the desk, by the paper shown."""

import re
from typing import Any

from flask import abort, make_response, render_template, request

from kiosk.clinic import obstacles
from kiosk.clinic.authority import PAPERS
from kiosk.clinic.identity import clean_number, is_iin
from kiosk.clinic.ports import Basis, Person
from kiosk.staff import serving
from kiosk.staff.blueprint import door, go
from kiosk.staff.identifying import look_up, sentence
from kiosk.staff.serving import Served, served

NUMBER_FORM = re.compile(r"[\w№/.\- ]{1,40}")


@door.get("/window/represented")
def window_represented() -> Any:
    """Ask whom the person at the desk represents, and by which paper."""
    return _page(served() or abort(400), {}, "")


@door.post("/window/represented")
def window_represented_opened() -> Any:
    """Open the visit; the journal keeps the paper's kind, and its number sealed."""
    person = served() or abort(400)
    typed = {name: request.form.get(name, "").strip()[:40] for name in ("iin", "paper", "number")}
    try:
        represented = _represented(person, typed)
    except obstacles.Obstacle as reason:
        return make_response(_page(person, typed, sentence(type(reason).__name__)), 400)
    look_up(person, represented, typed["paper"], typed["number"])
    return go("window")


def _represented(person: Served, typed: dict[str, str]) -> Person:
    """The person to be seen; raises the Obstacle in the way, DocumentNumberNeeded for a paper not named whole."""
    iin = clean_number(typed["iin"])
    if not is_iin(iin) or iin == person.actor.iin:
        raise obstacles.NumberWrong("iin")
    if typed["paper"] not in PAPERS or not NUMBER_FORM.fullmatch(typed["number"]):
        raise obstacles.DocumentNumberNeeded
    answer = serving.registers().persons.find_person(iin, Basis(person.basis))
    if answer is None:
        raise obstacles.PersonUnknown
    if not answer.alive:
        raise obstacles.PersonDeceased
    return answer.person


def _page(person: Served, typed: dict[str, str], again: str) -> str:
    return render_template("staff/represented.html", person=person, typed=typed, papers=PAPERS, again=again)
