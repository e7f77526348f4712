"""Tables, devices, support points, the wall and the timer: what a room needs."""

import secrets

import sqlalchemy as sa
from alembic import op

from webapp.platform.models.base import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in _columns():
        op.add_column("workshop", column)
    _give_keys()
    op.create_table(
        "table_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_table_link"),
        sa.UniqueConstraint("token", name="uq_table_link_token"),
        sa.UniqueConstraint("workshop_id", "label", name="uq_table_link_workshop_id_label"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_table_link_workshop_id_workshop"
        ),
    )
    op.create_table(
        "table_entry",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("contribution_id", name="pk_table_entry"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_table_entry_contribution_id_contribution",
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["table_link.id"], name="fk_table_entry_link_id_table_link"
        ),
    )
    op.create_index("ix_table_entry_link_id", "table_entry", ["link_id"])
    op.create_table(
        "device_mark",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("contribution_id", name="pk_device_mark"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_device_mark_contribution_id_contribution",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_device_mark_workshop_id_workshop"
        ),
    )
    op.create_index("ix_device_mark_device", "device_mark", ["workshop_id", "device"])
    op.create_table(
        "endorsement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_endorsement"),
        sa.UniqueConstraint(
            "contribution_id", "device", name="uq_endorsement_contribution_id_device"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_endorsement_workshop_id_workshop"
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_endorsement_contribution_id_contribution",
        ),
    )
    op.create_index("ix_endorsement_device", "endorsement", ["workshop_id", "device"])


def downgrade() -> None:
    for table in ("endorsement", "device_mark", "table_entry", "table_link"):
        op.drop_table(table)
    for column in _columns():
        op.drop_column("workshop", column.name)


def _columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("contact", sa.String(200), nullable=False, server_default=""),
        sa.Column("presentation", sa.Text(), nullable=False, server_default=""),
        sa.Column("timer_ends_at", UtcDateTime(), nullable=True),
        sa.Column("wall_revealed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("support_points", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("device_key", sa.LargeBinary(), nullable=True),
    )


def _give_keys() -> None:
    """Draw the key of each workshop that is already there."""
    workshops = sa.table("workshop", sa.column("id"), sa.column("device_key", sa.LargeBinary))
    connection = op.get_bind()
    for (identifier,) in connection.execute(sa.select(workshops.c.id)).all():
        key = secrets.token_bytes(32)
        connection.execute(
            sa.update(workshops).where(workshops.c.id == identifier).values(device_key=key)
        )
