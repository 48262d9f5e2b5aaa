"""In which building a doubted document was presented, so that another building does not see the case."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    with op.batch_alter_table("doubted_document") as table:
        table.add_column(sa.Column("building_id", sa.Integer()))
    op.execute(
        "UPDATE doubted_document SET building_id = "
        "(SELECT building_id FROM kiosk WHERE kiosk.id = doubted_document.kiosk_id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("doubted_document") as table:
        table.drop_column("building_id")
