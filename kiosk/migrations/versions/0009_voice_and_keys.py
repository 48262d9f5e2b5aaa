"""What a kiosk last told of its voice, and when one of its keys was last pressed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    with op.batch_alter_table("kiosk_health") as table:
        table.add_column(sa.Column("voice", sa.String(length=10), nullable=False, server_default=""))
        table.add_column(sa.Column("last_key_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("kiosk_health") as table:
        table.drop_column("last_key_at")
        table.drop_column("voice")
