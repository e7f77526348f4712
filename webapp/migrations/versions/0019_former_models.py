"""Models of documents that were in use, which may be again."""

import sqlalchemy as sa
from alembic import op

from webapp.platform.models.base import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(8), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("left_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_former_model"),
        sa.UniqueConstraint("format", "sha256", name="uq_former_model_format_sha256"),
        sa.CheckConstraint("format IN ('odt', 'docx')", name="format_known"),
        sa.CheckConstraint("length(sha256) = 64", name="sha256_length"),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["user.id"], name="fk_former_model_uploaded_by_id_user"
        ),
    )


def downgrade() -> None:
    op.drop_table("former_model")
