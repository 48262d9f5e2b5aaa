"""import: load a clinic's list of attached people."""

import argparse
import sys
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from kiosk import clock
from kiosk.clinic.local_list import LocalList, importing
from kiosk.clinic.local_list.refused import FileRefused
from kiosk.clinic.places import find_organisation
from kiosk.config import HOME_ZONE
from kiosk.database import db, transaction
from kiosk.server import create


def import_list(words: list[str]) -> None:
    """Load a clinic's list of attached people (CSV or XLSX) into a new version and make that current."""
    asked = _import_words(words)
    app = create()
    with app.app_context():
        with transaction() as work:
            list_id = asked.list or _begin_list(work, asked)
        try:
            why = importing.run(app.extensions["keys"], asked.file, list_id, not asked.make_current, clock.now)
        except FileRefused as refused:
            sys.exit(f"The list was not loaded. {refused}")
        finally:
            if asked.delete_file:
                asked.file.unlink(missing_ok=True)
        done = db.session.get_one(LocalList, list_id)
        print(f"Version {list_id}: {done.rows_kept} people, {done.rows_left_out} rows left out.")
    if why:
        sys.exit(f"It is not current yet ({why}): look at it, then import it again with --make-current.")


def _import_words(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kiosk.commands import", description=import_list.__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--organisation", metavar="CODE", help="the clinic whose list this is")
    parser.add_argument("--mapping", metavar="FIELD=HEADING", action="append", default=[], help="which column is which")
    parser.add_argument("--as-of", metavar="DAY", type=date.fromisoformat, help="the day the list stands for: today")
    parser.add_argument("--make-current", action="store_true", help="even if many rows are left out or people missing")
    parser.add_argument("--list", type=int, help="a version that was begun at the desk")
    parser.add_argument("--delete-file", action="store_true", help="delete the file at the end")
    asked = parser.parse_args(words)
    if not asked.list and not asked.organisation:
        parser.error("--organisation is missing.")
    if any("=" not in one for one in asked.mapping):
        parser.error("--mapping must look like district=Участок.")
    return asked


def _begin_list(work: Session, asked: argparse.Namespace) -> int:
    organisation = find_organisation(work, asked.organisation)
    if organisation is None:
        sys.exit(f"There is no clinic {asked.organisation}.")
    mapping = dict(one.split("=", 1) for one in asked.mapping)
    day = asked.as_of or clock.today(HOME_ZONE)
    return importing.begin(work, organisation.id, day, "command line", mapping, clock.now()).id
