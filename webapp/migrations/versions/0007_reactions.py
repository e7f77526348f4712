"""Reactions to published items."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reaction_window",
        sa.Column("working_group_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("working_group_id", name="pk_reaction_window"),
        sa.UniqueConstraint("workshop_id", name="uq_reaction_window_workshop_id"),
        sa.ForeignKeyConstraint(
            ["working_group_id"],
            ["working_group.id"],
            name="fk_reaction_window_working_group_id_working_group",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_reaction_window_workshop_id_workshop"
        ),
    )
    op.create_table(
        "reaction",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("contribution_id", name="pk_reaction"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_reaction_contribution_id_contribution",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["roadmap_item.id"], name="fk_reaction_item_id_roadmap_item"
        ),
    )
    op.create_index("ix_reaction_item_id", "reaction", ["item_id"])


def downgrade() -> None:
    op.drop_table("reaction")
    op.drop_table("reaction_window")
