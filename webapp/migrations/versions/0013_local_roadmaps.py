"""Local roadmaps: the regional items that they take up."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_item",
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("roadmap_id", "item_id", name="pk_shared_item"),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name="fk_shared_item_roadmap_id_roadmap"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["roadmap_item.id"], name="fk_shared_item_item_id_roadmap_item"
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["user.id"], name="fk_shared_item_taken_by_id_user"
        ),
    )
    op.create_index("ix_shared_item_item_id", "shared_item", ["item_id"])


def downgrade() -> None:
    op.drop_table("shared_item")
