"""Files between their preview and their import; devices that a facilitator keeps aside."""

import sqlalchemy as sa
from alembic import op

from webapp.platform.models.base import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_draft"),
        sa.UniqueConstraint("public_id", name="uq_import_draft_public_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name="fk_import_draft_owner_id_user"),
    )
    op.create_index("ix_import_draft_owner_id", "import_draft", ["owner_id"])
    op.create_table(
        "paused_device",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(64), nullable=False),
        sa.Column("paused_by_id", sa.Integer(), nullable=False),
        sa.Column("paused_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "device", name="pk_paused_device"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_paused_device_workshop_id_workshop"
        ),
        sa.ForeignKeyConstraint(
            ["paused_by_id"], ["user.id"], name="fk_paused_device_paused_by_id_user"
        ),
    )


def downgrade() -> None:
    op.drop_table("paused_device")
    op.drop_table("import_draft")
