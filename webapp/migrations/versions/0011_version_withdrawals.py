"""Versions that were withdrawn: why, by whom, when; the versions themselves stay."""

import sqlalchemy as sa
from alembic import op

from webapp.migrations.append_only import protect, release

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE = "version_withdrawal"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version_id", name="pk_version_withdrawal"),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["roadmap_version.id"],
            name="fk_version_withdrawal_version_id_roadmap_version",
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["user.id"], name="fk_version_withdrawal_withdrawn_by_id_user"
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_version_withdrawal_reason_given")),
    )
    protect([TABLE])


def downgrade() -> None:
    release([TABLE])
    op.drop_table(TABLE)
