"""What no tracked file may hold: people of the demo, hosts of registries, paths of one machine, inline styles."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from kiosk.config import ROOT

PEOPLE = ROOT / "kiosk/simulator/people.json"
TEXT = {".py", ".html", ".css", ".js", ".md", ".toml", ".json", ".po", ".pot", ".csv", ".txt", ".sh", ".service", ""}


def tracked() -> Iterator[tuple[Path, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix in TEXT:
            yield path, path.read_text(errors="replace")


def test_the_demos_people_are_nowhere_else() -> None:
    secrets = set()
    for person in json.loads(PEOPLE.read_text()):
        secrets |= {person["iin"], person["birth_date"], *(one["number"] for one in person["documents"])}
    for path, text in tracked():
        if path != PEOPLE:
            found = [secret for secret in secrets if re.search(rf"(?<![0-9A-Za-z]){secret}(?![0-9A-Za-z])", text)]
            assert not found, f"{path.relative_to(ROOT)} holds {len(found)} of the demo's people"


def test_no_registry_and_no_machine_is_named() -> None:
    hosts = re.compile(
        r"py" r"pi\.org|pythonho" r"sted\.org|npm" r"js\.org|deb\.deb" r"ian\.org|/wo" r"rk/|\.libr" r"ary/"
    )
    named = [str(path.relative_to(ROOT)) for path, text in tracked() if hosts.search(text)]
    assert named == []


def test_templates_hold_no_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|\son[a-z]+=|<style|javascript:")
    for path in (ROOT / "templates").rglob("*.html"):
        assert not inline.search(path.read_text()), path.name


def test_every_htmx_request_has_its_plain_twin() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        for tag in re.findall(r"<a [^>]*hx-get=[^>]*>", path.read_text()):
            href, get = re.search(r'\shref="([^"]*)"', tag), re.search(r'hx-get="([^"]*)"', tag)
            assert href and get and href[1] == get[1], f"{path.name}: {tag[:80]}"


def test_sizes_are_millimetres() -> None:
    for path in (ROOT / "static/css").glob("*.css"):
        if path.name in ("tokens.css", "print.css", "fonts.css", "staff.css"):  # a desk is no kiosk's glass
            continue
        pixels = [one for one in re.findall(r"\b(\d+(?:\.\d+)?)px", path.read_text()) if float(one) > 1]
        assert pixels == [], f"{path.name}: {pixels}"
