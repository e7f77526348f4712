"""The journal: each line's hash covers the line before, so that no line can change unseen."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.exceptions import NotFoundError
from webapp.platform.models import AuditEntry, AuditHead

GENESIS = "0" * 64
# What the hash of a line covers, after the hash of the line before, in this order.
_SEALED = (
    AuditEntry.id,
    AuditEntry.at,
    AuditEntry.actor_id,
    AuditEntry.action,
    AuditEntry.subject,
    AuditEntry.details,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a journal line says; ``details`` never holds the words of a contribution."""

    action: str
    subject: str
    at: datetime
    actor_id: int | None = None
    details: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, when, and the version of the object that they were looking at."""

    id: int
    now: datetime
    version: int | None = None


def record_act(
    session: Session, actor: Actor, action: str, subject: str, details: str = ""
) -> AuditEntry:
    """Write down what a member of staff did, in the transaction of what they did."""
    line = Line(action=action, subject=subject, at=actor.now, actor_id=actor.id, details=details)
    return record(session, line)


def record(session: Session, line: Line) -> AuditEntry:
    """Add a line at the end of the chain, in the transaction of what it tells."""
    head = session.scalar(select(AuditHead).with_for_update())
    if head is None:
        head = AuditHead(id=1, last_id=0, hash=GENESIS)
        session.add(head)
    entry = AuditEntry(
        id=head.last_id + 1,
        at=line.at,
        actor_id=line.actor_id,
        action=line.action,
        subject=line.subject,
        details=line.details,
    )
    entry.hash = _digest([getattr(entry, column.key) for column in _SEALED], head.hash)
    head.last_id, head.hash = entry.id, entry.hash
    session.add(entry)
    session.flush()
    return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a reading of a part of the chain found: it read the lines ``start`` to ``end``."""

    start: int
    end: int
    last: int  # the last line that the journal is known to have
    broken: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to read."""
        return self.end >= self.last


def broken_lines(session: Session) -> Iterator[int]:
    """Yield the number of each line that was altered, moved, removed or cut off the end."""
    yield from check_lines(session).broken


def check_lines(session: Session, *, after: int = 0, limit: int | None = None) -> Check:
    """Check at most ``limit`` lines of the chain, from the one that follows the line ``after``.

    What is added while it reads is no fault: the end that counts is the one known at the start.

    Raises
    ------
    NotFoundError
        If there is no line ``after`` to begin from.
    """
    last_id, last_hash = _head(session)
    previous = _hash_of(session, after) if after else GENESIS
    query = select(*_SEALED, AuditEntry.hash).where(AuditEntry.id > after)
    query = query.order_by(AuditEntry.id).limit(limit)
    expected, count = after + 1, 0
    broken: list[int] = []
    # Plain rows: an object for each of a million lines would take three times as long.
    for row in session.execute(query.execution_options(yield_per=1000)):
        line, sealed_by = row.id, row.hash
        count += 1
        broken += range(expected, line)
        end_differs = line == last_id and sealed_by != last_hash
        added_by_hand = line > last_id and line > _head(session)[0]
        if end_differs or added_by_hand or sealed_by != _digest(row[:-1], previous):
            broken.append(line)
        expected, previous = line + 1, sealed_by
    if limit is None or count < limit:
        broken += range(expected, last_id + 1)
        expected = max(expected, last_id + 1)
    return Check(start=after + 1, end=expected - 1, last=last_id, broken=tuple(broken))


def _head(session: Session) -> tuple[int, str]:
    """Return the number and the hash of the last line, as they are now."""
    head = session.execute(select(AuditHead.last_id, AuditHead.hash)).first()
    return (head.last_id, head.hash) if head else (0, GENESIS)


def _hash_of(session: Session, line: int) -> str:
    found = session.scalar(select(AuditEntry.hash).where(AuditEntry.id == line))
    if found is None:
        raise NotFoundError(str(line))
    return found


def _digest(content: Sequence[Any], previous: str) -> str:
    line, at, *rest = content
    sealed = [previous, line, at.astimezone(UTC).isoformat(), *rest]
    return hashlib.sha256(json.dumps(sealed, ensure_ascii=False).encode()).hexdigest()
