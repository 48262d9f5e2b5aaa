"""What the database refuses, whatever the code does: overlaps, and any change of the journal."""

from alembic import op

revision = "0002"
down_revision = "0001"

# The longest stretch is bounded (ck_*_length below, and the 120-minute rule of schedules), so that a
# trigger looks at half a day of one doctor or patient and not at years of history.
SQLITE_OVERLAP = """
CREATE TRIGGER {name}_{when} BEFORE {event} ON {table}
WHEN {live_new}
BEGIN
    SELECT RAISE(ABORT, '{name}') WHERE EXISTS (
        SELECT 1 FROM {table} AS other
        WHERE other.{owner} = NEW.{owner} AND other.id IS NOT NEW.id AND {live_other}
          AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at
          AND other.starts_at > datetime(NEW.starts_at, '-12 hours')
    );
END
"""
SQLITE_LENGTH = """
CREATE TRIGGER {table}_length_{when} BEFORE {event} ON {table}
WHEN NEW.ends_at > datetime(NEW.starts_at, '+12 hours')
BEGIN SELECT RAISE(ABORT, '{table}_length'); END
"""
SQLITE_JOURNAL = """
CREATE TRIGGER journal_never_changes_{event} BEFORE {event} ON journal
BEGIN SELECT RAISE(ABORT, 'journal_never_changes'); END
"""
POSTGRESQL_OVERLAP = """
ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist (
    int8range({owner}, {owner}, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE ({live})
"""
POSTGRESQL_JOURNAL = (
    """
    CREATE FUNCTION journal_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'journal_never_changes', MESSAGE = 'journal_never_changes';
    END $$
    """,
    """
    CREATE TRIGGER journal_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_never_changes()
    """,
)
OVERLAPS = (
    ("slot_doctor_overlap", "slot", "doctor_id", "{0}status <> 'withdrawn'"),
    ("appointment_patient_overlap", "appointment", "patient_id", "{0}status = 'booked' AND {0}closed_at IS NULL"),
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table, owner, live in OVERLAPS:
        if sqlite:
            facts = {"name": name, "table": table, "owner": owner}
            lives = {"live_new": live.format("NEW."), "live_other": live.format("other.")}
            op.execute(SQLITE_OVERLAP.format(when="insert", event="INSERT", **facts, **lives))
            op.execute(SQLITE_OVERLAP.format(when="update", event="UPDATE", **facts, **lives))
            op.execute(SQLITE_LENGTH.format(table=table, when="insert", event="INSERT"))
            op.execute(SQLITE_LENGTH.format(table=table, when="update", event="UPDATE"))
        else:
            op.execute(POSTGRESQL_OVERLAP.format(name=name, table=table, owner=owner, live=live.format("")))
    if sqlite:
        for event in ("UPDATE", "DELETE"):
            op.execute(SQLITE_JOURNAL.format(event=event))
    else:
        for statement in POSTGRESQL_JOURNAL:
            op.execute(statement)


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table, _owner, _live in OVERLAPS:
        if sqlite:
            for trigger in (name, f"{table}_length"):
                op.execute(f"DROP TRIGGER {trigger}_insert")
                op.execute(f"DROP TRIGGER {trigger}_update")
        else:
            op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    if sqlite:
        for event in ("UPDATE", "DELETE"):
            op.execute(f"DROP TRIGGER journal_never_changes_{event}")
    else:
        op.execute("DROP TRIGGER journal_never_changes ON journal")
        op.execute("DROP FUNCTION journal_never_changes")
