"""Tables whose rows are never changed nor deleted: the database itself refuses."""

from collections.abc import Iterable

from alembic import op

VERBS = ("update", "delete")
ERASED = "[effacé]"


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
            _allow(table, verb)


def let_erase(table: str, *, fixed: Iterable[str], words: Iterable[str]) -> None:
    """Let ``words`` of a row become the marker of erasure; nothing else of it may change."""
    same = "IS" if op.get_bind().dialect.name == "sqlite" else "IS NOT DISTINCT FROM"
    unchanged = [f"NEW.{name} {same} OLD.{name}" for name in fixed]
    erased = [f"(NEW.{name} {same} OLD.{name} OR NEW.{name} = '{ERASED}')" for name in words]
    _allow(table, "update")
    _refuse(table, "update", f"NOT ({' AND '.join(unchanged + erased)})")


def keep_words(table: str) -> None:
    """Have ``table`` refuse every change again."""
    _allow(table, "update")
    _refuse(table, "update")


def _refuse(table: str, verb: str, when: str = "1 = 1") -> None:
    name = f"{table}_no_{verb}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )
        return
    outcome = "OLD" if verb == "delete" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN RAISE EXCEPTION '{name}' "
        f"USING ERRCODE = 'integrity_constraint_violation', "
        f"CONSTRAINT = '{name}'; END IF; RETURN {outcome}; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def _allow(table: str, verb: str) -> None:
    name = f"{table}_no_{verb}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {name}")
        return
    op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute(f"DROP FUNCTION {name}()")
