"""Every setting that the start reads is in the operations guide, and every variable the guide names is read."""

import re

from kiosk.config import ROOT

NAME = r"(?:KIOSK_[A-Z_]+|SIMULATOR_PORT|DATABASE_URL|PORT)"
ASKED_ONCE = "KIOSK_ADMINISTRATOR_"  # the answers to a command's questions, where nobody sits at it
READ_ELSEWHERE = {"KIOSK_CHROMIUM"}  # by the tests alone


def read_by_the_start() -> set[str]:
    source = (ROOT / "kiosk/config.py").read_text(encoding="utf-8")
    plain = set(re.findall(rf'"({NAME})"', source))
    return plain | {f"KIOSK_{name}" for name in re.findall(r'\btext\("([A-Z_]+)"', source)}


def test_the_guide_knows_every_setting_and_no_other() -> None:
    guide = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    told = {one for one in re.findall(rf"\b({NAME})\b", guide) if not one.startswith(ASKED_ONCE)}
    assert read_by_the_start() - told == set()
    assert told - read_by_the_start() - READ_ELSEWHERE == set()


def test_no_other_file_of_the_kiosk_reads_the_environment_for_a_new_name() -> None:
    for path in (ROOT / "kiosk").rglob("*.py"):
        for name in re.findall(rf'environ(?:\.get\(|\[)"({NAME})"', path.read_text(encoding="utf-8")):
            assert name in read_by_the_start() or name.startswith(ASKED_ONCE), f"{path.name}: {name}"
