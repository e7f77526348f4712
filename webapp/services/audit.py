"""The journal: each line's hash covers the line before, so that no line can change unseen."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import AuditEntry, AuditHead

GENESIS = "0" * 64


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
    entry.hash = _digest(entry, head.hash)
    head.last_id, head.hash = entry.id, entry.hash
    session.add(entry)
    session.flush()
    return entry


def broken_lines(session: Session) -> Iterator[int]:
    """Yield the number of each line that was altered, moved, removed or cut off the end."""
    expected_id, previous, reported = 1, GENESIS, 0
    for entry in session.scalars(
        select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    ):
        yield from range(expected_id, entry.id)
        if entry.hash != _digest(entry, previous):
            yield (reported := entry.id)
        expected_id, previous = entry.id + 1, entry.hash
    head = session.get(AuditHead, 1, populate_existing=True)
    last_id, last_hash = (head.last_id, head.hash) if head else (0, GENESIS)
    yield from range(expected_id, last_id + 1)
    # A last line rewritten with a hash of its own, or a line added by hand, does not fit the head.
    if expected_id > last_id and previous != last_hash and reported != expected_id - 1:
        yield expected_id - 1


def _digest(entry: AuditEntry, previous: str) -> str:
    content = [
        previous,
        entry.id,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_id,
        entry.action,
        entry.subject,
        entry.details,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
