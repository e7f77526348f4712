"""SQLite settings and write lock for a multi-process server.

WAL with ``synchronous=FULL`` survives a power cut; ``BEGIN IMMEDIATE`` avoids lock upgrades that
fail mid-transaction; one ``flock`` around the write transaction queues writers, which SQLite's
busy handler does not. On PostgreSQL all of this does nothing.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

WRITE_OPTIONS: Final = {"semailles_write": True}
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA secure_delete=ON",  # deleted content is overwritten with zeros
)


def is_sqlite(engine: Engine) -> bool:
    """Whether ``engine`` connects to SQLite."""
    return engine.dialect.name == "sqlite"


def prepare_engine(engine: Engine) -> None:
    """Install the connection settings on ``engine``; idempotent."""
    if not is_sqlite(engine) or event.contains(engine, "connect", _on_connect):
        return
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def database_file(engine: Engine) -> Path | None:
    """Return the SQLite file of ``engine``, or None."""
    return Path(engine.url.database) if is_sqlite(engine) and engine.url.database else None


@contextmanager
def write_lock(engine: Engine) -> Iterator[None]:
    """Hold the exclusive write lock, across threads and processes."""
    path = database_file(engine)
    if path is None:
        yield
        return
    with path.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection has no type
    connection.isolation_level = None  # SQLAlchemy emits BEGIN, not the driver
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("semailles_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
