"""The commands that keep a database: migrate, publish, sweep, verify, recount, backup, recheck, first-administrator."""

import os
import sqlite3
import sys
from datetime import UTC, datetime
from functools import partial
from getpass import getpass

from sqlalchemy import select

from kiosk import clock, migrations
from kiosk.clinic import full_days, recounting, unconfirmed, visit_ends
from kiosk.clinic.journal import Event, broken_links, record
from kiosk.clinic.local_list import uploads
from kiosk.clinic.places import Organisation
from kiosk.clinic.publishing import publish_ahead
from kiosk.clinic.sign_in import SHORTEST_PASSWORD, NewMember, enrol
from kiosk.clinic.staff import Role, find_member, has_administrator, settle_organisation
from kiosk.config import from_environment
from kiosk.database import db, settle, transaction
from kiosk.sealing import Keys
from kiosk.server import create


def migrate() -> None:
    """Bring the tables up to date."""
    with create().app_context():
        migrations.upgrade(db.engine)


def publish_all() -> None:
    """Publish the slots of the coming days for every organisation, and remove uploads that nobody used; every night."""
    app = create()
    uploads.sweep_uploads(app.extensions["settings"].var)
    with app.app_context():
        for ident in db.session.scalars(select(Organisation.id)).all():
            done = settle(partial(publish_ahead, organisation_id=ident, now=clock.now()))
            if done.added or done.withdrawn or done.conflicts:
                print(f"{ident}: {done.added} added, {done.withdrawn} withdrawn, {len(done.conflicts)} conflicts")


def sweep_visits() -> None:
    """Forget the visits whose time is over, journal who left without an answer, keep how the doctors' days ended.

    Every night, kiosks asleep.
    """
    with create().app_context():
        gone = settle(partial(visit_ends.sweep, now=clock.now()))
        settle(partial(full_days.close_days, now=clock.now()))
        if gone:
            print(f"{gone} visits had ended by time.")


def verify() -> None:
    """Check every organisation's journal chain and day counts; exit 1 where one does not hold."""
    with create().app_context():
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
    with create().app_context(), transaction() as work:
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


def recheck_bookings() -> None:
    """Ask the gateway about bookings made while it was silent; differences are listed for staff, nothing is changed."""
    app = create()
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
    with create().app_context(), transaction() as work:
        organisation = settle_organisation(work, said["code"].strip(), said["name"].strip() or said["code"].strip())
        if has_administrator(work, organisation.id) or find_member(work, said["login"].strip()):
            sys.exit("This organisation has an administrator, or the login is taken: sign in at /staff.")
        new = NewMember(organisation.id, said["login"].strip(), password, Role.ORGANISATION_ADMINISTRATOR)
        made = enrol(work, Keys.of(settings.master_key), new, clock.now())
        facts = {"what": "staff member", "before": {}, "after": {"login": new.login, "role": new.role.value}}
        record(work, organisation.id, Event("changed", channel="command", details=facts), clock.now())
    print(f"TOTP secret: {made.totp_secret}\nRecovery codes: {' '.join(made.recovery_codes)}")
