"""An idea that takes the place of another on a phone remembers which, until its words are gone."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replacement",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("former_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("contribution_id", name="pk_replacement"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_replacement_contribution_id_contribution",
        ),
        sa.ForeignKeyConstraint(
            ["former_id"], ["contribution.id"], name="fk_replacement_former_id_contribution"
        ),
        sa.UniqueConstraint("former_id", name="uq_replacement_former_id"),
        sa.CheckConstraint("former_id < contribution_id", name="ck_replacement_later"),
    )


def downgrade() -> None:
    op.drop_table("replacement")
