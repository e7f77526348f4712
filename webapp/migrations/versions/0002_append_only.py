"""What was said, decided or published is never rewritten: the database itself refuses."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("roadmap_version", "review_action", "audit_entry")
ERASED = "[effacé]"

# Erasure keeps the row and replaces the words by a marker; nothing else may change them.
BODY_CHANGED = f"NEW.body <> OLD.body AND NEW.body <> '{ERASED}'"
NO_SOURCE = (
    "NEW.status IN ('adopted', 'in_progress', 'done')"
    " AND NOT EXISTS (SELECT 1 FROM item_source WHERE item_id = NEW.id)"
)


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        _refuse(dialect, f"{table}_no_update", "UPDATE", table)
        _refuse(dialect, f"{table}_no_delete", "DELETE", table)
    _refuse(dialect, "contribution_no_delete", "DELETE", "contribution")
    _refuse(dialect, "contribution_no_rewrite", "UPDATE", "contribution", when=BODY_CHANGED)
    _refuse(dialect, "roadmap_item_adopted_has_source", "UPDATE", "roadmap_item", when=NO_SOURCE)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        _allow(dialect, f"{table}_no_update", table)
        _allow(dialect, f"{table}_no_delete", table)
    _allow(dialect, "contribution_no_delete", "contribution")
    _allow(dialect, "contribution_no_rewrite", "contribution")
    _allow(dialect, "roadmap_item_adopted_has_source", "roadmap_item")


def _refuse(dialect: str, name: str, verb: str, table: str, when: str = "1 = 1") -> None:
    if dialect == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )
        return
    # A WHEN clause may not hold a query on PostgreSQL: the condition goes into the function.
    outcome = "OLD" if verb == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation', "
        f"CONSTRAINT = '{name}'; END IF; RETURN {outcome}; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def _allow(dialect: str, name: str, table: str) -> None:
    if dialect == "sqlite":
        op.execute(f"DROP TRIGGER {name}")
        return
    op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute(f"DROP FUNCTION {name}()")
