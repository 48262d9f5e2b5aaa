"""Counts for each day, place, channel and language, the past filled in; the journal found by whatever is sought."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

HAPPENED = ("identified", "booked", "moved", "cancelled", "no_free_time", "gave_up", "help_called")
TIMES = (
    ("60", -1, 60),
    ("120", 60, 120),
    ("180", 120, 180),
    ("300", 180, 300),
    ("600", 300, 600),
    ("later", 600, 2**31 - 1),
)
STEPS = ("identify", "document", "attachment", "doctor", "slot", "confirm", "appointments")
ANSWERS = "('booked', 'moved', 'cancelled', 'refused', 'no_free_time')"
VISITS = ("visits", "voice", "large_type", "keys")
FILLED = {
    **{name: f"event = '{name}'" for name in HAPPENED},
    **{f"refused_{ground}": f"event = 'refused' AND ground = {ground}" for ground in (1, 2)},
    **{
        f"answered_{name}": f"event IN {ANSWERS} AND seconds > {least} AND seconds <= {most}"
        for name, least, most in TIMES
    },
    **{f"left_{step}": f"event = 'gave_up' AND step = '{step}'" for step in STEPS},
    "left_elsewhere": f"event = 'gave_up' AND (step IS NULL OR step NOT IN {STEPS})",
}
DAY = {"sqlite": "date(j.at, '+5 hours')", "postgresql": "(j.at AT TIME ZONE 'Asia/Almaty')::date"}
OLD_INDEX = "ix_journal_organisation_id_event_sequence"
INDEXES = {
    "ix_journal_organisation_id_event_at": ["organisation_id", "event", "at"],
    "ix_journal_organisation_id_channel_at": ["organisation_id", "channel", "at"],
    "ix_journal_organisation_id_doctor_id_at": ["organisation_id", "doctor_id", "at"],
    "ix_journal_patient_ref": ["patient_ref"],
}


def upgrade() -> None:
    op.drop_index(OLD_INDEX, "journal")
    for name, columns in INDEXES.items():
        op.create_index(name, "journal", columns)
    op.create_table(
        "day_count",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("kiosk_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in (*FILLED, *VISITS)),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_day_count_organisation_id")),
        sa.PrimaryKeyConstraint(
            "organisation_id", "day", "building_id", "kiosk_id", "channel", "language", name=op.f("pk_day_count")
        ),
    )
    sums = ", ".join(f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)" for condition in FILLED.values())
    day = DAY[op.get_bind().dialect.name]
    place = f"j.organisation_id, {day}, coalesce(k.building_id, d.building_id, 0), coalesce(j.kiosk_id, 0)"
    into = f"organisation_id, day, building_id, kiosk_id, channel, language, {', '.join(FILLED)}"
    # every word of it is written above
    told = f"SELECT {place}, j.channel, coalesce(j.language, ''), {sums} "
    joined = "FROM journal j LEFT JOIN kiosk k ON k.id = j.kiosk_id LEFT JOIN doctor d ON d.id = j.doctor_id"
    which = f"WHERE j.event IN {(*HAPPENED, 'refused')} GROUP BY 1, 2, 3, 4, 5, 6"
    op.execute(f"INSERT INTO day_count ({into}) {told} {joined} {which}")


def downgrade() -> None:
    op.drop_table("day_count")
    for name in INDEXES:
        op.drop_index(name, "journal")
    op.create_index(OLD_INDEX, "journal", ["organisation_id", "event", "sequence"])
