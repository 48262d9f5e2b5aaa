"""Which keys of a kiosk answered when staff last had them tested."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "key_test",
        sa.Column(
            "kiosk_id", sa.Integer(), sa.ForeignKey("kiosk.id", name=op.f("fk_key_test_kiosk_id")), nullable=False
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted", sa.String(length=400), nullable=False),
        sa.Column("answered", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("kiosk_id", name=op.f("pk_key_test")),
    )


def downgrade() -> None:
    op.drop_table("key_test")
