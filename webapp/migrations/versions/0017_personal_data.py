"""Personal data: second readings of masks, delays and purges, legal notice, words that may go."""

import sqlalchemy as sa
from alembic import op

from webapp.migrations.append_only import keep_words, let_erase, protect, release

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

DELAYS = {
    "words_days": (1, 365),
    "answers_days": (30, 1095),
    "accounts_months": (3, 36),
    "marks_hours": (24, 168),
    "imports_hours": (1, 168),
    "exports_hours": (1, 24),
}
COUNTS = ("words", "answers", "accounts", "marks", "imports", "exports")
NOTICE = (
    "publisher",
    "director",
    "host",
    "controller",
    "dpo",
    "rights_contact",
    "authority",
    "accessibility_contact",
)
# What of an act of the review never changes, and the words that an erasure may take from it.
ACT = (
    "id",
    "working_group_id",
    "cluster_id",
    "excerpt_id",
    "actor_id",
    "act",
    "done_at",
)
EDIT = ("id", "action_id", "cluster_id", "excerpt_id", "field")


def upgrade() -> None:
    op.create_table(
        "mask_reading",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("read_by_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name="pk_mask_reading"),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["moderation_decision.id"],
            name="fk_mask_reading_decision_id_moderation_decision",
        ),
        sa.ForeignKeyConstraint(
            ["read_by_id"], ["user.id"], name="fk_mask_reading_read_by_id_user"
        ),
    )
    op.create_table(
        "retention_policy",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in DELAYS),
        *_changed(),
        sa.PrimaryKeyConstraint("id", name="pk_retention_policy"),
        _changed_by("retention_policy"),
        sa.CheckConstraint("id = 1", name="single"),
        *(
            sa.CheckConstraint(f"{name} BETWEEN {least} AND {most}", name=f"{name}_range")
            for name, (least, most) in DELAYS.items()
        ),
    )
    op.create_table(
        "purge_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("cause", sa.String(24), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.PrimaryKeyConstraint("id", name="pk_purge_record"),
        sa.CheckConstraint("cause IN ('night', 'command', 'restore')", name="purgecause"),
    )
    protect(["purge_record"])
    op.create_table(
        "legal_notice",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in NOTICE),
        sa.Column("conformity", sa.String(24), nullable=False),
        sa.Column("audited", sa.Text(), nullable=False),
        *_changed(),
        sa.PrimaryKeyConstraint("id", name="pk_legal_notice"),
        _changed_by("legal_notice"),
        sa.CheckConstraint("id = 1", name="single"),
        sa.CheckConstraint("conformity IN ('none', 'partial', 'full')", name="conformity"),
    )
    let_erase("review_action", fixed=ACT, words=("reason", "before", "after"))
    let_erase("review_edit", fixed=EDIT, words=("before", "after"))


def downgrade() -> None:
    keep_words("review_edit")
    keep_words("review_action")
    release(["purge_record"])
    for table in ("legal_notice", "purge_record", "retention_policy", "mask_reading"):
        op.drop_table(table)


def _changed() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
    )


def _changed_by(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["changed_by_id"], ["user.id"], name=f"fk_{table}_changed_by_id_user"
    )
