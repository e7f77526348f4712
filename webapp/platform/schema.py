"""Database migrations: upgrade, downgrade and version check, under a lock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from webapp.config import ROOT
from webapp.exceptions import SchemaError
from webapp.platform.sqlite import database_file, is_sqlite, write_lock

_ADVISORY_LOCK = 7_112_023


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Upgrade to ``revision``; a concurrent upgrade waits, then does nothing."""
    _run(engine, command.upgrade, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Downgrade to ``revision``."""
    _run(engine, command.downgrade, revision)


def check_schema(engine: Engine) -> None:
    """Check that the database is at the head revision of this code.

    Raises
    ------
    SchemaError
        If the database is missing, older or newer than the code.
    """
    path = database_file(engine)
    if path is not None and not path.exists():
        raise SchemaError
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current != _head():
        raise SchemaError


@cache
def _head() -> str | None:
    return ScriptDirectory.from_config(_configuration()).get_current_head()


def _configuration() -> AlembicConfig:
    configuration = AlembicConfig()
    configuration.set_main_option("script_location", str(ROOT / "webapp" / "migrations"))
    return configuration


def _run(engine: Engine, migrate: Callable[[AlembicConfig, str], None], revision: str) -> None:
    path = database_file(engine)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    with write_lock(engine), engine.connect() as connection, _migration_settings(connection):
        configuration = _configuration()
        configuration.attributes["connection"] = connection
        migrate(configuration, revision)
        connection.commit()


@contextmanager
def _migration_settings(connection: Connection) -> Iterator[None]:
    """Prepare ``connection`` for a migration, and restore its settings afterwards."""
    try:
        if is_sqlite(connection.engine):
            # Batch mode copies tables: with foreign keys on, dropping the old table cascades.
            _pragma(connection, "foreign_keys=OFF")
        else:
            _advisory(connection, "pg_advisory_lock")
        yield
    finally:
        connection.rollback()
        if is_sqlite(connection.engine):
            _pragma(connection, "foreign_keys=ON")
        else:
            _advisory(connection, "pg_advisory_unlock")


def _pragma(connection: Connection, setting: str) -> None:
    # On the DBAPI connection: SQLite ignores this pragma inside a transaction.
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _advisory(connection: Connection, function: str) -> None:
    # A session-level lock, kept across the commits of the migrations.
    connection.execute(text(f"SELECT {function}(:key)"), {"key": _ADVISORY_LOCK})
    connection.commit()
