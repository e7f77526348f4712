"""Axes, measures and publics with their seed words, and which groups speak of them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alignment_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("seeds", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alignment_target"),
        sa.UniqueConstraint("public_id", name="uq_alignment_target_public_id"),
        sa.UniqueConstraint("kind", "name", name="uq_alignment_target_kind_name"),
        sa.CheckConstraint(
            "kind IN ('strand', 'measure', 'public')", name="ck_alignment_target_targetkind"
        ),
    )
    op.create_table(
        "cluster_alignment",
        sa.Column("cluster_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cluster_id", "target_id", name="pk_cluster_alignment"),
        sa.CheckConstraint(
            "confidence > 0 AND confidence <= 1", name="ck_cluster_alignment_confidence"
        ),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name="fk_cluster_alignment_cluster_id_cluster"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["alignment_target.id"],
            name="fk_cluster_alignment_target_id_alignment_target",
        ),
    )
    op.create_index("ix_cluster_alignment_target_id", "cluster_alignment", ["target_id"])


def downgrade() -> None:
    op.drop_table("cluster_alignment")
    op.drop_table("alignment_target")
