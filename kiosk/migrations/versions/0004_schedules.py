"""Schedules in depth, the list of who is to be told, doubted documents, the window's receptions, imports."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = ("import_draft", "reception", "doubted_document", "to_tell")
# Raw, because SQLite takes a constraint only together with its new column.
COLUMNS = (
    ("doctor", "substitute_id", "INTEGER CONSTRAINT fk_doctor_substitute_id REFERENCES doctor (id)"),
    ("doctor", "version", "INTEGER DEFAULT 0 NOT NULL"),
    (
        "schedule",
        "every_weeks",
        "INTEGER DEFAULT 1 NOT NULL CONSTRAINT ck_schedule_every_weeks CHECK (every_weeks BETWEEN 1 AND 8)",
    ),
    ("schedule", "break_starts", "TIME"),
    ("schedule", "break_ends", "TIME"),
    (
        "schedule",
        "kept_percent",
        "INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_schedule_kept_percent CHECK (kept_percent BETWEEN 0 AND 100)",
    ),
    (
        "schedule",
        "cool_down_minutes",
        "INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_schedule_cool_down_minutes "
        "CHECK (cool_down_minutes BETWEEN 0 AND 1440)",
    ),
    ("schedule", "is_extra", "BOOLEAN DEFAULT false NOT NULL"),
    ("absence", "substitute_id", "INTEGER CONSTRAINT fk_absence_substitute_id REFERENCES doctor (id)"),
    (
        "slot",
        "channel",
        "VARCHAR(10) DEFAULT 'any' NOT NULL CONSTRAINT ck_slot_channel CHECK (channel IN ('any', 'window', 'extra'))",
    ),
    ("slot", "cool_down_minutes", "INTEGER DEFAULT 0 NOT NULL"),
    ("slot", "reopens_at", "{instant}"),
    ("slot", "is_closing", "BOOLEAN DEFAULT false NOT NULL"),
)


def upgrade() -> None:
    instant = "DATETIME" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP WITH TIME ZONE"
    for table, column, kind in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind.format(instant=instant)}")
    op.create_table(
        "to_tell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("new_appointment_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=22), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_by", sa.String(length=22), nullable=True),
        sa.Column("told_how", sa.String(length=10), nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'told', 'replaced')", name=op.f("ck_to_tell_status")),
        sa.CheckConstraint("what IN ('moved', 'cancelled', 'changed')", name=op.f("ck_to_tell_what")),
        sa.CheckConstraint("(status = 'told') = (told_at IS NOT NULL)", name=op.f("ck_to_tell_told")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_to_tell_organisation_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_to_tell_patient_id")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_to_tell_appointment_id")),
        sa.ForeignKeyConstraint(["new_appointment_id"], ["appointment.id"], name=op.f("fk_to_tell_new_appointment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_to_tell")),
    )
    op.create_index("ix_to_tell_organisation_id_status", "to_tell", ["organisation_id", "status"])
    op.create_index("ix_to_tell_patient_id_status", "to_tell", ["patient_id", "status"])
    op.create_table(
        "doubted_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=22), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kiosk_id", sa.Integer(), nullable=True),
        sa.Column("iin_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.String(length=22), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'refused', 'dismissed')", name=op.f("ck_doubted_document_status")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_doubted_document_organisation_id")
        ),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosk.id"], name=op.f("fk_doubted_document_kiosk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubted_document")),
        sa.UniqueConstraint("ref", name=op.f("uq_doubted_document_ref")),
    )
    op.create_index(
        "uq_doubted_document_waiting",
        "doubted_document",
        ["organisation_id", "iin_hash"],
        unique=True,
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_table(
        "reception",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alive_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_reception_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception")),
    )
    op.create_index("ix_reception_staff_id", "reception", ["staff_id"])
    op.create_table(
        "import_draft",
        sa.Column("ref", sa.String(length=22), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_import_draft_staff_id")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_import_draft")),
    )
    op.create_index("ix_import_draft_staff_id", "import_draft", ["staff_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    for table, column, _kind in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
