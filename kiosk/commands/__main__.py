"""The command line: what a clinic's engineer and its timers start."""

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


def load_list() -> None:
    """Load a clinic's list of attached people (CSV or XLSX); `import --help` says how."""
    import_list(sys.argv[2:])


def make_key() -> None:
    """Print 32 random bytes for KIOSK_KEY."""
    print(secrets.token_urlsafe(32))


COMMANDS: dict[str, Callable[[], None]] = {
    "run": run_demo,
    "voice": build_voice,
    "migrate": migrate,
    "first-administrator": first_administrator,
    "publish": publish_all,
    "sweep": sweep_visits,
    "import": load_list,
    "recheck": recheck_bookings,
    "verify": verify,
    "recount": recount_days,
    "backup": backup,
    "key": make_key,
}


def main() -> None:
    """Run the command that the arguments name."""
    told = "\n".join(f"  {name:<22}{(deed.__doc__ or '').splitlines()[0]}" for name, deed in COMMANDS.items())
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m kiosk.commands", formatter_class=shape, epilog=told)
    parser.add_argument("command", choices=COMMANDS, metavar="command")
    chosen, words = parser.parse_known_args()
    if words and chosen.command not in TAKES_WORDS:
        parser.error(f"{chosen.command} takes nothing more.")
    try:
        COMMANDS[chosen.command]()
    except SettingWrong as wrong:
        sys.exit(f"Qabyldau cannot start: {wrong}")


if __name__ == "__main__":
    main()
