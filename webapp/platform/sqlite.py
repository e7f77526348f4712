"""SQLite as a server's database: durable, strict, and fair between writers.

WAL with ``synchronous=FULL`` survives a power cut; ``BEGIN IMMEDIATE`` keeps a writer from failing
half-way; one ``flock`` around the write transaction queues writers in order, which SQLite's own
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
    "PRAGMA secure_delete=ON",  # what is deleted is zeroed, not only forgotten
)


def is_sqlite(engine: Engine) -> bool:
    """Whether ``engine`` speaks to SQLite."""
    return engine.dialect.name == "sqlite"


def prepare_engine(engine: Engine) -> None:
    """Give every connection of ``engine`` its settings; once is enough."""
    if not is_sqlite(engine) or event.contains(engine, "connect", _on_connect):
        return
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def database_file(engine: Engine) -> Path | None:
    """Return the file behind ``engine``, or None when there is none."""
    return Path(engine.url.database) if is_sqlite(engine) and engine.url.database else None


@contextmanager
def write_lock(engine: Engine) -> Iterator[None]:
    """Wait for one's turn to write, over all threads and processes."""
    path = database_file(engine)
    if path is None:
        yield
        return
    with path.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection has no type
    connection.isolation_level = None  # SQLAlchemy says BEGIN, the driver must not
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("semailles_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
