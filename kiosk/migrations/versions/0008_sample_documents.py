"""Sample documents of a clinic, to read, hear and print at its kiosks."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "sample_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("titles", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_sample_document_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_document")),
    )
    op.create_index("ix_sample_document_organisation_id", "sample_document", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("sample_document")
