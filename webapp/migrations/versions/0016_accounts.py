"""Accounts: sessions on the server, attempts counted, links to choose a password, second factors, the day of the last sign-in."""

import sqlalchemy as sa
from alembic import op

from webapp.accounts.models.links import LinkPurpose
from webapp.platform.models.base import UtcDateTime, enum_column

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "user_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user_session"),
        sa.UniqueConstraint("public_id", name="uq_user_session_public_id"),
        sa.UniqueConstraint("token_hash", name="uq_user_session_token_hash"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_user_session_user_id_user"),
    )
    op.create_index("ix_user_session_user_id", "user_session", ["user_id"])
    op.create_table(
        "attempt_count",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_attempt_count"),
    )
    op.create_table(
        "account_link",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("purpose", enum_column(LinkPurpose), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_account_link"),
        sa.UniqueConstraint("token_hash", name="uq_account_link_token_hash"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_account_link_user_id_user"),
    )
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(300), nullable=False),
        sa.Column("enabled_at", UtcDateTime(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_second_factor"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_second_factor_user_id_user"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "code_hash", name="pk_recovery_code"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_recovery_code_user_id_user"),
    )
    op.add_column("user", sa.Column("last_sign_in_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("user", "last_sign_in_on")
    op.drop_table("recovery_code")
    op.drop_table("second_factor")
    op.drop_table("account_link")
    op.drop_table("attempt_count")
    op.drop_table("user_session")
