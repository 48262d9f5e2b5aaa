"""Local lists with their people and problems, bookings to be confirmed, consents given."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = ("local_list", "consent", "local_person", "local_problem", "unconfirmed_booking")


def upgrade() -> None:
    op.create_table(
        "local_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.String(length=80), nullable=False),
        sa.Column("progress_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.Column("made_current_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows_total", sa.Integer(), nullable=True),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_kept", sa.Integer(), nullable=False),
        sa.Column("rows_left_out", sa.Integer(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.CheckConstraint("status IN ('loading', 'ready', 'failed')", name=op.f("ck_local_list_status")),
        sa.CheckConstraint("made_current_at IS NULL OR status = 'ready'", name=op.f("ck_local_list_current_is_ready")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_local_list_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_list")),
    )
    op.create_index(
        "ix_local_list_organisation_id_made_current_at", "local_list", ["organisation_id", "made_current_at"]
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=22), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kiosk_id", sa.Integer(), nullable=False),
        sa.Column("iin_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("text_version", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request_id", sa.String(length=80), nullable=False),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("how IN ('code', 'reply')", name=op.f("ck_consent_how")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_consent_organisation_id")),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosk.id"], name=op.f("fk_consent_kiosk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("ref", name=op.f("uq_consent_ref")),
        sa.UniqueConstraint("request_id", name=op.f("uq_consent_request_id")),
    )
    op.create_index(op.f("ix_consent_iin_hash"), "consent", ["iin_hash"])
    op.create_table(
        "local_person",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("iin_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["local_list.id"], name=op.f("fk_local_person_list_id")),
        sa.PrimaryKeyConstraint("list_id", "iin_hash", name=op.f("pk_local_person")),
    )
    op.create_table(
        "local_problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["local_list.id"], name=op.f("fk_local_problem_list_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_problem")),
    )
    op.create_index(op.f("ix_local_problem_list_id"), "local_problem", ["list_id"])
    op.create_table(
        "unconfirmed_booking",
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.CheckConstraint("status IN ('waiting', 'confirmed', 'differs')", name=op.f("ck_unconfirmed_booking_status")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_unconfirmed_booking_appointment_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_unconfirmed_booking_organisation_id")
        ),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_unconfirmed_booking")),
    )
    op.create_index(op.f("ix_unconfirmed_booking_organisation_id"), "unconfirmed_booking", ["organisation_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
