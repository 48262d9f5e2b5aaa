"""What a kiosk found when it last tested itself."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "self_test",
        sa.Column("kiosk_id", sa.Integer(), sa.ForeignKey("kiosk.id"), primary_key=True),
        sa.Column("tested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("faults", sa.String(length=60), nullable=False),
        sa.Column("sound_outputs", sa.Integer(), nullable=False),
        sa.Column("touch_points", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("self_test")
