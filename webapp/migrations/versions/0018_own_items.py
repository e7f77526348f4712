"""An item that a local roadmap wrote for itself may be adopted without a source."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NAME = "roadmap_item_adopted_has_source"
NO_SOURCE = (
    "NEW.status IN ('adopted', 'in_progress', 'done')"
    " AND NOT EXISTS (SELECT 1 FROM item_source WHERE item_id = NEW.id)"
)
# The region's items are of the roadmap of their working group; a local roadmap's own are not.
REGIONAL = (
    " AND NEW.roadmap_id ="
    " (SELECT roadmap_id FROM working_group WHERE working_group.id = NEW.working_group_id)"
)


def upgrade() -> None:
    _refuse(NO_SOURCE + REGIONAL)


def downgrade() -> None:
    _refuse(NO_SOURCE)


def _refuse(when: str) -> None:
    """Put another condition in the place of the one that refuses an adopted item."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {NAME}")
        op.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON roadmap_item WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{NAME}'); END"
        )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN RAISE EXCEPTION '{NAME}' USING ERRCODE = 'integrity_constraint_violation', "
        f"CONSTRAINT = '{NAME}'; END IF; RETURN NEW; END $$"
    )
