"""Permanent erasure in the database file and in restored backups.

The erasure ledger is a file beside the database: a backup made before an erasure still holds the
text, and the ledger is replayed after a restore. It identifies contributions by an opaque
identifier and holds no text.
"""

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from webapp.platform.extensions import db, transaction
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.platform.models import Base, PurgeCause, PurgeRecord
from webapp.platform.sqlite import database_file, write_lock
from webapp.privacy import erasure as erasures
from webapp.privacy import retention
from webapp.privacy.erasure import Erasure

LEDGER = "erasures.jsonl"
_PATIENCE = 5.0  # seconds to wait for readers; otherwise left to the next nightly purge


def purge(*, now: datetime, cause: PurgeCause, words_days: int | None = None) -> dict[str, int]:
    """Apply the retention periods, clean the database file, and return counts by kind."""
    with transaction() as session:
        done = retention.purge(session, now=now, cause=cause, words_days=words_days)
        counts = counts_of(done.record)
        append_ledger(_folder(), done.erasures, now)
        enqueue_on_commit(session, Job.FORGET_TEXTS)
    scrub(db.engine, whole=True)
    return counts


def foresee(*, now: datetime, words_days: int | None = None) -> dict[str, int]:
    """Return the counts of a purge without applying it (dry run)."""
    session = db.session()
    session.rollback()
    with write_lock(db.engine):
        try:
            cause = PurgeCause.COMMAND
            done = retention.purge(session, now=now, cause=cause, words_days=words_days)
            return counts_of(done.record)
        finally:
            session.rollback()


def erase_own(*, receipt: str, now: datetime, actor_id: int | None = None) -> bool:
    """Erase the contribution of ``receipt``; return whether there was text to erase.

    Repeated requests take no write lock once nothing is left.

    Raises
    ------
    NotFoundError
        If no contribution has this receipt.
    """
    if not erasures.is_left(db.session(), receipt=receipt):
        return False
    with transaction() as session:
        erased = erasures.erase_own(session, receipt=receipt, now=now, actor_id=actor_id)
        append_ledger(_folder(), erased, now)
    if not erased:  # another request for the same receipt was faster
        return False
    scrub(db.engine, whole=False)
    return True


def erase_again(*, now: datetime) -> int:
    """Replay the ledger on the database; return the number of erased contributions."""
    known = read_ledger(_folder())
    if not known:
        return 0
    with transaction() as session:
        count = erasures.erase_again(session, known=known, now=now)
    if count:
        scrub(db.engine, whole=True)
    return count


def counts_of(record: PurgeRecord) -> dict[str, int]:
    """Return the counts of a purge by kind."""
    return {name: getattr(record, name) for name in retention.COUNTS}


def append_ledger(folder: Path, erased: Iterable[Erasure], now: datetime) -> None:
    """Append lines to the ledger, synced to disk before the erasure is committed."""
    lines = [
        json.dumps(
            {"contribution": e.contribution, "masked_stays": e.masked_stays, "at": now.isoformat()}
        )
        for e in erased
    ]
    if not lines:
        return
    path = folder / LEDGER
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def read_ledger(folder: Path) -> list[Erasure]:
    """Read the ledger; the last line about a contribution wins."""
    path = folder / LEDGER
    if not path.exists():
        return []
    found: dict[str, Erasure] = {}
    for line in path.read_text("ascii").splitlines():
        # A truncated line (power cut) belongs to an erasure that was not committed.
        with contextlib.suppress(json.JSONDecodeError, KeyError):
            read = json.loads(line)
            erasure = Erasure(read["contribution"], bool(read["masked_stays"]))
            found[erasure.contribution] = erasure
    return list(found.values())


def scrub(engine: Engine, *, whole: bool) -> bool:
    """Remove deleted data from the database file; return whether it succeeded.

    SQLite zeroes deleted data (``secure_delete``); the WAL holds the old pages until a checkpoint.
    ``whole`` also runs VACUUM, for data deleted without zeroing by an older version. PostgreSQL
    rewrites its tables; WAL archives are left to the administrator.
    """
    path = database_file(engine)
    if path is None:
        return _rewrite_tables(engine) if whole else True
    with (
        write_lock(engine),
        contextlib.closing(sqlite3.connect(path, timeout=_PATIENCE)) as connection,
    ):
        connection.isolation_level = None
        connection.execute("PRAGMA secure_delete=ON")
        if whole:
            connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def _rewrite_tables(engine: Engine) -> bool:
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"SET lock_timeout = '{_PATIENCE:.0f}s'"))
            for table in Base.metadata.sorted_tables:
                connection.execute(text(f'VACUUM FULL "{table.name}"'))
            connection.execute(text("RESET lock_timeout"))
    except OperationalError:
        return False  # locked by a long read: left to the next nightly purge
    return True


def _folder() -> Path:
    return Path(current_app.instance_path)
