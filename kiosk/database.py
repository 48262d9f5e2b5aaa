"""The database: one engine, named constraints, and transaction(), the only way to commit."""

import fcntl
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Date, DateTime, Dialect, Engine, MetaData, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")
TRIES = 5
GIVEN_UP = ("40P01", "40001")  # deadlock_detected, serialization_failure
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every record's parent: one naming convention, so that each constraint has a name to answer to."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, kept without its zone where the engine has none (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times: a clinic's wall clock must never reach a column of instants."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class utc_day(FunctionElement[date]):  # noqa: N801 - it is called as SQL's own functions are
    """The day in UTC of an Instant, in the database: a server's own zone has no say in it."""

    type = Date()
    inherit_cache = True


@compiles(utc_day)
def _utc_day(element: Any, compiler: Any, **kw: Any) -> str:
    return f"date({compiler.process(element.clauses, **kw)})"


@compiles(utc_day, "postgresql")
def _utc_day_of_a_server(element: Any, compiler: Any, **kw: Any) -> str:
    return f"date(timezone('UTC', {compiler.process(element.clauses, **kw)}))"


def engine_options(url: str) -> dict[str, Any]:
    """Options for `url`: SQLite waits up to 10 s for a lock, a server's connections are tested first.

    No error ever repeats a row: exceptions reach logs, and rows hold hashes, refs and seals.
    """
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 10}, "hide_parameters": True}
    return {"pool_pre_ping": True, "hide_parameters": True}


@event.listens_for(Engine, "connect")
def _on_connect(connection: Any, record: Any) -> None:
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None  # SQLAlchemy's BEGIN below, not the driver's own
    # recursive_triggers: INSERT OR REPLACE deletes too, and the journal's guard must hear of it
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "busy_timeout=10000",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _on_begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction() -> Iterator[Session]:
    """One use case, one commit: everything inside is kept, or nothing is.

    On SQLite writers queue at a file lock first: the engine's own waiting is a lottery that
    can starve one of them for seconds.
    """
    session = db.session()
    session.rollback()  # a snapshot read before the lock is no ground for a decision
    with _turn(db.engine):
        session.connection(execution_options={"writes": True})
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


def settle(deed: Callable[[Session], T]) -> T:
    """Do `deed` in a transaction of its own, and anew where PostgreSQL gave it up for a deadlock, TRIES times at most.

    A publication and a move lock the same slots in orders that neither can know beforehand; nothing of what was given
    up is kept, so whatever a deed changes besides the database it must change the same way each time.
    """
    for _ in range(TRIES - 1):
        try:
            with transaction() as work:
                return deed(work)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in GIVEN_UP:
                raise
    with transaction() as work:
        return deed(work)


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        yield
        return
    with Path(f"{path}-queue").open("a") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        yield


def put_if_absent(session: Session, table: type[Base], **values: Any) -> None:
    """Insert a row unless one with its key is there, in one statement that waits for whoever is inserting it too."""
    session.execute(_insert(session, table).values(**values).on_conflict_do_nothing())


def _insert(session: Session, table: Any) -> Any:
    """The engine's own INSERT, which knows what to do on a conflict."""
    engine = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return engine.insert(table)


def add_up(session: Session, table: Table, key: dict[str, Any], more: dict[str, int]) -> None:
    """Add `more` to the numbers of the row with this key, made with them where there is none, in one statement."""
    fresh = _insert(session, table).values(**key, **more)
    summed = {name: table.c[name] + number for name, number in more.items()}
    session.execute(fresh.on_conflict_do_update(index_elements=list(key), set_=summed))


def violated(error: IntegrityError) -> str:
    """The name of the constraint, index or trigger that refused, as the migrations spell it."""
    text = str(error.orig)
    name = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    if name:
        return str(name)
    unique = re.match(r"UNIQUE constraint failed: (.+)", text)
    if unique:
        table = unique[1].split(".")[0]
        columns = [part.split(".")[-1] for part in unique[1].split(", ")]
        return _index_names().get((table, tuple(columns)), f"uq_{table}_{'_'.join(columns)}")
    return re.sub(r"^(?:CHECK|NOT NULL) constraint failed: |^index '(.+)'$", r"\1", text.split("\n")[0])


def _index_names() -> dict[tuple[str, tuple[str, ...]], str]:
    return {
        (table.name, tuple(column.name for column in index.columns)): str(index.name)
        for table in db.metadata.tables.values()
        for index in table.indexes
        if index.unique
    }
