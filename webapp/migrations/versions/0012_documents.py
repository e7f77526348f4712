"""Models of documents, documents made in the background, items that come from a file."""

import sqlalchemy as sa
from alembic import op

from webapp.platform.models.base import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATES = "state IN ('queued', 'running', 'done', 'failed')"


def upgrade() -> None:
    op.create_table(
        "document_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(8), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_document_model"),
        sa.UniqueConstraint("format", "in_use", name="uq_document_model_format_in_use"),
        sa.CheckConstraint("format IN ('odt', 'docx')", name="format_known"),
        sa.CheckConstraint("length(sha256) = 64", name="sha256_length"),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["user.id"], name="fk_document_model_uploaded_by_id_user"
        ),
    )
    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("error", sa.String(80), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_export"),
        sa.UniqueConstraint("public_id", name="uq_export_public_id"),
        sa.CheckConstraint(STATES, name="runstate"),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name="fk_export_roadmap_id_roadmap"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name="fk_export_owner_id_user"),
    )
    op.create_index("ix_export_roadmap_id", "export", ["roadmap_id"])
    op.create_index("ix_export_owner_id", "export", ["owner_id"])
    op.create_table(
        "export_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("error", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_export_file"),
        sa.UniqueConstraint("export_id", "format", name="uq_export_file_export_id_format"),
        sa.CheckConstraint("(content IS NULL) = (error <> '')", name="made_or_told"),
        sa.ForeignKeyConstraint(
            ["export_id"],
            ["export.id"],
            name="fk_export_file_export_id_export",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_export_file_export_id", "export_file", ["export_id"])
    op.create_table(
        "item_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_import"),
        sa.UniqueConstraint("key", name="uq_item_import_key"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["roadmap_item.id"], name="fk_item_import_item_id_roadmap_item"
        ),
    )
    op.create_index("ix_item_import_item_id", "item_import", ["item_id"])


def downgrade() -> None:
    for table in ("item_import", "export_file", "export", "document_model"):
        op.drop_table(table)
