"""Forgetting for good: the database, its file, and the backups that will come back one day.

The ledger of erasures stands beside the database, not in it: a backup made before an erasure holds
the words, and whoever restores it has the ledger read again. It names contributions by an
identifier that says nothing, never by their words.
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

from webapp.platform.extensions import db, jobs, transaction
from webapp.platform.models import Base, PurgeCause, PurgeRecord
from webapp.platform.sqlite import database_file, write_lock
from webapp.privacy import erasure as erasures
from webapp.privacy import retention
from webapp.privacy.erasure import Erasure

LEDGER = "erasures.jsonl"
_PATIENCE = 5.0  # seconds for those who read to end; later, the night's purge comes again


def purge(*, now: datetime, cause: PurgeCause, words_days: int | None = None) -> dict[str, int]:
    """Apply the delays, clean the file of the database, and return how much of each kind went."""
    with transaction() as session:
        done = retention.purge(session, now=now, cause=cause, words_days=words_days)
        counts = counts_of(done.record)
        remember(_folder(), done.erasures, now)
    scrub(db.engine, whole=True)
    jobs.enqueue("forget_texts")
    return counts


def foresee(*, now: datetime, words_days: int | None = None) -> dict[str, int]:
    """Return what a purge would take away, and take nothing away."""
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
    """Destroy the words of whoever holds ``receipt``, now; return whether there were any.

    Anybody may ask again and again: once nothing is left, nobody waits for their turn to write.

    Raises
    ------
    NotFoundError
        If no contribution has this receipt.
    """
    if not erasures.is_left(db.session(), receipt=receipt):
        return False
    with transaction() as session:
        erased = erasures.erase_own(session, receipt=receipt, now=now, actor_id=actor_id)
        remember(_folder(), erased, now)
    if not erased:  # the same person, at the same instant
        return False
    scrub(db.engine, whole=False)
    jobs.enqueue("forget_texts")
    return True


def erase_again(*, now: datetime) -> int:
    """Apply the ledger to a database that may be older than it; return how many lost words."""
    known = recall(_folder())
    if not known:
        return 0
    with transaction() as session:
        count = erasures.erase_again(session, known=known, now=now)
    if count:
        scrub(db.engine, whole=True)
    return count


def counts_of(record: PurgeRecord) -> dict[str, int]:
    """Return the counts of a purge, kind by kind."""
    return {name: getattr(record, name) for name in retention.COUNTS}


def remember(folder: Path, erased: Iterable[Erasure], now: datetime) -> None:
    """Add lines to the ledger, on the disk before the erasure is committed."""
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


def recall(folder: Path) -> list[Erasure]:
    """Return what the ledger says; of two lines on one contribution, the later one counts."""
    path = folder / LEDGER
    if not path.exists():
        return []
    found: dict[str, Erasure] = {}
    for line in path.read_text("ascii").splitlines():
        # A line cut short by a power cut tells of an erasure that was not committed.
        with contextlib.suppress(json.JSONDecodeError, KeyError):
            read = json.loads(line)
            erasure = Erasure(read["contribution"], bool(read["masked_stays"]))
            found[erasure.contribution] = erasure
    return list(found.values())


def scrub(engine: Engine, *, whole: bool) -> bool:
    """Leave nothing of what was deleted in the file of the database; return whether it is done.

    SQLite zeroes what is deleted (``secure_delete``); its log still holds the former pages until it
    is written back, and ``whole`` rewrites the file, for what an older version deleted without
    zeroing. PostgreSQL rewrites its tables; its own archives of log are the administrator's.
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
        return False  # somebody reads for a long time: the night comes again
    return True


def _folder() -> Path:
    return Path(current_app.instance_path)
