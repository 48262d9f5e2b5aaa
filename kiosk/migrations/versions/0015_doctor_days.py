"""How each doctor's days of reception ended."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "doctor_day",
        sa.Column("doctor_id", sa.Integer(), sa.ForeignKey("doctor.id", name=op.f("fk_doctor_day_doctor_id"))),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "building_id",
            sa.Integer(),
            sa.ForeignKey("building.id", name=op.f("fk_doctor_day_building_id")),
            nullable=False,
        ),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("free", sa.Integer(), nullable=False),
        sa.Column("free_at_kiosks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("doctor_id", "day", name=op.f("pk_doctor_day")),
    )


def downgrade() -> None:
    op.drop_table("doctor_day")
