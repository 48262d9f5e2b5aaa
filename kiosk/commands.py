"""The command line: run (the demo), voice, migrate, publish, import, recheck, verify, recount, backup, key."""

import argparse
import json
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, date, datetime
from getpass import getpass
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk import clock, demo, migrations
from kiosk.accessibility import prompts
from kiosk.accessibility.voices import VoiceUnavailable, start_voice_process
from kiosk.clinic import recounting, unconfirmed
from kiosk.clinic.journal import Event, broken_links, record
from kiosk.clinic.local_list import LocalList, importing
from kiosk.clinic.local_list.refused import FileRefused
from kiosk.clinic.places import Organisation, find_organisation
from kiosk.clinic.publishing import publish_ahead
from kiosk.clinic.sign_in import SHORTEST_PASSWORD, NewMember, enrol
from kiosk.clinic.staff import Role, find_member, has_administrator, settle_organisation
from kiosk.config import HOME_ZONE, ROOT, Settings, SettingWrong, from_environment
from kiosk.database import db, transaction
from kiosk.sealing import Keys
from kiosk.server import create

TAKES_WORDS = ("import",)


def main() -> None:
    """Run the command that the arguments name."""
    commands: dict[str, Callable[[], None]] = {
        "run": run_demo,
        "voice": build_voice,
        "migrate": migrate,
        "publish": publish_all,
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


def migrate() -> None:
    """Bring the tables up to date."""
    with _app().app_context():
        migrations.upgrade(db.engine)


def publish_all() -> None:
    """Publish the slots of the coming days for every organisation; the nightly timer calls this."""
    with _app().app_context():
        for ident in db.session.scalars(select(Organisation.id)).all():
            with transaction() as work:
                done = publish_ahead(work, ident, clock.now())
            if done.added or done.withdrawn or done.conflicts:
                print(f"{ident}: {done.added} added, {done.withdrawn} withdrawn, {len(done.conflicts)} conflicts")


def verify() -> None:
    """Check every organisation's journal chain and day counts; exit 1 where one does not hold."""
    with _app().app_context():
        known = db.session.execute(select(Organisation.id, Organisation.code)).all()
        counts = {code: len(recounting.differing(db.session(), ident)) for ident, code in known}
        broken = {code: list(broken_links(db.session(), ident)) for ident, code in known}
    for code, links in broken.items():
        if links:
            print(f"{code}: the journal's chain does not hold at {links[:10]}")
    for code, number in counts.items():
        if number:
            print(f"{code}: {number} day counts differ from the journal; the command recount makes them anew")
    if any(broken.values()) or any(counts.values()):
        sys.exit(1)
    print("Every journal's chain holds, and the day counts agree.")


def recount_days() -> None:
    """Make every organisation's day counts anew from its journal."""
    with _app().app_context(), transaction() as work:
        for ident in work.scalars(select(Organisation.id)).all():
            recounting.recount(work, ident)


def backup() -> None:
    """Copy a SQLite database, consistent while it is in use, into var/backup; PostgreSQL has pg_dump."""
    settings = from_environment()
    if not settings.database_url.startswith("sqlite:///"):
        sys.exit("Only SQLite is copied here: use pg_dump for PostgreSQL.")
    target = settings.var / "backup" / f"kiosk-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sqlite3"
    target.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(settings.database_url.removeprefix("sqlite:///")) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    print(target)


def import_list(words: list[str]) -> None:
    """Load a clinic's list of attached people (CSV or XLSX) into a new version and make that current."""
    asked = _import_words(words)
    app = _app()
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


def recheck_bookings() -> None:
    """Ask the gateway about bookings made while it was silent; differences are listed for staff, nothing is changed."""
    app = _app()
    with app.app_context():
        for organisation in db.session.scalars(select(Organisation)).all():
            done = unconfirmed.recheck_all(app.extensions["keys"], organisation, app.extensions["outside"], clock.now)
            if any(vars(done).values()):
                print(f"{organisation.code}: {done.confirmed} confirmed, {done.differing} differ, {done.waiting} wait")


def first_administrator() -> None:
    """Make an organisation's first administrator: asks for code, name, login and password, shows the secrets once."""
    ask = {"code": "Organisation code", "name": "Organisation name", "login": "Login"}
    said = {
        key: os.environ.get(f"KIOSK_ADMINISTRATOR_{key.upper()}") or input(f"{text}: ") for key, text in ask.items()
    }
    password = os.environ.get("KIOSK_ADMINISTRATOR_PASSWORD") or getpass(f"Password (at least {SHORTEST_PASSWORD}): ")
    if len(password) < SHORTEST_PASSWORD or not said["login"].strip() or not said["code"].strip():
        sys.exit(f"Code and login must not be empty, and the password needs {SHORTEST_PASSWORD} characters.")
    settings = from_environment()
    with _app().app_context(), transaction() as work:
        organisation = settle_organisation(work, said["code"].strip(), said["name"].strip() or said["code"].strip())
        if has_administrator(work, organisation.id) or find_member(work, said["login"].strip()):
            sys.exit("This organisation has an administrator, or the login is taken: sign in at /staff.")
        new = NewMember(organisation.id, said["login"].strip(), password, Role.ORGANISATION_ADMINISTRATOR)
        made = enrol(work, Keys.of(settings.master_key), new, clock.now())
        facts = {"what": "staff member", "before": {}, "after": {"login": new.login, "role": new.role.value}}
        record(work, organisation.id, Event("changed", channel="command", details=facts), clock.now())
    print(f"TOTP secret: {made.totp_secret}\nRecovery codes: {' '.join(made.recovery_codes)}")


def _print_accounts(settings: Settings) -> None:
    """The demo's staff on the screen, and in var/demo-accounts.json for programs."""
    known = demo.accounts(Keys.of(settings.master_key))
    print(f"  Staff door     http://127.0.0.1:{settings.port}/staff", flush=True)
    for one in known:
        print(f"    {one.login:<14} {one.password}   TOTP {one.totp_secret}", flush=True)


def _write_accounts(settings: Settings) -> None:
    path = settings.var / "demo-accounts.json"
    path.write_text(json.dumps([one.plain() for one in demo.accounts(Keys.of(settings.master_key))], indent=1))
    path.chmod(0o600)


def build_voice() -> None:
    """Make the clips of all fixed prompts; exit 1 where one cannot be made in a language."""
    report = prompts.build(tell=_tell_progress)
    print(f"Voice: {report.written} clips made, {report.kept} kept.")
    if report.missing:
        sys.exit(f"No clip could be made of: {report.missing[:10]}")


def _tell_progress(done: int, whole: int) -> None:
    if done % 200 == 0:
        print(f"  {done} of {whole} sentences", flush=True)


def run_demo() -> None:
    """Start the kiosk with its voice, its simulator and demo data; Ctrl-C ends all of them."""
    os.environ["KIOSK_DEMO"] = "1"
    settings = _prepare()
    helpers = _voice(settings)
    servers = [
        _serve("kiosk.simulator.wsgi:application", settings.simulator_port, workers=1, threads=8),
        _serve("wsgi:app", settings.port, workers=2, threads=4),
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _wait_for(servers, settings.port, settings.simulator_port)
        print(f"\n  Patient door   http://127.0.0.1:{settings.port}/", flush=True)
        print(f"  Simulator      http://127.0.0.1:{settings.simulator_port}/", flush=True)
        _print_accounts(settings)
        print("\n  Ctrl-C ends both.", flush=True)
        while all(server.poll() is None for server in servers):
            time.sleep(0.3)
        sys.exit("A server has stopped: see the lines above.")
    except KeyboardInterrupt:
        print("\nEnded.")
    finally:
        for process in servers + helpers:
            process.terminate()
        for process in servers + helpers:
            process.wait()


def _prepare() -> Settings:
    """Key, clock, tables, demo data: each only where it is missing."""
    var = Path(os.environ.get("KIOSK_VAR") or ROOT / "var")
    var.mkdir(parents=True, exist_ok=True)
    key = var / "demo-key"
    if not key.exists():
        key.write_text(secrets.token_urlsafe(32))
        key.chmod(0o600)
    settings = from_environment()
    ahead = (settings.starts_at - datetime.now(UTC)).total_seconds() if settings.starts_at else 0.0
    clock.write(settings.clock_file, ahead)
    with _app().app_context():
        if not migrations.is_current(db.engine):
            print("Making the tables ...", flush=True)
            migrations.upgrade(db.engine)
        print("Loading the demo: clinics, doctors, free times ...", flush=True)
        with transaction() as work:
            demo.load(work, Keys.of(settings.master_key), clock.now(), settings.panel)
    _write_accounts(settings)
    return settings


def _voice(settings: Settings) -> list[subprocess.Popen[bytes]]:
    """The helper that speaks; a kiosk without one says so on the screen, and goes on."""
    try:
        return [start_voice_process(settings.voice_socket)]
    except (VoiceUnavailable, OSError) as failure:
        print(f"The voice did not start: {failure}", flush=True)
        return []


def _serve(target: str, port: int, workers: int, threads: int) -> subprocess.Popen[bytes]:
    options = {"host": "127.0.0.1", "port": port, "workers": workers, "blocking-threads": threads}
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "warning", *words, target]
    return subprocess.Popen(command, cwd=ROOT)


def _wait_for(servers: list[subprocess.Popen[bytes]], *ports: int) -> None:
    for port in ports:
        while not _answers(port):
            if any(server.poll() is not None for server in servers):
                sys.exit("A server could not start: is its port in use?")
            time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _app() -> Flask:
    return create()


if __name__ == "__main__":
    main()
