"""Append-only, hash-chained audit log: each entry's hash covers the hash of the entry before."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.exceptions import NotFoundError
from webapp.platform.models import AuditEntry, AuditHead

GENESIS = "0" * 64
# Columns covered by the hash of an entry, in this order, after the previous hash.
_HASHED = (
    AuditEntry.id,
    AuditEntry.at,
    AuditEntry.actor_id,
    AuditEntry.action,
    AuditEntry.subject,
    AuditEntry.details,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Content of an audit entry; ``details`` never holds contribution text."""

    action: str
    subject: str
    at: datetime
    actor_id: int | None = None
    details: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """User, time, and version of the object that the user was shown (optimistic locking)."""

    id: int
    now: datetime
    version: int | None = None


def record_act(
    session: Session, actor: Actor, action: str, subject: str, details: str = ""
) -> AuditEntry:
    """Record an action of a staff member, in the same transaction as the action."""
    line = Line(action=action, subject=subject, at=actor.now, actor_id=actor.id, details=details)
    return record(session, line)


def record(session: Session, line: Line) -> AuditEntry:
    """Append an entry to the chain, in the same transaction as the recorded action."""
    return record_all(session, [line])[0]


def record_all(session: Session, lines: Iterable[Line]) -> list[AuditEntry]:
    """Append entries to the chain in order, in the same transaction as the recorded actions."""
    head = session.scalar(select(AuditHead).with_for_update())
    if head is None:
        head = AuditHead(id=1, last_id=0, hash=GENESIS)
        session.add(head)
    entries = [_appended(head, line) for line in lines]
    session.add_all(entries)
    session.flush()
    return entries


def _appended(head: AuditHead, line: Line) -> AuditEntry:
    """Return the entry of ``line``, which becomes the head of the chain."""
    entry = AuditEntry(
        id=head.last_id + 1,
        at=line.at,
        actor_id=line.actor_id,
        action=line.action,
        subject=line.subject,
        details=line.details,
    )
    entry.hash = _digest([getattr(entry, column.key) for column in _HASHED], head.hash)
    head.last_id, head.hash = entry.id, entry.hash
    return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Result of verifying the entries ``start`` to ``end`` of the chain."""

    start: int
    end: int
    last: int  # number of the last entry, according to the head
    broken: tuple[int, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the verification reached the last entry."""
        return self.end >= self.last


def broken_lines(session: Session) -> Iterator[int]:
    """Yield the number of each entry that was altered, moved, removed or truncated."""
    yield from check_lines(session).broken


def check_lines(session: Session, *, after: int = 0, limit: int | None = None) -> Check:
    """Verify at most ``limit`` entries of the chain, starting after the entry ``after``.

    Entries appended meanwhile are ignored: the head is read once, at the start.

    Raises
    ------
    NotFoundError
        If there is no entry ``after``.
    """
    last_id, last_hash = _head(session)
    previous = _hash_of(session, after) if after else GENESIS
    query = select(*_HASHED, AuditEntry.hash).where(AuditEntry.id > after)
    query = query.order_by(AuditEntry.id).limit(limit)
    expected, count = after + 1, 0
    broken: list[int] = []
    # Rows, not ORM objects: three times as fast on a million entries.
    for row in session.execute(query.execution_options(yield_per=1000)):
        line, stored_hash = row.id, row.hash
        count += 1
        broken += range(expected, line)
        end_differs = line == last_id and stored_hash != last_hash
        is_forged = line > last_id and line > _head(session)[0]
        if end_differs or is_forged or stored_hash != _digest(row[:-1], previous):
            broken.append(line)
        expected, previous = line + 1, stored_hash
    if limit is None or count < limit:
        broken += range(expected, last_id + 1)
        expected = max(expected, last_id + 1)
    return Check(start=after + 1, end=expected - 1, last=last_id, broken=tuple(broken))


def _head(session: Session) -> tuple[int, str]:
    """Return the current number and hash of the last entry."""
    head = session.execute(select(AuditHead.last_id, AuditHead.hash)).first()
    return (head.last_id, head.hash) if head else (0, GENESIS)


def _hash_of(session: Session, line: int) -> str:
    found = session.scalar(select(AuditEntry.hash).where(AuditEntry.id == line))
    if found is None:
        raise NotFoundError(str(line))
    return found


def _digest(content: Sequence[Any], previous: str) -> str:
    line, at, *rest = content
    hashed = [previous, line, at.astimezone(UTC).isoformat(), *rest]
    return hashlib.sha256(json.dumps(hashed, ensure_ascii=False).encode()).hexdigest()
