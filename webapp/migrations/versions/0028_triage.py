"""Notes are sorted one by one: their compared pairs, who reads which, groups made before any run."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "excerpt_pairs",
        sa.Column("excerpt_id", sa.Integer(), nullable=False),
        sa.Column("working_group_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("probabilities", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("excerpt_id", name="pk_excerpt_pairs"),
        _link("excerpt_pairs", "excerpt_id", "excerpt"),
        _link("excerpt_pairs", "working_group_id", "working_group"),
    )
    op.create_index("ix_excerpt_pairs_working_group_id", "excerpt_pairs", ["working_group_id"])
    op.create_table(
        "triage_claim",
        sa.Column("excerpt_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("excerpt_id", name="pk_triage_claim"),
        _link("triage_claim", "excerpt_id", "excerpt"),
        _link("triage_claim", "user_id", "user"),
    )
    op.create_index("ix_triage_claim_user_id", "triage_claim", ["user_id"])
    with op.batch_alter_table("cluster") as batch:
        batch.alter_column("run_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    # A group made before any run takes the first run of its working group; without one, the
    # column cannot be filled and the downgrade fails.
    op.execute(
        """
        UPDATE cluster SET run_id = (
            SELECT min(r.id) FROM analysis_run r
            WHERE r.working_group_id = cluster.working_group_id
        ) WHERE run_id IS NULL
        """
    )
    with op.batch_alter_table("cluster") as batch:
        batch.alter_column("run_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table("triage_claim")
    op.drop_table("excerpt_pairs")


def _link(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")
