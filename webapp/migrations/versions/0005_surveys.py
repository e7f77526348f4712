"""Satisfaction questionnaires."""

import sqlalchemy as sa
from alembic import op

from webapp.platform.models.base import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_survey"),
        sa.UniqueConstraint("public_id", name="uq_survey_public_id"),
        sa.CheckConstraint("state IN ('draft', 'open', 'closed')", name="ck_survey_surveystate"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_survey_workshop_id_workshop"
        ),
    )
    op.create_index("ix_survey_workshop_id", "survey", ["workshop_id"])
    op.create_table(
        "survey_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("label", sa.String(300), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_survey_question"),
        sa.UniqueConstraint("survey_id", "position", name="uq_survey_question_survey_id_position"),
        sa.CheckConstraint(
            "kind IN ('scale', 'choice', 'text')", name="ck_survey_question_questionkind"
        ),
        sa.CheckConstraint(
            "(kind = 'choice') = (choices <> '[]')", name="ck_survey_question_choices_of_a_choice"
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name="fk_survey_question_survey_id_survey"
        ),
    )
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_survey_answer"),
        sa.UniqueConstraint("question_id", "sheet", name="uq_survey_answer_question_id_sheet"),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["survey_question.id"],
            name="fk_survey_answer_question_id_survey_question",
        ),
    )


def downgrade() -> None:
    for table in ("survey_answer", "survey_question", "survey"):
        op.drop_table(table)
