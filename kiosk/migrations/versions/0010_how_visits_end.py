"""What may be counted of a visit without its cookie, and how many seconds each call for help waited."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

USES = ("voice", "large_type", "keys")
WAITED = {
    "sqlite": "UPDATE help_call SET waited = round((julianday(coming_at) - julianday(asked_at)) * 86400)",
    "postgresql": "UPDATE help_call SET waited = CAST(extract(epoch FROM coming_at - asked_at) AS INTEGER)",
}


def upgrade() -> None:
    with op.batch_alter_table("visit") as table:
        table.add_column(sa.Column("language", sa.String(length=2), nullable=False, server_default=""))
        table.add_column(sa.Column("step", sa.String(length=20), nullable=False, server_default=""))
        table.add_column(sa.Column("waiting_since", sa.DateTime(timezone=True)))
        for name in USES:
            table.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("help_call") as table:
        table.add_column(sa.Column("waited", sa.Integer()))
    op.drop_index("ix_help_call_kiosk_id", "help_call")
    op.create_index("ix_help_call_kiosk_id_asked_at", "help_call", ["kiosk_id", "asked_at"])
    op.execute(WAITED[op.get_bind().dialect.name])  # of a call that nobody came to, nothing


def downgrade() -> None:
    op.drop_index("ix_help_call_kiosk_id_asked_at", "help_call")
    op.create_index("ix_help_call_kiosk_id", "help_call", ["kiosk_id"])
    with op.batch_alter_table("help_call") as table:
        table.drop_column("waited")
    with op.batch_alter_table("visit") as table:
        for name in (*USES, "waiting_since", "step", "language"):
            table.drop_column(name)
