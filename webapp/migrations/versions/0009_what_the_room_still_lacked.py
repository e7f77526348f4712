"""Second reading of keyed paper; conferences changed on screen; what stands inspire."""

import sqlalchemy as sa
from alembic import op

from webapp.platform.models.base import UtcDateTime

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

    op.create_table(
        "inspiration",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("working_group_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("contribution_id", name="pk_inspiration"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_inspiration_contribution_id_contribution",
        ),
        sa.ForeignKeyConstraint(
            ["working_group_id"],
            ["working_group.id"],
            name="fk_inspiration_working_group_id_working_group",
        ),
    )
    op.create_index("ix_inspiration_working_group_id", "inspiration", ["working_group_id"])
    op.create_table(
        "stand_link",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", name="pk_stand_link"),
        sa.UniqueConstraint("token", name="uq_stand_link_token"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_stand_link_workshop_id_workshop"
        ),
    )
    op.add_column(
        "conference", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )


def downgrade() -> None:
    op.drop_column("conference", "version")
    op.drop_table("stand_link")
    op.drop_table("inspiration")
    op.drop_table("paper_reading")
    op.drop_table("paper_line")
