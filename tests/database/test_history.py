"""The history of the tables on each engine: up, down to nothing, up again, and at its end what the records say."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from kiosk import migrations
from kiosk.database import db


def things(engine: Engine) -> list[str]:
    """Tables, and the triggers, functions and constraints that only the migrations know."""
    ours = {
        "sqlite": "SELECT type || ' ' || name FROM sqlite_master WHERE name NOT LIKE '%alembic%'",
        "postgresql": "SELECT 'relation ' || relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND relname NOT LIKE 'alembic%'"
        " UNION ALL SELECT 'constraint ' || conname FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace"
        " WHERE n.nspname = 'public' AND contype <> 'n' AND conname NOT LIKE 'alembic%'"
        " UNION ALL SELECT 'function ' || proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname = 'public'"
        " UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[engine.dialect.name]
    with engine.connect() as connection:
        return sorted(connection.execute(text(ours)).scalars())


def test_up_down_and_up_again(engine: Engine) -> None:
    first = things(engine)
    assert any("journal_never_changes" in one for one in first)
    migrations.downgrade(engine)
    assert things(engine) == []
    assert not migrations.is_current(engine)
    migrations.upgrade(engine)
    assert things(engine) == first
    assert migrations.is_current(engine)


def test_the_end_of_history_is_what_the_records_say(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def test_each_check_of_the_records_is_in_the_tables(engine: Engine) -> None:
    found = inspect(engine)
    for table in db.metadata.sorted_tables:
        wanted = {str(one.name) for one in table.constraints if type(one).__name__ == "CheckConstraint"}
        assert wanted <= {str(one["name"]) for one in found.get_check_constraints(table.name)}, table.name


def test_each_step_down_can_be_climbed_again(engine: Engine) -> None:
    line = [script.revision for script in ScriptDirectory(str(Path(migrations.__file__).parent)).walk_revisions()]
    standing = {line[0]: things(engine)}
    for revision in line[1:]:
        migrations.downgrade(engine, revision)
        standing[revision] = things(engine)
    migrations.downgrade(engine)
    assert len(line) > 1 and things(engine) == []
    for revision in reversed(line):
        migrations.upgrade(engine, revision)
        assert things(engine) == standing[revision]
