"""Templates: every screen names itself, says itself, and crashes on a name that nobody gave."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import StrictUndefined, UndefinedError

from kiosk.config import ROOT

TEMPLATES = ROOT / "templates"
SCREENS = sorted(path for path in (TEMPLATES / "patient").glob("*.html") if not path.name.startswith("_"))
DESKS = sorted(path for path in (TEMPLATES / "staff").rglob("*.html") if not path.name.startswith("_"))
RAW = {"patient/ticket.html"}  # the QR code, drawn by the server itself


def blocks(path: Path) -> set[str]:
    """The blocks that a template fills, by itself or by what it stands on, layouts apart."""
    source = path.read_text(encoding="utf-8")
    found = set(re.findall(r"{%-?\s*block\s+(\w+)", source))
    parent = re.search(r'{%-?\s*extends\s+"([^"]+)"', source)
    return found if parent is None or parent[1].startswith("layouts/") else found | blocks(TEMPLATES / parent[1])


def layout(path: Path) -> str:
    parent = re.search(r'{%-?\s*extends\s+"([^"]+)"', path.read_text(encoding="utf-8"))
    assert parent is not None, f"{path.name} stands on nothing"
    return parent[1] if parent[1].startswith("layouts/") else layout(TEMPLATES / parent[1])


@pytest.mark.parametrize("screen", SCREENS, ids=lambda path: path.name)
def test_a_screen_has_its_page_title_and_spoken_text(screen: Path) -> None:
    assert layout(screen) == "layouts/patient.html"
    assert {"page", "title", "spoken", "screen"} - blocks(screen) in (set(), {"screen"})


@pytest.mark.parametrize("desk", DESKS, ids=lambda path: path.name)
def test_a_desk_has_its_page_and_title(desk: Path) -> None:
    assert {"page", "title"} <= blocks(desk) or "print" in desk.name or "preview" in desk.name


def test_the_layouts_demand_them() -> None:
    base = (TEMPLATES / "layouts/base.html").read_text() + (TEMPLATES / "layouts/patient.html").read_text()
    for name in ("title", "page", "spoken", "body"):
        assert re.search(rf"{{%\s*block {name} required\s*%}}", base), name


def test_an_undefined_name_crashes(app: Flask) -> None:
    assert app.jinja_env.undefined is StrictUndefined
    with app.test_request_context("/"), pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ nobody_gave_this }}").render()


def test_everything_is_escaped(app: Flask) -> None:
    with app.test_request_context("/"):
        assert app.jinja_env.autoescape is True or app.jinja_env.autoescape("x.html")  # type: ignore[operator]
    for path in TEMPLATES.rglob("*.html"):
        name, source = str(path.relative_to(TEMPLATES)), path.read_text(encoding="utf-8")
        assert "autoescape" not in source, name
        assert not re.search(r"\|\s*safe\b", source) or name in RAW, name


def test_every_template_is_shown_by_somebody_and_every_name_is_a_template() -> None:
    spoken_of = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "kiosk").rglob("*.py"))
    spoken_of += " ".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    names = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")}
    unused = {name for name in names if f'"{name}"' not in spoken_of}
    assert unused == set()
    wanted = set(re.findall(r'"((?:patient|staff|errors|layouts|components)/[\w/]+\.html)"', spoken_of))
    assert wanted - names == set()


def test_what_needs_the_page_around_it_is_imported_with_it() -> None:
    reaching = {
        f"components/{path.name}"
        for path in (TEMPLATES / "components").glob("*.html")
        if re.search(r"\b(cut|at_once|part_number)\(", path.read_text(encoding="utf-8"))
    }
    assert reaching
    for path in (TEMPLATES / "patient").glob("*.html"):
        for name, rest in re.findall(r'{%-?\s*from "([^"]+)" import ([^%]*)%}', path.read_text(encoding="utf-8")):
            assert name not in reaching or "with context" in rest, f"{path.name} imports {name} without context"


def test_forms_post_or_ask_and_a_post_carries_its_token() -> None:
    giving = r"token\(\)|csrf_token|where_from\(\)"
    for path in TEMPLATES.rglob("*.html"):
        for form in re.findall(r"<form[^>]*>.*?</form>", path.read_text(encoding="utf-8"), re.S):
            head = form[: form.index(">")]
            if 'method="get"' not in head:
                assert 'method="post"' in head and re.search(giving, form), f"{path.name}: {head}"
