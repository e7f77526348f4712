"""Health checks: database write, disk space, job queue."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from webapp.platform.models import Heartbeat
from webapp.publishing.models import Export
from webapp.review.models import AnalysisRun, RunState

# Limits the health check to one write per second.
BEAT_EVERY: Final = timedelta(seconds=1)
QUEUE_PATIENCE: Final = timedelta(minutes=15)
_MEGABYTE: Final = 1024 * 1024


def is_fresh(session: Session, *, now: datetime) -> bool:
    """Whether a write was committed within the last second."""
    last = session.scalar(select(Heartbeat.at).where(Heartbeat.id == 1))
    return last is not None and abs(now - last) < BEAT_EVERY


def beat(session: Session, *, now: datetime) -> None:
    """Update the heartbeat row; the check succeeds when the caller commits."""
    row = session.get(Heartbeat, 1)
    if row is None:
        session.add(Heartbeat(id=1, at=now))
    else:
        row.at = now
    session.flush()


def has_room(folder: Path, *, least_mb: int) -> bool:
    """Whether the disk of ``folder`` has at least ``least_mb`` free."""
    return shutil.disk_usage(folder).free >= least_mb * _MEGABYTE


def queue_is_stuck(session: Session, *, now: datetime) -> bool:
    """Whether a job has been queued for 15 minutes while none was running."""
    kinds = (AnalysisRun, Export)
    late = now - QUEUE_PATIENCE
    waiting = or_(
        *(exists().where(k.state == RunState.QUEUED, k.requested_at < late) for k in kinds)
    )
    running = or_(*(exists().where(k.state == RunState.RUNNING) for k in kinds))
    return bool(session.scalar(select(waiting & ~running)))
