"""Rooms and windows of a building, as a list of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("building") as table:
        table.add_column(sa.Column("rooms", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("building") as table:
        table.drop_column("rooms")
