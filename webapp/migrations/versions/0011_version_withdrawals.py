"""Versions that were withdrawn: why, by whom, when; the versions themselves stay."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE = "version_withdrawal"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version_id", name="pk_version_withdrawal"),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["roadmap_version.id"],
            name="fk_version_withdrawal_version_id_roadmap_version",
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["user.id"], name="fk_version_withdrawal_withdrawn_by_id_user"
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_version_withdrawal_reason_given")),
    )
    for verb in ("update", "delete"):
        _refuse(verb)


def downgrade() -> None:
    op.drop_table(TABLE)
    if op.get_bind().dialect.name != "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP FUNCTION {TABLE}_no_{verb}()")


def _refuse(verb: str) -> None:
    name = f"{TABLE}_no_{verb}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {TABLE} WHEN 1 = 1 "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )
        return
    outcome = "OLD" if verb == "delete" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation', "
        f"CONSTRAINT = '{name}'; RETURN {outcome}; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
