"""Changes to decided items, with their reasons."""

import sqlalchemy as sa
from alembic import op

from webapp.migrations.append_only import protect, release

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_amendment"),
        _link("item_id", "roadmap_item"),
        _link("actor_id", "user"),
        sa.CheckConstraint("length(reason) > 0", name="reason_given"),
    )
    op.create_index("ix_item_amendment_item_id", "item_amendment", ["item_id"])
    protect(["item_amendment"])


def downgrade() -> None:
    release(["item_amendment"])
    op.drop_table("item_amendment")


def _link(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_item_amendment_{column}_{target}"
    )
