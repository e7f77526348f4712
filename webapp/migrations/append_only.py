"""Tables whose rows are never changed nor deleted: the database itself refuses."""

from collections.abc import Iterable

from alembic import op

VERBS = ("update", "delete")


def protect(tables: Iterable[str]) -> None:
    """Have each of ``tables`` refuse to change or delete a row, naming the rule that it breaks."""
    for table in tables:
        for verb in VERBS:
            _refuse(table, verb)


def release(tables: Iterable[str]) -> None:
    """Take the refusals away, before the tables go; SQLite drops them with the table."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for table in tables:
        for verb in VERBS:
            op.execute(f"DROP TRIGGER {table}_no_{verb} ON {table}")
            op.execute(f"DROP FUNCTION {table}_no_{verb}()")


def _refuse(table: str, verb: str) -> None:
    name = f"{table}_no_{verb}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} WHEN 1 = 1 "
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
        f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
