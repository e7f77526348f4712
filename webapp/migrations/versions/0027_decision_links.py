"""Pauses, surges and acts of the review name the moderation decisions that they made."""

import sqlalchemy as sa
from alembic import op

from webapp.migrations.append_only import protect, release

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

# Until now these decisions were found by an equal reason, or by an equal instant.
PAUSES = """
    INSERT INTO pause_decision (decision_id, workshop_id, device)
    SELECT d.id, p.workshop_id, p.device
    FROM paused_device p
    JOIN device_mark m ON m.workshop_id = p.workshop_id AND m.device = p.device
    JOIN moderation_decision d ON d.contribution_id = m.contribution_id
    WHERE d.is_current AND d.kind = 'set_aside' AND d.reason = p.reason
"""
SURGES = """
    INSERT INTO surge_decision (decision_id)
    SELECT d.id
    FROM held_contribution h
    JOIN moderation_decision d ON d.contribution_id = h.contribution_id
    WHERE d.is_current AND d.kind = 'set_aside' AND d.reason = h.reason
"""
ACTS = """
    INSERT INTO review_decision (action_id, decision_id)
    SELECT min(found.action_id), found.decision_id
    FROM (
        SELECT a.id AS action_id, max(d.id) AS decision_id
        FROM review_action a
        JOIN excerpt e ON e.id = a.excerpt_id
        JOIN moderation_decision d ON d.contribution_id = e.contribution_id
        WHERE d.decided_at = a.done_at AND (
            (a.act IN ('set_aside', 'redo') AND d.kind = 'set_aside')
            OR (a.act = 'undo' AND d.kind <> 'set_aside')
        )
        GROUP BY a.id
    ) AS found
    GROUP BY found.decision_id
"""
REASONS = """
    UPDATE held_contribution SET reason = (
        SELECT d.reason FROM moderation_decision d
        JOIN surge_decision s ON s.decision_id = d.id
        WHERE d.contribution_id = held_contribution.contribution_id AND d.is_current
    ) WHERE contribution_id IN (
        SELECT d.contribution_id FROM moderation_decision d
        JOIN surge_decision s ON s.decision_id = d.id WHERE d.is_current
    )
"""


def upgrade() -> None:
    op.create_table(
        "pause_decision",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name="pk_pause_decision"),
        _decision("pause_decision"),
        sa.ForeignKeyConstraint(
            ["workshop_id", "device"],
            ["paused_device.workshop_id", "paused_device.device"],
            name="fk_pause_decision_paused_device",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_pause_decision_device", "pause_decision", ["workshop_id", "device"])
    op.create_table(
        "surge_decision",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name="pk_surge_decision"),
        _decision("surge_decision"),
    )
    op.create_table(
        "review_decision",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("action_id", name="pk_review_decision"),
        sa.ForeignKeyConstraint(
            ["action_id"], ["review_action.id"], name="fk_review_decision_action_id_review_action"
        ),
        _decision("review_decision"),
        sa.UniqueConstraint("decision_id", name="uq_review_decision_decision_id"),
    )
    for statement in (PAUSES, SURGES, ACTS):
        op.execute(statement)
    protect(["review_decision"])
    op.drop_column("held_contribution", "reason")


def downgrade() -> None:
    op.add_column(
        "held_contribution", sa.Column("reason", sa.String(300), nullable=False, server_default="")
    )
    op.execute(REASONS)
    with op.batch_alter_table("held_contribution") as batch:
        batch.alter_column("reason", server_default=None)
    release(["review_decision"])
    for table in ("review_decision", "surge_decision", "pause_decision"):
        op.drop_table(table)


def _decision(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["decision_id"],
        ["moderation_decision.id"],
        name=f"fk_{table}_decision_id_moderation_decision",
    )
