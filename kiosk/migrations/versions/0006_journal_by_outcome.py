"""The journal found by outcome without reading it all."""

from alembic import op

revision = "0006"
down_revision = "0005"

INDEX = "ix_journal_organisation_id_event_sequence"


def upgrade() -> None:
    op.create_index(INDEX, "journal", ["organisation_id", "event", "sequence"])


def downgrade() -> None:
    op.drop_index(INDEX, "journal")
