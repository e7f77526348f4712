"""Free answers given to moderation keep no words of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

answer = sa.table("survey_answer", sa.column("id", sa.Integer), sa.column("value", sa.Text))
sent = sa.table(
    "sent_answer", sa.column("answer_id", sa.Integer), sa.column("contribution_id", sa.Integer)
)
contribution = sa.table(
    "contribution",
    sa.column("id", sa.Integer),
    sa.column("body", sa.Text),
    sa.column("idempotency_key", sa.String),
)


def upgrade() -> None:
    op.create_table(
        "sent_answer",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", name="pk_sent_answer"),
        sa.UniqueConstraint("contribution_id", name="uq_sent_answer_contribution_id"),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["survey_answer.id"],
            name="fk_sent_answer_answer_id_survey_answer",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_sent_answer_contribution_id_contribution",
        ),
    )
    # Until now the key of the contribution named the answer that it came from.
    named = sa.literal("survey-answer-") + sa.cast(answer.c.id, sa.String)
    known = sa.select(answer.c.id, contribution.c.id).where(contribution.c.idempotency_key == named)
    op.execute(sent.insert().from_select(["answer_id", "contribution_id"], known))
    given = sa.select(sent.c.answer_id)
    op.execute(answer.update().where(answer.c.id.in_(given)).values(value=""))


def downgrade() -> None:
    words = (
        sa.select(contribution.c.body)
        .join(sent, sent.c.contribution_id == contribution.c.id)
        .where(sent.c.answer_id == answer.c.id)
        .scalar_subquery()
    )
    given = sa.select(sent.c.answer_id)
    op.execute(answer.update().where(answer.c.id.in_(given)).values(value=words))
    op.drop_table("sent_answer")
