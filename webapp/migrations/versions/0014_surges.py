"""Surges: what came when a workshop had more devices than a room holds."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_contribution",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("contribution_id", name="pk_held_contribution"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_held_contribution_contribution_id_contribution",
        ),
    )
    op.create_index("ix_contribution_arrival", "contribution", ["workshop_id", "submitted_at"])


def downgrade() -> None:
    op.drop_index("ix_contribution_arrival", "contribution")
    op.drop_table("held_contribution")
