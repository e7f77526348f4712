"""Second reading of keyed paper; conferences changed on screen."""

import sqlalchemy as sa
from alembic import op

from webapp.models.base import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_line",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("keyed_by_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("contribution_id", name="pk_paper_line"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_paper_line_contribution_id_contribution",
        ),
        sa.ForeignKeyConstraint(
            ["keyed_by_id"], ["user.id"], name="fk_paper_line_keyed_by_id_user"
        ),
    )
    op.create_table(
        "paper_reading",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("read_by_id", sa.Integer(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("contribution_id", name="pk_paper_reading"),
        sa.UniqueConstraint("correction_id", name="uq_paper_reading_correction_id"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_paper_reading_contribution_id_contribution",
        ),
        sa.ForeignKeyConstraint(
            ["read_by_id"], ["user.id"], name="fk_paper_reading_read_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["contribution.id"],
            name="fk_paper_reading_correction_id_contribution",
        ),
    )

    op.add_column(
        "conference", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )


def downgrade() -> None:
    op.drop_column("conference", "version")
    op.drop_table("paper_reading")
    op.drop_table("paper_line")
