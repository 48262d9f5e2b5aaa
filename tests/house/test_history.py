"""The history of the tables: one line, up and down again, and at its end exactly what the records say."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

import kiosk.clinic.records
from kiosk import migrations
from kiosk.database import db

assert kiosk.clinic.records.__all__  # imported for its tables


def engine(tmp_path: Path) -> Engine:
    return create_engine(f"sqlite:///{tmp_path}/history.sqlite3")


def test_up_down_and_up_again(tmp_path: Path) -> None:
    made = engine(tmp_path)
    migrations.upgrade(made)
    first = set(inspect(made).get_table_names())
    assert first > {"slot", "appointment", "journal", "visit"}
    migrations.downgrade(made)
    assert set(inspect(made).get_table_names()) <= {"alembic_version"}
    assert not migrations.is_current(made)
    migrations.upgrade(made)
    assert set(inspect(made).get_table_names()) == first
    assert migrations.is_current(made)


def test_the_end_of_history_is_what_the_records_say(tmp_path: Path) -> None:
    made = engine(tmp_path)
    migrations.upgrade(made)
    with made.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def test_history_is_one_line() -> None:
    folder = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert len(folder.get_heads()) == 1
    assert [script.down_revision for script in folder.walk_revisions()].count(None) == 1
