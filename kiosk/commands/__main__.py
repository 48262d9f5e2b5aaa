"""The command line: run (the demo), voice, migrate, publish, sweep, import, recheck, verify, recount, backup, key."""

import argparse
import secrets
import sys
from collections.abc import Callable

from kiosk.commands.lists import import_list
from kiosk.commands.running import build_voice, run_demo
from kiosk.commands.upkeep import (
    backup,
    first_administrator,
    migrate,
    publish_all,
    recheck_bookings,
    recount_days,
    sweep_visits,
    verify,
)
from kiosk.config import SettingWrong

TAKES_WORDS = ("import",)


def main() -> None:
    """Run the command that the arguments name."""
    commands: dict[str, Callable[[], None]] = {
        "run": run_demo,
        "voice": build_voice,
        "migrate": migrate,
        "publish": publish_all,
        "sweep": sweep_visits,
        "verify": verify,
        "recount": recount_days,
        "backup": backup,
        "import": lambda: import_list(sys.argv[2:]),
        "recheck": recheck_bookings,
        "first-administrator": first_administrator,
        "key": lambda: print(secrets.token_urlsafe(32)),
    }
    parser = argparse.ArgumentParser(prog="python -m kiosk.commands", description=__doc__)
    parser.add_argument("command", choices=commands)
    chosen, words = parser.parse_known_args()
    if words and chosen.command not in TAKES_WORDS:
        parser.error(f"{chosen.command} takes nothing more.")
    try:
        commands[chosen.command]()
    except SettingWrong as wrong:
        sys.exit(f"Qabyldau cannot start: {wrong}")


if __name__ == "__main__":
    main()
