"""Backup and restore of the database: SQLite's backup API, or pg_dump and pg_restore."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from sqlalchemy import Engine

from webapp.exceptions import UnreadableFileError
from webapp.platform.sqlite import database_file, write_lock

_SQLITE_MAGIC = b"SQLite format 3\x00"
_POSTGRES_MAGIC = b"PGDMP"


def backup(engine: Engine, target: Path) -> None:
    """Write a backup with mode 600, atomically (temporary file, then rename)."""
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    source = database_file(engine)
    if source is None:
        _postgres(engine, "pg_dump", "--format=custom", f"--file={partial}")
    else:
        with (
            contextlib.closing(sqlite3.connect(source)) as origin,
            contextlib.closing(sqlite3.connect(partial)) as copy,
        ):
            origin.backup(copy)
    partial.replace(target)


def restore(engine: Engine, source: Path) -> None:
    """Replace the database by a backup; the service must be stopped.

    Raises
    ------
    UnreadableFileError
        If the file is not a backup of this kind of database.
    """
    target = database_file(engine)
    with source.open("rb") as file:
        head = file.read(len(_SQLITE_MAGIC))
    engine.dispose()
    if target is None:
        if not head.startswith(_POSTGRES_MAGIC):
            raise UnreadableFileError(str(source))
        _postgres(engine, "pg_restore", "--clean", "--if-exists", str(source))
        return
    if head != _SQLITE_MAGIC or not _is_sound(source):
        raise UnreadableFileError(str(source))
    target.parent.mkdir(parents=True, exist_ok=True)
    with write_lock(engine):
        partial = target.with_name(f".{target.name}.partial")
        shutil.copyfile(source, partial)
        partial.chmod(0o600)
        # The WAL of the replaced database must not be replayed over the restored one.
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        partial.replace(target)


def _is_sound(path: Path) -> bool:
    """Whether ``path`` passes SQLite's ``quick_check``, so that a truncated file is refused."""
    address = f"{path.resolve().as_uri()}?immutable=1"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True)) as copy:
            return bool(copy.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _postgres(engine: Engine, tool: str, *arguments: str) -> None:
    """Run a PostgreSQL tool; the password is passed in the environment, not the arguments."""
    environment = os.environ | {"PGPASSWORD": engine.url.password or ""}
    address = engine.url.set(drivername="postgresql", password=None).render_as_string()
    command = [tool, f"--dbname={address}", *arguments]
    subprocess.run(command, check=True, env=environment)  # noqa: S603 - a fixed tool, no shell
