"""A group keeps the share of its members expected to be rightly placed, in place of its cohesion."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cluster", sa.Column("precision", sa.Double(), nullable=True))
    op.drop_column("cluster", "cohesion")


def downgrade() -> None:
    op.add_column("cluster", sa.Column("cohesion", sa.Double(), nullable=False, server_default="0"))
    with op.batch_alter_table("cluster") as batch:
        batch.alter_column("cohesion", server_default=None)
    op.drop_column("cluster", "precision")
