"""A questionnaire knows when it was closed: its free answers are kept from that day on."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

survey = sa.table(
    "survey",
    sa.column("state", sa.String),
    sa.column("created_at", sa.DateTime),
    sa.column("closed_at", sa.DateTime),
)


def upgrade() -> None:
    op.add_column("survey", sa.Column("closed_at", sa.DateTime(), nullable=True))
    # Those that are closed were counted from the day they were made: no answer stays longer for it.
    closed = survey.c.state == "closed"
    op.execute(survey.update().where(closed).values(closed_at=survey.c.created_at))


def downgrade() -> None:
    op.drop_column("survey", "closed_at")
