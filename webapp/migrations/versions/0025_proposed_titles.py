"""A group keeps the titles that the machine proposes: the facilitator chooses among them."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cluster", sa.Column("titles", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("cluster", "titles")
