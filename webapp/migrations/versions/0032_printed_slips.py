"""Slips printed with the code of the receipt that they will have once keyed in."""

import sqlalchemy as sa
from alembic import op

from webapp.platform.models.base import UtcDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "printed_slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("prompt_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("printed_at", UtcDateTime(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_printed_slip"),
        sa.CheckConstraint("number >= 1", name=op.f("ck_printed_slip_number_positive")),
        sa.UniqueConstraint("workshop_id", "number", name="uq_printed_slip_workshop_id_number"),
        sa.UniqueConstraint("code", name="uq_printed_slip_code"),
        sa.UniqueConstraint("contribution_id", name="uq_printed_slip_contribution_id"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_printed_slip_workshop_id_workshop"
        ),
        sa.ForeignKeyConstraint(
            ["prompt_id"], ["prompt.id"], name="fk_printed_slip_prompt_id_prompt"
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_printed_slip_contribution_id_contribution",
        ),
    )


def downgrade() -> None:
    op.drop_table("printed_slip")
